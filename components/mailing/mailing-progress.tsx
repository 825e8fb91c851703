import { useFormatter, useTranslations } from 'next-intl';
import { Live, type LiveChoice } from '@/components/admin/live';
import { sectionPath } from '@/components/admin/sections';
import { HiddenFields, type ButtonAction } from '@/components/ui/action-button';
import { buttonClass } from '@/components/ui/button';
import { Fact, Facts } from '@/components/ui/facts';
import { Link } from '@/components/ui/link';
import { SubmitButton } from '@/components/ui/submit-button';
import type { ManagedMailing } from '@/lib/mailing/queries';

/** How far a mailing has come, with what can be done about the rest of it. */
export function MailingProgress({
  mailing: { state, sentAt, recipients, progress, updateId },
  slug,
  path,
  timeZone,
  live,
  fields,
  actions,
}: {
  mailing: ManagedMailing;
  slug: string;
  /** The path of its page, without the locale. */
  path: string;
  timeZone: string;
  live: LiveChoice;
  fields: Record<string, string>;
  actions: { pause: ButtonAction; resume: ButtonAction; cancelRest: ButtonAction };
}) {
  const t = useTranslations('mailing.progress');
  const states = useTranslations('mailing.list.states');
  const format = useFormatter();
  const { waiting, sent, returned, failed, left } = progress;
  const done = recipients - waiting;
  const isUnderWay = waiting > 0 && state !== 'paused';
  const button = (action: ButtonAction, label: string, tone: 'outline' | 'alert' = 'outline') => (
    <form action={action}>
      <HiddenFields fields={fields} />
      <SubmitButton className={buttonClass(tone)}>{label}</SubmitButton>
    </form>
  );
  return (
    <section aria-labelledby="progress" className="space-y-4">
      <h2 id="progress" className="font-serif text-xl font-semibold">
        {t('title')}
      </h2>
      <p className="font-semibold">{states(state)}</p>
      <div>
        <progress
          max={Math.max(1, recipients)}
          value={done}
          aria-label={t('title')}
          className="h-3 w-full"
        />
        <p className="text-sm text-quiet">{t('bar', { done, all: recipients })}</p>
      </div>
      {isUnderWay && <Live live={live} path={path} />}
      <Facts>
        {sentAt && (
          <Fact name={t('sentAt')}>
            {format.dateTime(sentAt, { dateStyle: 'long', timeStyle: 'short', timeZone })}
          </Fact>
        )}
        <Fact name={t('waiting')}>{format.number(waiting)}</Fact>
        <Fact name={t('sent')}>{format.number(sent)}</Fact>
        <Fact name={t('returned')}>{format.number(returned)}</Fact>
        <Fact name={t('failed')}>{format.number(failed)}</Fact>
        {left > 0 && (
          <Fact name={t('left')}>
            {format.number(left)}
            <span className="block text-sm text-quiet">{t('leftHint')}</span>
          </Fact>
        )}
      </Facts>
      {updateId !== null && <p>{t('onPage')}</p>}
      <p className="text-sm text-quiet">
        {t.rich('mails', {
          link: (said) => <Link href={sectionPath(slug, 'mails')}>{said}</Link>,
        })}
      </p>
      {waiting > 0 && state !== 'cancelled' && (
        <div className="flex flex-wrap items-start gap-3">
          {state === 'paused'
            ? button(actions.resume, t('resume'))
            : button(actions.pause, t('pause'))}
          <div>
            {button(actions.cancelRest, t('cancel'), 'alert')}
            <p className="mt-1 text-sm text-quiet">{t('cancelHint')}</p>
          </div>
        </div>
      )}
    </section>
  );
}
