import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { contactValues } from '@/components/letter/contact';
import { buttonClass } from '@/components/ui/button';
import { Link } from '@/lib/platform/i18n/navigation';
import { DRAFT_PDF_NAMES } from '@/lib/platform/limits';
import type { Deadline, PublicLetter } from '@/lib/signatories/public-letter/queries';
import { lastMinute, zoneName } from '@/components/letter/times/deadline';
import { ReaderTime } from '@/components/letter/times/reader-time';

/** A deadline with its label in the letter's time zone, and in the reader's if that differs. */
function DeadlineLine({
  deadline,
  timeZone,
  kind,
}: {
  deadline: Deadline;
  timeZone: string;
  kind: 'firstTally' | 'deadline';
}) {
  const t = useTranslations('letter.panel');
  const format = useFormatter();
  const locale = useLocale();
  const until = lastMinute(deadline.at, timeZone);
  return (
    <p className="mt-3 text-sm text-balance text-quiet">
      {t(kind, {
        label: deadline.label[locale] ?? 'none',
        deadline: format.dateTime(until, { dateStyle: 'long', timeStyle: 'short', timeZone }),
        zone: zoneName(until, timeZone, locale),
      })}
      {locale === 'en' && ' '}
      <ReaderTime at={until} timeZone={timeZone} words={t.raw('readerTime')} />
    </p>
  );
}

type PanelLetter = Pick<
  PublicLetter,
  'slug' | 'revision' | 'status' | 'signing' | 'firstTally' | 'final' | 'timeZone' | 'contact'
>;

interface PanelFacts {
  letter: PanelLetter;
  /** Number of the newest delivery. */
  delivered?: { deliveredAt: Date } | undefined;
  /** Number of replies and updates on the page. */
  updates: number;
  /** Number of names that a PDF would print. */
  names: number;
}

/** Deadlines, how to sign, and links to the letter's other pages. */
export function PanelDetails({ letter, delivered, updates, names }: PanelFacts) {
  const t = useTranslations('letter.panel');
  const format = useFormatter();
  const { timeZone, firstTally, final } = letter;
  const open = letter.signing === 'open';
  return (
    <>
      {letter.signing === 'late' && <p className="mt-3 text-sm text-quiet">{t('late')}</p>}
      {open && firstTally && (
        <DeadlineLine deadline={firstTally} timeZone={timeZone} kind="firstTally" />
      )}
      {open && final && <DeadlineLine deadline={final} timeZone={timeZone} kind="deadline" />}
      {open && <p className="mt-3 text-sm text-quiet">{t('who')}</p>}
      <ul className="mt-3 space-y-1 text-sm">
        {delivered && (
          <li>
            <a href="#deliveries" className="inline-block py-1">
              {t('delivered', {
                date: format.dateTime(delivered.deliveredAt, { dateStyle: 'long', timeZone }),
              })}
            </a>
          </li>
        )}
        {updates > 0 && (
          <li>
            <a href="#updates" className="inline-block py-1">
              {t('updates', { count: updates })}
            </a>
          </li>
        )}
        {letter.status !== 'archived' && (
          <li>
            {names > DRAFT_PDF_NAMES ? (
              <p className="py-1 text-quiet">{t('pdfTooMany', { max: DRAFT_PDF_NAMES })}</p>
            ) : (
              <a href={`/api/letters/${letter.slug}/letter.pdf`} className="inline-block py-1">
                {t('pdf')}
              </a>
            )}
          </li>
        )}
        {letter.contact && (
          <li className="py-1">{t.rich('contact', contactValues(letter.contact))}</li>
        )}
      </ul>
    </>
  );
}

/**
 * The sticky panel beside a letter (a bar at the bottom of narrow screens): the count, the deadline
 * and the sign button. The bar has no room for the details; they are shown below the letter.
 */
export function Panel({
  total,
  earlier,
  ...facts
}: PanelFacts & {
  /** Number of signatories of the binding text. */
  total: number;
  /** Number of signatories of an earlier text that have not reaffirmed. */
  earlier: number;
}) {
  const t = useTranslations('letter.panel');
  const format = useFormatter();
  const { letter } = facts;
  const { timeZone, final } = letter;
  const open = letter.signing === 'open';
  const until = final && lastMinute(final.at, timeZone);
  const date = until && format.dateTime(until, { dateStyle: 'long', timeZone });
  const signs = letter.signing === 'open' || letter.signing === 'late';
  return (
    <aside
      aria-label={t('label')}
      className={`${signs ? 'foot-bar' : 'max-lg:mt-12'} lg:sticky lg:top-10 lg:w-64 lg:self-start lg:border-t lg:border-ink lg:pt-5 print:hidden`}
    >
      <div className="mx-auto flex max-w-[44rem] items-center justify-between gap-4 lg:block">
        <div>
          <p className="leading-snug">
            <a
              href="#signatories"
              className="inline-flex min-h-8 items-center gap-2 text-ink no-underline max-lg:text-sm/snug hover:underline lg:block"
            >
              {t.rich('count', {
                count: total + earlier,
                w: (chunks) => <span>{chunks}</span>,
                more: (chunks) => <span className="max-lg:hidden">{chunks}</span>,
                n: (chunks) => (
                  <strong className="font-serif text-[1.75rem] leading-none font-semibold tabular-nums lg:mb-1 lg:block lg:text-[3.25rem] lg:leading-none lg:font-medium">
                    {chunks}
                  </strong>
                ),
              })}
            </a>
          </p>
          {earlier > 0 && (
            <p className="text-sm text-quiet lg:mt-2">
              <a href="#earlier" className="inline-block min-h-6 py-0.5 text-quiet">
                {t('reaffirmed', { count: total, revision: letter.revision.number })}
              </a>
            </p>
          )}
          {(letter.status !== 'open' || !signs) && (
            <div className="text-sm text-quiet lg:mt-3">
              {letter.status !== 'open' && (
                <p>
                  {letter.status === 'archived' ? t('archived') : date && t('closedOn', { date })}
                </p>
              )}
              {!signs && <p>{t(letter.signing === 'paused' ? 'paused' : 'over')}</p>}
            </div>
          )}
          {open && date && (
            <p className="text-sm text-quiet lg:hidden">{t('deadlineShort', { date })}</p>
          )}
        </div>
        {signs && (
          <Link
            href={`/letters/${letter.slug}/endorse`}
            prefetch={false}
            className={`${buttonClass(open ? 'seal' : 'outline')} max-lg:px-4 lg:mt-6 lg:w-full`}
          >
            {t(open ? 'endorse' : 'endorseLate')}
          </Link>
        )}
        <div className="max-lg:hidden">
          <PanelDetails {...facts} />
        </div>
      </div>
    </aside>
  );
}
