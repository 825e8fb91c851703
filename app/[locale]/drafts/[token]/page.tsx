import { languageName } from '@/lib/platform/languages';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getFormatter, getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { LetterDocument } from '@/components/letter/text/letter-document';
import { Notice } from '@/components/ui/notice';
import { Page } from '@/components/ui/page';
import { sharedDraft } from '@/lib/letter/draft/queries';
import { fullTitle, textFor } from '@/lib/letter/rules';
import { routing } from '@/lib/platform/i18n/routing';
import { Link } from '@/components/ui/link';
import { pathIn } from '@/lib/platform/i18n/routing';
import { tokenIn } from '@/lib/platform/tokens';
import { routeLocale } from '@/app/[locale]/locale';
import { UNSEEN } from '@/app/[locale]/secret-link';

// The URL holds a secret and can be revoked at any time: rendered per request, never cached.
export const dynamic = 'force-dynamic';

type Props = { params: Promise<{ locale: string; token: string }> };

const draftAt = cache((given: string) => sharedDraft(tokenIn(given) ?? ''));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await routeLocale(params);
  const t = await getTranslations({ locale, namespace: 'letter.text.draft' });
  const draft = await draftAt((await params).token);
  if (!draft) return { title: t('unavailableTitle'), ...UNSEEN };
  const text = textFor(draft.texts, locale, draft.authoritativeLanguage);
  return {
    title: draft.opened || !text ? t('openedTitle') : t('pageTitle', { title: fullTitle(text) }),
    ...UNSEEN,
  };
}

/** The target of a draft link: a letter's unpublished text, until the letter opens. */
export default async function DraftPage({ params }: Props) {
  const locale = await routeLocale(params);
  const { token } = await params;
  const draft = await draftAt(token);
  if (!draft) notFound();
  const t = await getTranslations({ locale, namespace: 'letter.text.draft' });
  const format = await getFormatter({ locale });
  if (draft.opened) {
    return (
      <Page title={t('openedTitle')}>
        <p>{t('opened')}</p>
        <p>
          <Link href={`/letters/${draft.slug}`}>{t('toLetter')}</Link>
        </p>
      </Page>
    );
  }
  const text = textFor(draft.texts, locale, draft.authoritativeLanguage);
  if (!text) notFound();
  const elsewhere = routing.locales.find(
    (other) => other !== text.language && draft.texts.some(({ language }) => language === other),
  );
  return (
    <div className="mx-auto max-w-page px-5 pt-4 pb-20 sm:px-8 sm:pt-8">
      <div className="max-w-prose">
        <Notice title={t('mark')}>
          <p>{t('notOpen')}</p>
          <p className="mt-1 text-sm">
            {t('secret', {
              until: format.dateTime(draft.expiresAt, {
                dateStyle: 'long',
                timeZone: draft.timeZone,
              }),
            })}
          </p>
        </Notice>
        {text.language !== locale && (
          <p className="mt-4 text-sm text-quiet">
            {t('onlyIn', { language: languageName(text.language, locale) })}
          </p>
        )}
        {text.language === locale && elsewhere && (
          <p className="mt-4 text-sm text-quiet">
            {text.language !== draft.authoritativeLanguage &&
              `${t('translation', { language: languageName(draft.authoritativeLanguage, locale) })} `}
            <a
              href={pathIn(elsewhere, `/drafts/${token}`)}
              hrefLang={elsewhere}
              className="inline-block py-0.5"
            >
              {t('read', { language: languageName(elsewhere, locale) })}
            </a>
          </p>
        )}
      </div>
      <article className="mt-10">
        <LetterDocument text={text} />
      </article>
    </div>
  );
}
