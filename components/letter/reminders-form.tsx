import { useTranslations } from 'next-intl';
import { HiddenFields, type ButtonAction } from '@/components/ui/action-button';
import { buttonClass } from '@/components/ui/button';
import { SubmitButton } from '@/components/ui/submit-button';
import { REMINDERS } from '@/lib/platform/limits';

/** Says whether unconfirmed sign-ups are reminded, with a button that changes it. */
export function RemindersForm({
  action,
  hidden,
  reminds,
}: {
  action: ButtonAction;
  hidden: Record<string, string>;
  reminds: boolean;
}) {
  const t = useTranslations('letter.text.reminders');
  const is = String(reminds) as 'true' | 'false';
  return (
    <section aria-labelledby="reminders">
      <h2 id="reminders" className="font-serif text-xl font-semibold">
        {t('title')}
      </h2>
      <p className="mt-1 text-quiet">
        {t('lead', { waiting: REMINDERS.waitingDays, deadline: REMINDERS.deadlineDays })}
      </p>
      <form action={action} className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        <HiddenFields fields={{ ...hidden, reminds: String(!reminds) }} />
        <p className="font-semibold">{t(`is.${is}`)}</p>
        <SubmitButton className={buttonClass('outline')}>{t(`change.${is}`)}</SubmitButton>
      </form>
    </section>
  );
}
