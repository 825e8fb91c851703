import { languageName } from '@/lib/platform/languages';
import { redirect } from 'next/navigation';
import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { ReaffirmationList } from '@/components/revision/reaffirmation/signatory-list';
import { RevisionChanges } from '@/components/revision/changes';
import { WholeTexts } from '@/components/revision/whole-texts';
import { PublishForm } from '@/components/revision/publish-form';
import { Published } from '@/components/revision/published';
import { LetterShell } from '@/components/admin/letter-shell';
import { sectionPath } from '@/components/admin/sections';
import { Notice } from '@/components/ui/notice';
import {
  reaffirmationCounts,
  REAFFIRMATION_PAGE_SIZE,
  reaffirmationSignatories,
} from '@/lib/revision/reaffirmation/queries';
import { letterStatus } from '@/lib/letter/rules';
import { Link } from '@/lib/platform/i18n/navigation';
import { ASK_AGAIN_HOURS } from '@/lib/platform/limits';
import { workingLetterOf, reaffirmationAudience } from '@/lib/revision/queries';
import { changesBetween, kindsFor, missingIn, textsToPublish } from '@/lib/revision/rules';
import { REASON_MAX } from '@/lib/revision/schema';
import {
  titled,
  requireLetter,
  type LetterPageProps,
} from '@/app/[locale]/admin/letters/[slug]/access';
import { askSignatoryAgain, publishRevision, recordAnswer } from './actions';
import { viewSchema } from './view';

export const generateMetadata = titled('revisions');

export default async function RevisionsPage({ params, searchParams }: LetterPageProps) {
  const { locale, slug, access: owner, letter } = await requireLetter(params, 'publish');
  const { show, page, notice } = viewSchema.parse(await searchParams);
  const [{ published, working, versions, isUnopened }, asked] = await Promise.all([
    workingLetterOf(owner),
    reaffirmationAudience(owner),
  ]);
  const { authoritativeLanguage, date } = working;
  const content = {
    ...working,
    texts: textsToPublish(working.texts, authoritativeLanguage, published?.content.texts ?? null),
  };
  const changes = published && changesBetween(published.content, content);
  const missing = missingIn(content);
  const isOffered = (!published || changes) && missing.length === 0;

  const { revision, bindingRevision } = letter;
  const counts =
    revision && bindingRevision && bindingRevision > 1
      ? await reaffirmationCounts(owner, bindingRevision)
      : null;
  const pages = counts ? Math.max(1, Math.ceil(counts[show] / REAFFIRMATION_PAGE_SIZE)) : 1;
  if (page > pages)
    redirect(`/${locale}${sectionPath(slug, 'revisions')}?show=${show}&page=${pages}`);
  const rows =
    counts && bindingRevision
      ? await reaffirmationSignatories(owner, bindingRevision, show, page)
      : [];

  const t = await getTranslations({ locale, namespace: 'revision' });
  const { admin, revision: words } = await getMessages({ locale });
  const title = 'font-serif text-xl font-semibold';
  return (
    <LetterShell
      letter={letter}
      current="revisions"
      lead={t('admin.lead')}
      done={notice && t(`admin.done.${notice}`, { hours: ASK_AGAIN_HOURS })}
    >
      <Published
        slug={slug}
        timeZone={letter.timeZone}
        published={published}
        isPublic={letterStatus(letter, new Date()) !== 'draft'}
      />
      {published && (
        <section aria-labelledby="difference" className="border-t border-line pt-8">
          <h2 id="difference" className={title}>
            {t('admin.difference.title')}
          </h2>
          <p className="mt-2 text-quiet">
            {changes
              ? t('admin.difference.changed', { number: published.number })
              : t('admin.difference.none')}
          </p>
          {changes && (
            <div className="mt-6">
              <RevisionChanges changes={changes} />
            </div>
          )}
        </section>
      )}
      {missing.length > 0 && (
        <Notice tone="alert" title={t('admin.incomplete.title')}>
          <p>{t('admin.incomplete.explanation')}</p>
          <ul className="mt-1 list-disc pl-5">
            {missing.map(({ language, field }) => (
              <li key={`${language}-${field}`}>
                {t('partIn', {
                  part: t(`fields.${field}`),
                  language: languageName(language, locale),
                })}
              </li>
            ))}
          </ul>
          <p className="mt-1">
            <Link href={sectionPath(slug, 'text')} prefetch={false} className="inline-block py-1">
              {t('admin.incomplete.write')}
            </Link>
          </p>
        </Notice>
      )}
      {isOffered && (
        <section aria-labelledby="publish" className="border-t border-line pt-8">
          <h2 id="publish" className={`${title} mb-6`}>
            {t('admin.publish.title')}
          </h2>
          <WholeTexts texts={content.texts} isOpen={!published} />
          <NextIntlClientProvider messages={{ admin, revision: words }}>
            <PublishForm
              action={publishRevision}
              slug={slug}
              kinds={kindsFor(published?.content ?? null, content, isUnopened)}
              seen={{
                revision: published?.number ?? null,
                versions,
                date,
                authoritativeLanguage,
              }}
              asked={asked}
              reasonMax={REASON_MAX}
            />
          </NextIntlClientProvider>
        </section>
      )}
      {counts && bindingRevision && revision && (
        <ReaffirmationList
          slug={slug}
          timeZone={letter.timeZone}
          bindingRevision={bindingRevision}
          revision={revision}
          show={show}
          counts={counts}
          rows={rows}
          page={page}
          pages={pages}
          actions={{ requestAgain: askSignatoryAgain, record: recordAnswer }}
        />
      )}
    </LetterShell>
  );
}
