import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { Fact, Facts } from '@/components/ui/facts';
import { lastMinute, zoneName } from '@/components/letter/times/deadline';
import { relativeWords } from '@/components/letter/times/relative-time';
import type { DeliveryPreview as Now } from '@/lib/delivery/queries';
import type { ManagedLetter } from '@/lib/letter/queries';
import { languageName, preferred, type ByLanguage } from '@/lib/platform/languages';
import { Link } from '@/lib/platform/i18n/navigation';
import { DRAFT_PDF_NAMES } from '@/lib/platform/limits';
import { SignsWithoutType } from './without-type';

/** A preview of what a delivery would contain if it were made now. */
export function DeliveryPreview({
  letter,
  now,
  time,
}: {
  letter: ManagedLetter;
  now: Now;
  time: Date;
}) {
  const t = useTranslations('delivery.deliver');
  const format = useFormatter();
  const locale = useLocale();
  const { counts } = now;
  const { timeZone } = letter;
  const deadline = (kind: 'firstTally' | 'final', at: Date | null, label: ByLanguage) => {
    if (!at) return null;
    const until = lastMinute(at, timeZone);
    return (
      <p>
        {t(kind, {
          label: preferred(label, locale)?.said ?? 'none',
          moment: format.dateTime(until, { dateStyle: 'long', timeStyle: 'short', timeZone }),
          zone: zoneName(until, timeZone, locale),
          relative: relativeWords(format, until, time),
        })}
      </p>
    );
  };
  const { bindingRevision } = letter;
  return (
    <>
      <div className="mt-3">
        <Facts>
          <Fact name={t('revision')}>
            <Link
              href={`/letters/${letter.slug}/revisions/${now.revision.number}`}
              prefetch={false}
            >
              {t('revisionNumber', { number: now.revision.number })}
            </Link>
          </Fact>
          <Fact name={t('organizations')}>
            {t('count', { total: counts.total, named: counts.named, withheld: counts.withheld })}
            {counts.total > 0 && (
              <p className="text-sm text-quiet">
                {t('coordinating', { count: counts.coordinating })}
              </p>
            )}
            {counts.added.total > 0 && (
              <p className="text-sm text-quiet">
                {t('addedIncluded', { count: counts.added.total })}
              </p>
            )}
          </Fact>
          <Fact name={t('waiting')}>
            {t('waitingCount', { count: now.waiting })}
            {now.waiting > 0 && (
              <>
                {' '}
                <Link href={`/admin/letters/${letter.slug}`} prefetch={false}>
                  {t('review')}
                </Link>
              </>
            )}
          </Fact>
          {/* Nobody is asked to reaffirm until there is a change of substance. */}
          {bindingRevision !== null && bindingRevision > 1 && (
            <Fact name={t('earlier')}>{t('earlierCount', { count: counts.earlier.total })}</Fact>
          )}
          <Fact name={t('times')}>
            {deadline('firstTally', letter.firstTallyAt, letter.firstTallyLabel)}
            {deadline('final', letter.closesAt, letter.closesLabel)}
            {!letter.firstTallyAt && !letter.closesAt && t('noTimes')}
          </Fact>
        </Facts>
      </div>
      <SignsWithoutType found={now.withoutType} />
      {counts.named + counts.earlier.named > DRAFT_PDF_NAMES ? (
        <p className="mt-4">{t('draftPdfTooMany', { max: DRAFT_PDF_NAMES })}</p>
      ) : (
        <>
          <p className="mt-4">{t('draftPdf')}</p>
          <ul className="flex flex-wrap gap-x-5">
            {now.languages.map((language) => (
              <li key={language}>
                <a
                  href={`/api/letters/${letter.slug}/letter.pdf?language=${language}`}
                  className="inline-flex min-h-8 items-center"
                >
                  {t('draftPdfIn', { language: languageName(language, locale) })}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
