import type { Metadata } from 'next';
import { getFormatter, getTranslations } from 'next-intl/server';
import { LetterLink } from '@/components/letter/letter-link';
import { zoneName } from '@/lib/platform/dates';
import { RevisionChanges } from '@/components/revision/changes';
import { RevisionHash } from '@/components/revision/hash';
import { ReasonParagraph } from '@/components/revision/reason';
import { fullTitle, textFor } from '@/lib/letter/rules';
import { Link } from '@/components/ui/link';
import { revisionsOf } from '@/lib/revision/queries';
import { changesBetweenRevisions } from '@/lib/revision/differences';
import { alternates, routeLocale } from '@/app/[locale]/locale';
import { letterAt, letterOfRoute } from '@/app/[locale]/letters/[slug]/letter';

export const revalidate = 2;
export const generateStaticParams = () => [];

type Params = Promise<{ locale: string; slug: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const locale = await routeLocale(params);
  const { slug } = await params;
  const letter = await letterAt(slug);
  if (!letter) return {};
  const text = textFor(letter.texts, locale, letter.authoritativeLanguage);
  const t = await getTranslations({ locale, namespace: 'revision.public' });
  return {
    title: t('title', { title: text ? fullTitle(text) : slug }),
    alternates: alternates(`/letters/${slug}/revisions`, locale),
  };
}

/** All revisions of a letter, newest first, each with its difference from the previous one. */
export default async function RevisionsPage({ params }: { params: Params }) {
  const locale = await routeLocale(params);
  const { slug } = await params;
  const letter = await letterOfRoute(slug, locale, '/revisions');
  const revisions = await revisionsOf(letter.id);
  const text = textFor(letter.texts, locale, letter.authoritativeLanguage);
  const [t, format] = await Promise.all([
    getTranslations({ locale, namespace: 'revision' }),
    getFormatter({ locale }),
  ]);
  return (
    <div className="mx-auto max-w-page px-5 pt-8 pb-20 sm:px-8 sm:pt-14">
      <div className="max-w-text">
        {text && <LetterLink slug={slug} text={text} />}
        <h1 className="mt-2 font-serif text-[1.75rem]/[1.35] font-semibold sm:text-[2.125rem]/[1.3]">
          {t('public.heading')}
        </h1>
        <p className="mt-4 text-quiet">{t('public.lead')}</p>
        {revisions.map((revision, index) => {
          const { number, kind, hash, publishedAt, content } = revision;
          const before = revisions[index + 1];
          const changes = before && changesBetweenRevisions(before.content, content);
          return (
            <article
              key={number}
              id={`revision-${number}`}
              aria-labelledby={`revision-${number}-heading`}
              className="mt-10 space-y-4 border-t border-line pt-6"
            >
              <div>
                <h2 id={`revision-${number}-heading`} className="font-serif text-xl font-semibold">
                  {t('number', { number })}
                  {index === 0 && (
                    <span className="ml-3 border border-edge px-2 py-0.5 align-middle font-sans text-xs font-normal text-quiet">
                      {t('public.current')}
                    </span>
                  )}
                </h2>
                <p className="text-sm text-quiet">
                  {t(`kinds.${kind}`)} ·{' '}
                  <time dateTime={publishedAt.toISOString()}>
                    {t('moment', {
                      moment: format.dateTime(publishedAt, {
                        dateStyle: 'long',
                        timeStyle: 'short',
                        timeZone: letter.timeZone,
                      }),
                      zone: zoneName(publishedAt, letter.timeZone, locale),
                    })}
                  </time>
                </p>
              </div>
              <ReasonParagraph reason={content.reason} />
              {kind === 'substance' && (
                <p className="text-sm text-quiet">{t('public.substance')}</p>
              )}
              {changes && <RevisionChanges changes={changes} />}
              <p>
                <Link href={`/letters/${slug}/revisions/${number}`} className="inline-block py-1">
                  {t('public.read', { number })}
                </Link>
              </p>
              <RevisionHash
                hash={hash}
                file={`/api/letters/${slug}/revisions/${number}/revision.json`}
              />
            </article>
          );
        })}
      </div>
    </div>
  );
}
