import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LetterEntry } from '@/components/letter/letter-entry';
import { publicLetters } from '@/lib/signatories/public-letter/queries';
import { alternates, routeLocale } from './locale';
import { previews } from './previews';

// Cached until a change invalidates it (ADR 0005). Downstream caches may keep it for this many
// seconds.
export const revalidate = 2;

type Params = Promise<{ locale: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const locale = await routeLocale(params);
  const t = await getTranslations({ locale, namespace: 'letter.home' });
  const title = t('title');
  const description = t('description');
  // The layout's title template applies to child routes only.
  return {
    title: { absolute: `${title} – Undersigned` },
    description,
    ...previews({
      type: 'website',
      title,
      description,
      path: '/',
      locale,
      picture: `/api/picture.png?language=${locale}`,
    }),
    alternates: {
      ...alternates('/', locale),
      types: { 'application/atom+xml': `/${locale}/feed.xml` },
    },
  };
}

export default async function HomePage({ params }: { params: Params }) {
  const locale = await routeLocale(params);
  const t = await getTranslations({ locale, namespace: 'letter.home' });
  const letters = await publicLetters();
  const open = letters.filter((letter) => letter.status === 'open');
  const closed = letters.filter((letter) => letter.status === 'closed');
  return (
    <div className="mx-auto max-w-page px-5 pt-8 pb-20 sm:px-8 sm:pt-16">
      <div className="max-w-text">
        <h1 className="font-serif text-[2rem]/[1.3] font-semibold sm:text-[2.5rem]/[1.25]">
          {t('title')}
        </h1>
        <p className="mt-3 max-w-prose text-quiet">{t('lead')}</p>
        <section className="mt-12">
          <h2 className="mb-3 font-semibold">{t('open')}</h2>
          {open.map((letter) => (
            <LetterEntry key={letter.slug} letter={letter} />
          ))}
          {open.length === 0 && <p className="border-t border-line py-6 text-quiet">{t('none')}</p>}
        </section>
        {closed.length > 0 && (
          <section className="mt-12">
            <h2 className="mb-3 font-semibold">{t('closed')}</h2>
            {closed.map((letter) => (
              <LetterEntry key={letter.slug} letter={letter} />
            ))}
          </section>
        )}
      </div>
    </div>
  );
}
