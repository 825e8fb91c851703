import { useFormatter, useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { lastMoment, zoneName } from '@/components/letter/deadline';
import { relativeWords } from '@/components/schedule/relative';
import type { Deliverable as Now } from '@/lib/delivery/queries';
import type { ManagedLetter } from '@/lib/letter/queries';
import type { Language } from '@/lib/letter/parts';
import { Link } from '@/lib/platform/i18n/navigation';
import { inLanguage } from './in-language';

function Row({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div className="py-2.5 sm:grid sm:grid-cols-[11rem_1fr] sm:gap-x-6">
      <dt className="text-sm text-quiet sm:pt-[0.1rem]">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

/** What a delivery would hold if it were made now, for the coordinator who is about to. */
export function Deliverable({ letter, now, time }: { letter: ManagedLetter; now: Now; time: Date }) {
  const t = useTranslations('delivery.deliver');
  const names = useTranslations('delivery.names');
  const format = useFormatter();
  const locale = useLocale();
  const { counts } = now;
  const { timeZone } = letter;
  const deadline = (kind: 'firstTally' | 'final', at: Date | null, label: Record<Language, string | null>) => {
    if (!at) return null;
    const until = lastMoment(at, timeZone);
    return (
      <p>
        {t(kind, {
          label: inLanguage(label, locale)?.words ?? 'none',
          moment: format.dateTime(until, { dateStyle: 'long', timeStyle: 'short', timeZone }),
          zone: zoneName(until, timeZone, locale),
          relative: relativeWords(format, until, time),
        })}
      </p>
    );
  };
  const { substance } = letter;
  return (
    <>
      <dl className="mt-3 divide-y divide-line border-y border-line">
        <Row name={t('revision')}>
          <Link href={`/letters/${letter.slug}/revisions/${now.revision.number}`} prefetch={false}>
            {t('revisionNumber', { number: now.revision.number })}
          </Link>
        </Row>
        <Row name={t('organizations')}>
          {t('count', { total: counts.total, named: counts.named, withheld: counts.withheld })}
          {counts.total > 0 && <p className="text-sm text-quiet">{t('coordinating', { count: counts.coordinating })}</p>}
          {counts.added.total > 0 && <p className="text-sm text-quiet">{t('addedIncluded', { count: counts.added.total })}</p>}
        </Row>
        <Row name={t('waiting')}>
          {t('waitingCount', { count: now.waiting })}
          {now.waiting > 0 && (
            <>
              {' '}
              <Link href={`/admin/letters/${letter.slug}`} prefetch={false}>
                {t('review')}
              </Link>
            </>
          )}
        </Row>
        {/* Until the text has changed in substance, nobody is asked to affirm it. */}
        {substance !== null && substance > 1 && <Row name={t('earlier')}>{t('earlierCount', { count: counts.earlier.total })}</Row>}
        <Row name={t('times')}>
          {deadline('firstTally', letter.firstTallyAt, letter.firstTallyLabel)}
          {deadline('final', letter.closesAt, letter.closesLabel)}
          {!letter.firstTallyAt && !letter.closesAt && t('noTimes')}
        </Row>
      </dl>
      <p className="mt-4">{t('draftPdf')}</p>
      <ul className="flex flex-wrap gap-x-5">
        {now.languages.map((language) => (
          <li key={language}>
            <a href={`/api/letters/${letter.slug}/letter.pdf?language=${language}`} className="inline-flex min-h-8 items-center">
              {t('draftPdfIn', { language: names(language) })}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
