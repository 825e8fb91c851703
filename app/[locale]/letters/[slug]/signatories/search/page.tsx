import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LetterLink } from '@/components/letter/letter-link';
import { SignatorySearch } from '@/components/signatories/search-form';
import { leadingLanguage } from '@/lib/letter/list-settings';
import { OrganizationName } from '@/components/organization/organization-name';
import { Page } from '@/components/ui/page';
import { fullTitle, textFor } from '@/lib/letter/rules';
import { NAME_MAX } from '@/lib/organization/rules';
import { searchSignatories } from '@/lib/signatories/queries';
import { routeLocale } from '@/app/[locale]/locale';
import { letterAt, letterOfRoute } from '@/app/[locale]/letters/[slug]/letter';

// Depends on the query string, so it is rendered per request.
export const dynamic = 'force-dynamic';

/** Maximum number of results; beyond it, readers are asked to narrow the search. */
const FOUND_MAX = 100;

type Props = {
  params: Promise<{ locale: string; slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await routeLocale(params);
  const { slug } = await params;
  const letter = await letterAt(slug);
  if (!letter) return {};
  const text = textFor(letter.texts, locale, letter.authoritativeLanguage);
  const t = await getTranslations({ locale, namespace: 'signatories.list.search' });
  return { title: t('title', { title: text ? fullTitle(text) : slug }), robots: { index: false } };
}

export default async function SearchPage({ params, searchParams }: Props) {
  const locale = await routeLocale(params);
  const { slug } = await params;
  const parameter = (await searchParams).q;
  const q = (typeof parameter === 'string' ? parameter : '').slice(0, NAME_MAX).trim();
  const letter = await letterOfRoute(slug, locale);
  const text = textFor(letter.texts, locale, letter.authoritativeLanguage);
  const { items, more } = await searchSignatories(letter.id, q, FOUND_MAX);
  const t = await getTranslations({ locale, namespace: 'signatories.list' });
  return (
    <Page title={t('search.label')} lead={text && <LetterLink slug={slug} text={text} />}>
      <SignatorySearch slug={slug} q={q} />
      <p role="status">
        {q === '' ? t('search.empty') : t('search.found', { count: items.length, q })}
      </p>
      <ul className="signatories font-serif">
        {items.map(({ names, list }, index) => (
          <li key={index}>
            <OrganizationName names={names} leading={leadingLanguage(letter.settings, locale)} />
            {list !== 'listed' && (
              <span className="block text-sm text-quiet">{t(`search.list.${list}`)}</span>
            )}
          </li>
        ))}
      </ul>
      {more && <p className="text-quiet">{t('search.more', { count: FOUND_MAX })}</p>}
    </Page>
  );
}
