'use client';

import type { WidgetMethods } from 'altcha/types';
import dynamic from 'next/dynamic';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useRef, useState, useSyncExternalStore, type ComponentProps } from 'react';
import { buttonClass } from '@/components/ui/button';
import { SubmitButton } from '@/components/ui/submit-button';
import { SLOW_MAIL_MINUTES } from '@/lib/platform/limits';
import type Widget from './altcha-widget';
import type { WidgetState } from './altcha-widget';
import { SLOW_FIELD } from './fields';

type WidgetProps = ComponentProps<typeof Widget>;

/** In place of a widget that could not be loaded, so that the form stays. */
function NotLoaded({ words, onState }: WidgetProps) {
  useEffect(() => onState('error'), [onState]);
  return <p>{words.error}</p>;
}

const AltchaWidget = dynamic<WidgetProps>(
  () => import('./altcha-widget').catch(() => ({ default: NotLoaded })),
  { ssr: false },
);

const never = () => () => undefined;
/** Whether scripts run here: not in what the server renders. */
const useScripts = () =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );

const isAtIt = (state: WidgetState) => state === 'unverified' || state === 'verifying';

/**
 * Sends the form once the calculation is done, if its button was pressed before. Buttons with a name
 * do something else.
 */
function useWaitingSubmit(state: WidgetState) {
  const place = useRef<HTMLDivElement>(null);
  const waiting = useRef(false);
  useEffect(() => {
    const form = place.current?.closest('form');
    const wait = (event: SubmitEvent) => {
      if (!isAtIt(state) || event.submitter?.getAttribute('name')) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      waiting.current = true;
      // It begins by itself, but not anew when the browser goes back to the page.
      const widget = form?.querySelector<HTMLElement & Partial<WidgetMethods>>('altcha-widget');
      if (widget?.getState?.() === 'unverified') void widget.verify?.();
    };
    form?.addEventListener('submit', wait, true);
    return () => form?.removeEventListener('submit', wait, true);
  }, [state]);
  useEffect(() => {
    if (!waiting.current || isAtIt(state)) return;
    waiting.current = false;
    if (state === 'verified') place.current?.closest('form')?.requestSubmit();
  }, [state]);
  return place;
}

/**
 * What a sign-up under pressure can be sent with: a calculation by the browser, or, without scripts,
 * patience. Must be inside the form.
 */
export function PressureCheck({ challenge }: { challenge: string }) {
  const t = useTranslations('endorsement.pressure');
  const locale = useLocale();
  const scripts = useScripts();
  const [state, setState] = useState<WidgetState>('unverified');
  const place = useWaitingSubmit(state);
  const words = {
    label: t('widget.label'),
    verifying: t('widget.verifying'),
    verified: t('widget.verified'),
    error: t('widget.error'),
    expired: t('widget.expired'),
    required: t('widget.label'),
  };
  return (
    <div ref={place} className="mt-3 space-y-4">
      {scripts && (
        <div>
          <p>{t('calculation')}</p>
          <div className="altcha-place mt-2">
            <AltchaWidget
              challenge={challenge}
              language={locale}
              words={words}
              onState={setState}
            />
          </div>
          <p role="status" className="sr-only">
            {state === 'unverified' ? '' : words[state]}
          </p>
          <div className="mt-3">
            <SubmitButton className={`${buttonClass('solid')} max-sm:w-full`}>
              {t('send')}
            </SubmitButton>
          </div>
        </div>
      )}
      <div>
        <h3 className="font-semibold">{t('slow.title')}</h3>
        <p className="mt-1">{t('slow.explanation', { minutes: SLOW_MAIL_MINUTES })}</p>
        <button
          type="submit"
          name={SLOW_FIELD}
          value="1"
          className={`${buttonClass('outline')} mt-3 max-sm:w-full`}
        >
          {t('slow.send')}
        </button>
      </div>
    </div>
  );
}
