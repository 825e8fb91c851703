import { may, type Standing } from '@/lib/coordinator/permissions';
import { useTranslations } from 'next-intl';
import { loneTitle } from '@/lib/letter/rules';
import { Notice } from '@/components/ui/notice';
import { countIn, stepsFrom } from '@/lib/endorsement/rules';
import { Link } from '@/lib/platform/i18n/navigation';
import type { FailingMail } from '@/lib/platform/mail/failures';
import type { EntryRequest } from '@/lib/endorsement/review/requests/queries';
import type { Trend } from '@/lib/endorsement/review/trends/queries';
import type { LetterReasons } from '@/lib/endorsement/review/reasons/queries';
import type { Entry, Queue } from '@/lib/endorsement/review/queries';
import { Denial, deniedAt } from './denial';
import { EntryDecisions, type ReviewActions } from './entry-decisions';
import { EntryList } from './entry-list';
import { EntryHead, EntryNavigation } from './entry-pane';
import { Evidence } from './evidence';
import { EntryRequests } from './entry-requests';
import { FailingMails } from './failing-mails';
import { FollowEntry } from './follow-entry';
import type { ButtonAction } from '@/components/ui/action-button';
import type { FormAction } from '@/components/ui/form-state';
import { Held } from './holding/held';
import { History } from './history';
import { Notes, type NoteActions } from './notes';
import { Conflict } from './conflict';
import { neighbours } from './neighbours';
import { Others } from './others';
import { ProposedChange } from './proposed-change';
import { RequestedErasure } from './requested-erasure';
import { ReviewHead, type ReviewedLetter } from './review-head';
import { SearchForm } from './search-form';
import { StateTabs } from './state-tabs';
import { StatusLine } from './status-line';
import { FilterBar, type FilterChoices } from './filters/filter-bar';
import { looksFor } from '@/lib/endorsement/review/filters/rules';
import { listIn, reviewPath, soughtIn, type ReviewView } from './view';
import { Trends } from './trends';
import type { Clock } from './when';

interface ReviewProps {
  letter: ReviewedLetter;
  reader: { email: string; role: Standing };
  mayDecide: boolean;
  mayErase: boolean;
  mayMerge: boolean;
  view: ReviewView;
  list: Queue;
  pageSize: number;
  opened: Entry | null;
  /** The entry that was just decided on. */
  decided: Entry | null;
  requests: EntryRequest[];
  trends: Trend[];
  mails: FailingMail[];
  clock: Clock;
  /** The letter's own reasons and words for declining, while the form is open. */
  reasons: LetterReasons | null;
  filters: FilterChoices;
  actions: ReviewActions &
    NoteActions & {
      retry: ButtonAction;
      allowMails: ButtonAction;
      sendLink: ButtonAction;
      decideOnChange: FormAction;
      dismiss: FormAction;
      eraseEntry: ButtonAction;
      releaseEntry: ButtonAction;
      saveFilter: FormAction;
      removeFilter: ButtonAction;
    };
}

/** Whether the last action is still the latest change of the entry, by the same coordinator. */
function canTakeBack(view: ReviewView, decided: Entry | null, reader: string): boolean {
  const last = decided?.history.at(-1);
  const undoable =
    view.notice === 'approve' || view.notice === 'decline' || view.notice === 'withdraw';
  return Boolean(
    undoable &&
    last &&
    decided &&
    last.action === view.notice &&
    last.by === reader &&
    stepsFrom(decided).includes('take_back'),
  );
}

/**
 * A letter's entries and the opened one: side by side with separate scrolling on wide screens; on
 * narrow ones, either the list or the entry.
 */
export function Review({
  letter,
  reader,
  mayDecide,
  mayErase,
  mayMerge,
  view,
  list,
  pageSize,
  opened,
  decided,
  requests,
  trends,
  mails,
  clock,
  reasons,
  filters,
  actions,
}: ReviewProps) {
  const t = useTranslations('endorsement.review');
  const { slug } = letter;
  // After the last decision there is no next entry, and narrow screens show the list again.
  const entryRequested = view.entry !== undefined || (view.at !== undefined && opened !== null);
  const elsewhere = countIn(list.counts, 'all') - list.total;
  const found = list.rows.findIndex((row) => row.id === opened?.id);
  const index = found >= 0 ? found : Math.min(view.at ?? 0, list.rows.length);
  const here: ReviewView = { ...listIn(view), at: index, open: view.open };
  const isSought = looksFor(view);
  const around = neighbours(slug, view, { index, listed: found >= 0 }, list, pageSize);
  const denied = opened && deniedAt(opened);
  const takesBackHere = mayDecide && opened !== null && stepsFrom(opened).includes('take_back');
  const undo =
    mayDecide && canTakeBack(view, decided, reader.email)
      ? takesBackHere
        ? 'offered'
        : 'with-key'
      : null;
  const columns = 'lg:grid-cols-[minmax(0,1fr)_minmax(26rem,30rem)]';
  const listOnly = entryRequested ? 'max-lg:hidden' : '';
  const entryOnly = entryRequested ? '' : 'max-lg:hidden';
  return (
    <div className="mx-auto flex max-w-page flex-col px-5 pb-8 sm:px-8 lg:h-[calc(100svh-3.5rem)] lg:min-h-[36rem] lg:pb-0">
      {entryRequested && <h1 className="sr-only lg:hidden">{loneTitle(letter.title)}</h1>}
      <div className={listOnly}>
        <ReviewHead letter={letter} reader={reader} />
        <div className="mt-2 space-y-2">
          <Trends slug={slug} trends={trends} clock={clock} />
          <EntryRequests slug={slug} view={here} requests={requests} />
          <FailingMails
            slug={slug}
            view={{ ...here, at: entryRequested ? index : undefined }}
            mails={mails}
            clock={clock}
            retry={actions.retry}
          />
        </div>
        <div className="mt-1">
          <StateTabs
            slug={slug}
            current={view.state}
            sought={soughtIn(view)}
            counts={list.counts}
          />
        </div>
      </div>
      <div
        className={`grid items-center gap-y-1 border-edge text-[0.8125rem] lg:border-b ${columns} ${entryRequested ? '' : 'max-lg:border-b'}`}
      >
        <div role="status" className={`lg:order-last lg:pl-5 ${view.notice ? 'max-lg:py-2' : ''}`}>
          <StatusLine
            slug={slug}
            view={{ ...here, notice: view.notice }}
            entry={decided}
            undo={undo}
            takeStep={actions.takeStep}
          />
        </div>
        <div className={`flex flex-wrap items-center gap-x-4 gap-y-1 py-1.5 ${listOnly}`}>
          <SearchForm
            key={reviewPath(slug, { ...listIn(view), page: 1 })}
            slug={slug}
            view={view}
            contacts={may(reader.role, 'readContacts')}
          />
          <p className="text-quiet">
            {isSought
              ? t('queue.found', { count: list.total })
              : t('queue.summary', { count: list.total })}
            {view.q && !mayDecide && ` ${t('queue.observerSearch')}`}
          </p>
          {isSought && elsewhere > 0 && (
            <Link
              href={reviewPath(slug, { state: 'all', ...soughtIn(view) })}
              prefetch={false}
              className="inline-flex min-h-8 items-center"
            >
              {t('queue.foundElsewhere', { count: elsewhere })}
            </Link>
          )}
          <FilterBar
            slug={slug}
            view={here}
            role={reader.role}
            choices={filters}
            save={actions.saveFilter}
            remove={actions.removeFilter}
          />
        </div>
      </div>
      <div className={`min-h-0 grow lg:grid ${columns}`}>
        <div
          data-list
          className={`min-h-0 overflow-x-clip lg:overflow-y-auto lg:overscroll-contain lg:border-r lg:border-line ${listOnly}`}
        >
          <EntryList
            slug={slug}
            view={view}
            list={list}
            openedId={opened?.id}
            clock={clock}
            mayDecide={mayDecide}
          />
        </div>
        <section
          aria-label={t('entry.label')}
          className={`flex min-h-0 min-w-0 flex-col lg:pl-5 ${entryOnly}`}
        >
          {opened ? (
            <>
              <EntryNavigation
                {...around}
                backHref={`${reviewPath(slug, listIn(view))}#row-${opened.id}`}
                place={
                  around.number && t('entry.numberOf', { number: around.number, total: list.total })
                }
              />
              <div
                key={opened.id}
                className="min-h-0 grow pb-4 lg:overflow-y-auto lg:overscroll-contain"
              >
                {view.refused && (
                  <Notice tone="alert" announce>
                    <p className="text-sm">
                      <Conflict last={opened.history.at(-1)} reader={reader.email} />
                    </p>
                  </Notice>
                )}
                <Others addresses={opened.others} />
                <EntryHead entry={opened} />
                {opened.heldAt && (
                  <Held
                    slug={slug}
                    view={here}
                    entry={opened}
                    at={opened.heldAt}
                    clock={clock}
                    release={may(reader.role, 'hold') ? actions.releaseEntry : undefined}
                  />
                )}
                {opened.proposed && (
                  <ProposedChange
                    slug={slug}
                    view={here}
                    entry={opened}
                    proposed={opened.proposed}
                    clock={clock}
                    reader={reader.email}
                    decide={mayDecide ? actions.decideOnChange : undefined}
                  />
                )}
                {denied && (
                  <Denial
                    slug={slug}
                    view={here}
                    entry={opened}
                    at={denied}
                    clock={clock}
                    reader={reader.email}
                    dismiss={mayDecide ? actions.dismiss : undefined}
                  />
                )}
                {opened.erasureRequestedAt && (
                  <RequestedErasure
                    slug={slug}
                    view={here}
                    entry={opened}
                    at={opened.erasureRequestedAt}
                    clock={clock}
                    erase={mayErase ? actions.eraseEntry : undefined}
                  />
                )}
                <Evidence
                  slug={slug}
                  view={here}
                  entry={opened}
                  clock={clock}
                  merge={mayMerge ? actions.merge : undefined}
                  coordinate={mayDecide ? actions.coordinate : undefined}
                  categorise={mayDecide ? actions.categorise : undefined}
                  allowMails={actions.allowMails}
                  sendLink={actions.sendLink}
                />
                <Notes
                  slug={slug}
                  view={here}
                  entry={opened}
                  clock={clock}
                  actions={may(reader.role, 'writeNotes') ? actions : null}
                />
                <History events={opened.history} categories={opened.categories} clock={clock} />
              </div>
              {mayDecide && (
                <div
                  className={`border-t border-edge bg-paper py-2.5 max-lg:-mx-5 max-lg:px-5 max-lg:sm:-mx-8 max-lg:sm:px-8 ${view.open ? 'shrink-0 lg:-ml-1 lg:max-h-[80%] lg:overflow-y-auto lg:px-1' : 'decision-bar'}`}
                >
                  <EntryDecisions
                    slug={slug}
                    view={here}
                    entry={opened}
                    actions={actions}
                    reader={reader.email}
                    reasons={reasons}
                  />
                </div>
              )}
              <FollowEntry
                id={entryRequested ? opened.id : ''}
                version={opened.version}
                form={view.open}
                notice={view.notice}
              />
            </>
          ) : (
            <p className="py-6 text-sm text-quiet">
              {view.entry ? t('entry.gone') : list.rows.length > 0 && t('entry.choose')}
            </p>
          )}
        </section>
      </div>
    </div>
  );
}
