import type { Metadata } from 'next';
import { getFormatter, getTranslations } from 'next-intl/server';
import { LetterDocument } from '@/components/letter/text/letter-document';
import { RevisionHash } from '@/components/revision/hash';
import { Notice } from '@/components/ui/notice';
import { fullTitle } from '@/lib/letter/rules';
import { inOrder, type Language, languageName } from '@/lib/platform/languages';
import { Link } from '@/components/ui/link';
import type { Revision } from '@/lib/revision/queries';
import { routeLocale } from '@/app/[locale]/locale';
import { letterAt, letterOfRoute } from '@/app/[locale]/letters/[slug]/letter';
import { revisionOfRoute } from '@/app/[locale]/letters/[slug]/revisions/number';

export const revalidate = 2;
export const generateStaticParams = () => [];

type Params = Promise<{ locale: string; slug: string; number: string }>;

/** A revision's texts, the reader's language first. */
function textsOf({ content }: Revision, locale: Language) {
  const languages = inOrder(Object.keys(content.texts)).sort(
    (a, b) => Number(b === locale) - Number(a === locale),
  );
  return languages.map((language) => ({ language, ...content.texts[language]! }));
}

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const locale = await routeLocale(params);
  const { slug, number } = await params;
  const letter = await letterAt(slug);
  if (!letter) return {};
  const revision = await revisionOfRoute(letter.id, number);
  const [text] = textsOf(revision, locale);
  const t = await getTranslations({ locale, namespace: 'revision.public.one' });
  // noindex: in search results, an old text could be mistaken for the letter.
  return {
    title: t('title', { number: revision.number, title: text ? fullTitle(text) : slug }),
    robots: { index: false },
  };
}

/** Shows the full texts of a revision, the reader's language first. */
export default async function RevisionPage({ params }: { params: Params }) {
  const locale = await routeLocale(params);
  const { slug, number: asked } = await params;
  const letter = await letterOfRoute(slug, locale, `/revisions/${asked}`);
  const revision = await revisionOfRoute(letter.id, asked);
  const texts = textsOf(revision, locale);
  const { number, publishedAt, hash } = revision;
  const newest = letter.revision.number;
  const [t, format] = await Promise.all([
    getTranslations({ locale, namespace: 'revision.public' }),
    getFormatter({ locale }),
  ]);
  const date = format.dateTime(publishedAt, { dateStyle: 'long', timeZone: letter.timeZone });
  const link = 'inline-block py-1';
  return (
    <div className="mx-auto max-w-page px-5 pt-8 pb-20 sm:px-8 sm:pt-14">
      <div className="max-w-text">
        <Notice tone={number === newest ? 'plain' : 'alert'}>
          <p>
            {number === newest
              ? t('one.current', { number, date })
              : t('one.earlier', { number, date, newest })}
          </p>
          <p className="mt-1 flex flex-wrap gap-x-5">
            <Link href={`/letters/${slug}`} className={link}>
              {t(number === newest ? 'back' : 'one.readCurrent')}
            </Link>
            <Link href={`/letters/${slug}/revisions#revision-${number}`} className={link}>
              {t('one.all')}
            </Link>
          </p>
        </Notice>
        {texts[0] && texts[0].language !== locale && (
          <p className="mt-4 text-sm text-quiet">
            {t('one.onlyIn', { language: languageName(texts[0].language, locale) })}
          </p>
        )}
        {texts.length > 1 && (
          <ul className="mt-4 flex flex-wrap gap-x-5">
            {texts.map(({ language }) => (
              <li key={language}>
                <a href={`#${language}`} className={link}>
                  {t('one.translation', { language: languageName(language, locale) })}
                </a>
              </li>
            ))}
          </ul>
        )}
        {texts.map((text, index) => (
          <article
            key={text.language}
            id={text.language}
            className="mt-10 border-line not-first-of-type:border-t not-first-of-type:pt-10"
          >
            <LetterDocument text={text} heading={index === 0 ? 'h1' : 'h2'} />
          </article>
        ))}
        <div className="mt-12 border-t border-line pt-4">
          <RevisionHash
            hash={hash}
            file={`/api/letters/${slug}/revisions/${number}/revision.json`}
          />
        </div>
      </div>
    </div>
  );
}
