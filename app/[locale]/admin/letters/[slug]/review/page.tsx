import { redirect } from 'next/navigation';
import { Review } from '@/components/endorsement/review/review';
import { reviewPath } from '@/components/endorsement/review/view';
import { letterStatus } from '@/lib/letter/rules';
import { may } from '@/lib/coordinator/permissions';
import { failingMails } from '@/lib/platform/mail/failures';
import { namedFilters } from '@/lib/endorsement/review/filters/named/queries';
import { countriesOf } from '@/lib/endorsement/review/filters/queries';
import { filteredFor } from '@/lib/endorsement/review/filters/rules';
import { letterReasons } from '@/lib/endorsement/review/reasons/queries';
import { entryRequests } from '@/lib/endorsement/review/requests/queries';
import { trendsOf } from '@/lib/endorsement/review/trends/queries';
import { QUEUE_PAGE_SIZE, entry, queue } from '@/lib/endorsement/review/queries';
import { titled, requireLetter, type LetterPageProps } from '../access';
import {
  addNote,
  allowMails,
  sendLink,
  categorise,
  coordinate,
  correctNames,
  decideOnChange,
  decline,
  deleteNote,
  dismiss,
  eraseEntry,
  merge,
  retry,
  takeStep,
  vouch,
} from './actions';
import { removeFilter, saveFilter } from './filters/actions';
import { releaseEntry } from './hold/actions';
import { rememberOpened } from './presence';
import { viewSchema } from './view';

export const generateMetadata = titled('review');

export default async function ReviewPage({ params, searchParams }: LetterPageProps) {
  const { locale, slug, access, letter } = await requireLetter(params, 'readEntries');
  const view = filteredFor(access.role, viewSchema.parse(await searchParams));
  const [list, countries, named, requests, mails, trends] = await Promise.all([
    queue(access, view),
    countriesOf(access),
    namedFilters(access),
    entryRequests(access),
    may(access.role, 'retryMail') ? failingMails(access.letterId) : [],
    trendsOf(access),
  ]);
  // The last entry of the last page was just decided, or the URL is outdated.
  if (view.page > list.pages)
    redirect(`/${locale}${reviewPath(slug, { ...view, page: list.pages, at: undefined })}`);

  const openedId = view.entry ?? list.rows[Math.min(view.at ?? 0, list.rows.length - 1)]?.id;
  const [opened, decided, reasons] = await Promise.all([
    openedId ? entry(access, letter, openedId) : null,
    view.of && view.of !== openedId ? entry(access, letter, view.of) : null,
    view.open === 'decline' ? letterReasons(access.letterId) : null,
  ]);
  if (opened) rememberOpened(access, opened.id);
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
      mayErase={may(access.role, 'erase')}
      mayMerge={may(access.role, 'mergeOrganizations')}
      view={view}
      list={list}
      pageSize={QUEUE_PAGE_SIZE}
      opened={opened}
      decided={view.of === openedId ? opened : decided}
      reasons={reasons}
      requests={requests}
      filters={{ countries, named, categories: letter.listSettings.categories }}
      mails={mails}
      trends={trends}
      clock={{ now: new Date(), timeZone: letter.timeZone }}
      actions={{
        takeStep,
        decline,
        vouch,
        dismiss,
        correctNames,
        coordinate,
        categorise,
        merge,
        retry,
        allowMails,
        sendLink,
        addNote,
        deleteNote,
        decideOnChange,
        eraseEntry,
        releaseEntry,
        saveFilter,
        removeFilter,
      }}
    />
  );
}
