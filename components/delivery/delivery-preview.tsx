import { sectionPath } from '@/components/admin/sections';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { TextPreview } from '@/components/letter/text/preview';
import { OrganizationName } from '@/components/organization/organization-name';
import { Fact, Facts } from '@/components/ui/facts';
import { lastMinute, zoneName } from '@/lib/platform/dates';
import { relativeWords } from '@/components/letter/times/relative-time';
import type { DeliveryPreview as Now } from '@/lib/delivery/queries';
import type { ManagedLetter } from '@/lib/letter/queries';
import { languageName, preferred, type ByLanguage } from '@/lib/platform/languages';
import { Link } from '@/lib/platform/i18n/navigation';
import { DRAFT_NAMES } from '@/lib/platform/limits';
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
  const deadline = (at: Date, label: ByLanguage, round?: number) => {
    const until = lastMinute(at, timeZone);
    return (
      <p key={round}>
        {t(round ? 'round' : 'final', {
          number: round ?? 0,
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
                <Link href={sectionPath(letter.slug, 'review')} prefetch={false}>
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
            {letter.rounds.map(({ at, label }, index) => deadline(at, label, index + 1))}
            {letter.closesAt && deadline(letter.closesAt, letter.closesLabel)}
            {letter.rounds.length === 0 && !letter.closesAt && t('noTimes')}
          </Fact>
        </Facts>
      </div>
      <div className="mt-4 space-y-2">
        {Object.entries(now.texts).map(([language, text]) => (
          <details key={language}>
            <summary className="min-h-8 cursor-pointer text-indigo">
              {t('wholeText', { language: languageName(language, locale) })}
            </summary>
            <TextPreview text={{ language, ...text }} />
          </details>
        ))}
        {now.names.length > 0 && (
          <details>
            <summary className="min-h-8 cursor-pointer text-indigo">
              {t('wholeList', { count: counts.named })}
            </summary>
            <ul className="signatories mt-2 font-serif">
              {now.names.map((names, index) => (
                <li key={index}>
                  <OrganizationName names={names} leading={locale} />
                </li>
              ))}
            </ul>
            {counts.named > now.names.length && (
              <p className="mt-2 text-sm text-quiet">
                {t('moreNames', { count: counts.named - now.names.length })}
              </p>
            )}
          </details>
        )}
      </div>
      <SignsWithoutType found={now.withoutType} />
      {counts.named + counts.earlier.named > DRAFT_NAMES ? (
        <p className="mt-4">{t('draftPdfTooMany', { max: DRAFT_NAMES })}</p>
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
            {now.languages.map((language) => (
              <li key={language}>
                <a
                  href={`/api/letters/${letter.slug}/letter.docx?language=${language}`}
                  className="inline-flex min-h-8 items-center"
                >
                  {t('draftWordIn', { language: languageName(language, locale) })}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
