import { useFormatter, useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { contactValues } from '@/components/letter/contact';
import { buttonClass } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import type { DeliverySummary } from '@/lib/delivery/queries';
import { DRAFT_NAMES } from '@/lib/platform/limits';
import type { Deadline, PublicLetter } from '@/lib/signatories/public-letter/queries';
import { lastMinute, zoneName } from '@/lib/platform/dates';
import { ReaderTime } from '@/components/letter/times/reader-time';

/** A date or time that is not broken. */
const whole = { d: (words: ReactNode) => <span className="whitespace-nowrap">{words}</span> };

/** A deadline with its label in the letter's time zone, and in the reader's if that differs. */
function DeadlineLine({
  deadline,
  timeZone,
  round,
}: {
  deadline: Deadline;
  timeZone: string;
  /** Its number, if it is not the last deadline. */
  round?: number;
}) {
  const t = useTranslations('letter.panel');
  const format = useFormatter();
  const locale = useLocale();
  const until = lastMinute(deadline.at, timeZone);
  return (
    <p className="mt-3 text-sm text-balance text-quiet">
      {t.rich(round ? 'round' : 'deadline', {
        ...whole,
        number: round ?? 0,
        label: deadline.label[locale] ?? 'none',
        deadline: format.dateTime(until, { dateStyle: 'long', timeStyle: 'short', timeZone }),
        zone: zoneName(until, timeZone, locale),
      })}
      {locale === 'en' && ' '}
      <span className="inline-block">
        <ReaderTime at={until} timeZone={timeZone} locale={locale} words={t.raw('readerTime')} />
      </span>
    </p>
  );
}

type PanelLetter = Pick<
  PublicLetter,
  'slug' | 'revision' | 'status' | 'signing' | 'rounds' | 'final' | 'timeZone' | 'contact'
>;

interface PanelFacts {
  letter: PanelLetter;
  /** The newest delivery, with the languages of its text. */
  delivered?:
    Pick<DeliverySummary, 'number' | 'deliveredAt' | 'languages' | 'hasWordFiles'> | undefined;
  /** Number of replies and updates on the page. */
  updates: number;
  /** Number of names that a PDF would print. */
  names: number;
  /** The time of rendering. */
  now: Date;
}

/** Until when and how one signs; nothing while nobody can. */
export function SigningDetails({ letter, now }: Pick<PanelFacts, 'letter' | 'now'>) {
  const t = useTranslations('letter.panel');
  const { timeZone, rounds, final } = letter;
  const open = letter.signing === 'open';
  const note = 'mt-3 text-sm text-quiet [word-break:auto-phrase]';
  return (
    <>
      {letter.signing === 'late' && <p className={note}>{t('late')}</p>}
      {open &&
        rounds.map((deadline, index) =>
          // Who signs now cannot be in time for a round that is over.
          deadline.at > now ? (
            <DeadlineLine key={index} deadline={deadline} timeZone={timeZone} round={index + 1} />
          ) : null,
        )}
      {open && final && <DeadlineLine deadline={final} timeZone={timeZone} />}
      {open && <p className={note}>{t('who')}</p>}
    </>
  );
}

/** Links to the letter's other pages and files. */
export function PanelLinks({ letter, delivered, updates, names }: PanelFacts) {
  const t = useTranslations('letter.panel');
  const format = useFormatter();
  const locale = useLocale();
  const { slug, timeZone } = letter;
  // What was delivered is what counts; a draft of what may be delivered later would mislead.
  const file = (format: 'pdf' | 'docx') =>
    delivered
      ? `/api/letters/${slug}/deliveries/${delivered.number}/letter.${format}?language=${delivered.languages.includes(locale) ? locale : delivered.languages[0]}`
      : `/api/letters/${slug}/letter.${format}`;
  const hasTooMany = !delivered && names > DRAFT_NAMES;
  const formats = (['pdf', 'docx'] as const).filter(
    (format) => format === 'pdf' || !delivered || delivered.hasWordFiles,
  );
  return (
    <ul className="mt-3 space-y-1 text-sm">
      {delivered && (
        <li>
          <a href="#deliveries" className="inline-block py-1">
            {t.rich('delivered', {
              ...whole,
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
      {hasTooMany && letter.status !== 'archived' && (
        <li>
          <p className="py-1 text-quiet">{t('pdfTooMany', { max: DRAFT_NAMES })}</p>
        </li>
      )}
      {!hasTooMany &&
        (delivered || letter.status !== 'archived') &&
        formats.map((format) => (
          <li key={format}>
            <a href={file(format)} className="inline-block py-1">
              {t(`files.${delivered ? 'delivered' : 'current'}.${format}`)}
            </a>
          </li>
        ))}
      {letter.contact && (
        <li className="py-1">{t.rich('contact', contactValues(letter.contact))}</li>
      )}
    </ul>
  );
}

/**
 * The sticky panel beside a letter (a bar at the bottom of narrow screens): the count, the deadline
 * and the sign button. The bar has no room for the details; they stand below the letter's text, and the links below
 * all else.
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
      <div className="mx-auto flex max-w-text items-center justify-between gap-4 lg:block">
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
                  {letter.status === 'archived'
                    ? t('archived')
                    : date && t.rich('closedOn', { ...whole, date })}
                </p>
              )}
              {!signs && <p>{t(letter.signing === 'paused' ? 'paused' : 'over')}</p>}
            </div>
          )}
          {open && date && (
            <p className="text-sm text-quiet lg:hidden">
              {t.rich('deadlineShort', { ...whole, date })}
            </p>
          )}
        </div>
        {signs && (
          <Link
            href={`/letters/${letter.slug}/endorse`}
            className={`${buttonClass(open ? 'seal' : 'outline')} max-lg:px-4 lg:mt-6 lg:w-full`}
          >
            {t(open ? 'endorse' : 'endorseLate')}
          </Link>
        )}
        <div className="max-lg:hidden">
          <SigningDetails letter={letter} now={facts.now} />
          <PanelLinks {...facts} />
        </div>
      </div>
    </aside>
  );
}
