import { useTranslations } from 'next-intl';
import { HiddenFields, type ButtonAction } from '@/components/ui/action-button';
import { buttonClass } from '@/components/ui/button';
import { RadioField } from '@/components/ui/field';
import { SubmitButton } from '@/components/ui/submit-button';
import type { PressureMode } from '@/lib/platform/db/generated/enums';
import { PRESSURE } from '@/lib/platform/limits';

const MODES = ['automatic', 'on', 'off'] as const satisfies readonly PressureMode[];

/** Whether a letter's sign-ups have to show that work was done for them. */
export function PressureForm({
  action,
  slug,
  locale,
  pressure,
  isPressed,
}: {
  action: ButtonAction;
  slug: string;
  locale: string;
  pressure: PressureMode;
  /** Whether they have to at present. */
  isPressed: boolean;
}) {
  const t = useTranslations('letter.times.pressure');
  return (
    <section aria-labelledby="pressure" className="border-t border-line pt-8">
      <h2 id="pressure" className="font-serif text-xl font-semibold">
        {t('title')}
      </h2>
      <p className="mt-2 text-quiet">{t('lead')}</p>
      <p className="mt-2 font-semibold">{t(isPressed ? 'now' : 'notNow')}</p>
      <form key={pressure} action={action} className="mt-4 space-y-4">
        <HiddenFields fields={{ slug, locale }} />
        <RadioField
          name="pressure"
          legend={t('legend')}
          isSection={false}
          defaultValue={pressure}
          options={MODES.map((mode) => ({
            value: mode,
            label: t(`${mode}.label`),
            explanation: t(`${mode}.explanation`, {
              least: PRESSURE.least,
              minutes: PRESSURE.minutes,
              factor: PRESSURE.factor,
            }),
          }))}
        />
        <SubmitButton className={`${buttonClass('outline')} max-sm:w-full`}>
          {t('save')}
        </SubmitButton>
      </form>
    </section>
  );
}
