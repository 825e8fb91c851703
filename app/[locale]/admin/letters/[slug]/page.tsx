import { redirect } from 'next/navigation';
import { Review } from '@/components/endorsement/review/review';
import { reviewPath } from '@/components/endorsement/review/view';
import { letterStatus } from '@/lib/letter/rules';
import { may } from '@/lib/coordinator/permissions';
import { failingMails } from '@/lib/platform/mail/failures';
import { QUEUE_PAGE_SIZE, entry, queue } from '@/lib/endorsement/review/queries';
import { titled, requireLetter, type LetterPageProps } from './access';
import { correctNames, decline, merge, retry, takeStep } from './actions';
import { viewSchema } from './view';

export const generateMetadata = titled('review');

export default async function ReviewPage({ params, searchParams }: LetterPageProps) {
  const { locale, slug, access, letter } = await requireLetter(params, 'readEntries');
  const view = viewSchema.parse(await searchParams);
  const [list, mails] = await Promise.all([
    queue(access, view),
    may(access.role, 'retryMail') ? failingMails(access.letterId) : [],
  ]);
  // The last entry of the last page was just decided, or the URL is outdated.
  if (view.page > list.pages)
    redirect(`/${locale}${reviewPath(slug, { ...view, page: list.pages, at: undefined })}`);

  const openedId = view.entry ?? list.rows[Math.min(view.at ?? 0, list.rows.length - 1)]?.id;
  const [opened, decided] = await Promise.all([
    openedId ? entry(access, letter, openedId) : null,
    view.of && view.of !== openedId ? entry(access, letter, view.of) : null,
  ]);
  return (
    <Review
      letter={{
        slug,
        title: letter.title,
        titleLanguage: letter.titleLanguage,
        isPublic: letterStatus(letter, new Date()) !== 'draft',
      }}
      reader={access}
      mayDecide={may(access.role, 'decide')}
      mayMerge={may(access.role, 'mergeOrganizations')}
      view={view}
      list={list}
      pageSize={QUEUE_PAGE_SIZE}
      opened={opened}
      decided={view.of === openedId ? opened : decided}
      mails={mails}
      clock={{ now: new Date(), timeZone: letter.timeZone }}
      actions={{ takeStep, decline, correctNames, merge, retry }}
    />
  );
}
