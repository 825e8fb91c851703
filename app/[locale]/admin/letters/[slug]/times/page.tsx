import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { LetterShell } from '@/components/admin/letter-shell';
import { LetterStatusSummary } from '@/components/letter/times/letter-status';
import { PressureForm } from '@/components/letter/times/pressure-form';
import { ToggleForm } from '@/components/letter/times/switch-form';
import { TimesForm, type Filled } from '@/components/letter/times/times-form';
import { zoneGroups } from '@/components/letter/times/time-zones';
import { Notice } from '@/components/ui/notice';
import { administrators } from '@/lib/coordinator/queries';
import { isUnderPressure } from '@/lib/endorsement/pressure/rules';
import type { ManagedLetter } from '@/lib/letter/queries';
import { letterStatus } from '@/lib/letter/rules';
import { lastTimesChange, mayOpen } from '@/lib/letter/times/queries';
import { edgeOf, plainTimes, toLocal, type Moment } from '@/lib/letter/times/rules';
import { LABEL_MAX } from '@/lib/letter/times/schema';
import {
  titled,
  requireLetter,
  type LetterPageProps,
} from '@/app/[locale]/admin/letters/[slug]/access';
import { archive, pause, resume, savePressure, saveTimes, unarchive } from './actions';
import { noticeSchema } from './notice';

export const generateMetadata = titled('times');

/** Initial values of the form: the letter's times as local times in its time zone. */
function filled(letter: ManagedLetter): Filled {
  const { opensAt, internalDeadlineAt, closesAt, rounds, timeZone } = letter;
  const moments: [Moment, Date | null][] = [
    ...Object.entries({ opensAt, internalDeadlineAt, closesAt } as const),
    ...rounds.map(({ at }, index): [Moment, Date] => [`round${index + 1}`, at]),
  ] as [Moment, Date | null][];
  return Object.fromEntries(
    moments.flatMap(([moment, at]) =>
      at ? [[moment, toLocal(at, timeZone, edgeOf(moment))]] : [],
    ),
  );
}

export default async function TimesPage({ params, searchParams }: LetterPageProps) {
  const { locale, slug, access: owner, letter } = await requireLetter(params, 'setTimes');
  const last = await lastTimesChange(owner);
  const notice = noticeSchema.parse((await searchParams).notice);
  const t = await getTranslations({ locale, namespace: 'letter.times' });
  const zones = await getTranslations({ locale, namespace: 'letter.zones' });
  const { admin, letter: words } = await getMessages({ locale });
  const now = new Date();
  const status = letterStatus(letter, now);
  const archived = status === 'archived';
  const others = status === 'draft' && !(await mayOpen(owner, now)) ? await administrators() : null;
  return (
    <LetterShell
      letter={letter}
      current="times"
      lead={t('lead')}
      done={notice && t(`done.${notice}`)}
    >
      <LetterStatusSummary letter={letter} last={last} now={now} />
      {others && (
        <Notice title={t('firstOpening.title')}>
          <p>{t('firstOpening.why')}</p>
          <p>
            {t('firstOpening.who', {
              administrators: others.join(locale === 'ja' ? '、' : ', '),
              count: others.length,
            })}
          </p>
        </Notice>
      )}
      {!archived && (
        <NextIntlClientProvider messages={{ admin, letter: { times: words.times } }}>
          <TimesForm
            action={saveTimes}
            slug={slug}
            times={plainTimes(letter)}
            filled={filled(letter)}
            opening={
              status !== 'draft'
                ? 'fixed'
                : letter.revision === null
                  ? 'unpublished'
                  : others
                    ? 'administrator'
                    : 'open'
            }
            lastBy={last?.by ?? null}
            zones={zoneGroups(locale, letter.timeZone, now, zones)}
            labelMax={LABEL_MAX}
          />
        </NextIntlClientProvider>
      )}
      {!archived && status !== 'draft' && (
        <ToggleForm
          action={letter.pausedAt ? resume : pause}
          slug={slug}
          locale={locale}
          words={letter.pausedAt ? 'pause.resume' : 'pause.pause'}
        />
      )}
      {!archived && status !== 'draft' && (
        <PressureForm
          action={savePressure}
          slug={slug}
          locale={locale}
          pressure={letter.pressure}
          isPressed={isUnderPressure(letter, now)}
        />
      )}
      {status !== 'draft' && (
        <ToggleForm
          action={archived ? unarchive : archive}
          slug={slug}
          locale={locale}
          words={archived ? 'archive.takeOut' : 'archive.putIn'}
        />
      )}
    </LetterShell>
  );
}
