'use client';

import 'altcha/external';
import 'altcha/altcha.css';
import type {} from 'altcha/types/react';
import { useEffect, useRef, type Ref } from 'react';
import { SOLUTION_FIELD } from './fields';

/** The words of the widget that can be shown here. */
export interface WidgetWords {
  label: string;
  verifying: string;
  verified: string;
  error: string;
  expired: string;
  required: string;
}

/** How far the widget is. */
export type WidgetState = 'unverified' | 'verifying' | 'verified' | 'error' | 'expired';

$altcha.algorithms.set(
  'PBKDF2/SHA-256',
  () => new Worker(new URL('./proof-worker.ts', import.meta.url)),
);

const CONFIGURATION = JSON.stringify({
  hideFooter: true,
  hideLogo: true,
  // It would collect how the pointer moves.
  humanInteractionSignature: false,
  minDuration: 0,
});

/**
 * ALTCHA's widget, which solves the challenge as soon as it is shown. Loaded only where it is shown:
 * with its workers as files of their own, since the policy of the pages allows no others.
 */
export default function AltchaWidget({
  challenge,
  language,
  words,
  onState,
}: {
  /** As JSON. */
  challenge: string;
  language: string;
  words: WidgetWords;
  /** Must be a stable function. */
  onState: (state: WidgetState) => void;
}) {
  const widget = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = widget.current!;
    const told = (event: Event) =>
      onState((event as CustomEvent<{ state: WidgetState }>).detail.state);
    element.addEventListener('statechange', told);
    return () => element.removeEventListener('statechange', told);
  }, [onState]);
  useEffect(() => {
    $altcha.i18n.set(language, {
      ...$altcha.i18n.get('en'),
      label: words.label,
      verifying: words.verifying,
      waitAlert: words.verifying,
      verified: words.verified,
      error: words.error,
      expired: words.expired,
      verificationRequired: words.required,
    });
  }, [language, words]);
  return (
    <altcha-widget
      ref={widget as Ref<HTMLElement>}
      challenge={challenge}
      configuration={CONFIGURATION}
      language={language}
      name={SOLUTION_FIELD}
      auto="onload"
      type="native"
    />
  );
}
