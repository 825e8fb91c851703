/**
 * Styles of buttons and links that look like buttons. `seal` (vermilion) is reserved for endorsing
 * and confirming, at most one per page; `alert` for what nobody can undo.
 */
export function buttonClass(
  tone: 'seal' | 'solid' | 'alert' | 'outline' | 'plain' = 'solid',
  size: 'normal' | 'small' = 'normal',
): string {
  return [base, sizes[size], tones[tone]].join(' ');
}

const base =
  'inline-flex cursor-pointer items-center justify-center gap-2 rounded-sm border text-center font-semibold leading-tight no-underline transition-colors aria-disabled:cursor-progress aria-disabled:opacity-60 disabled:cursor-not-allowed disabled:opacity-60';

const sizes = {
  normal: 'min-h-12 px-6 py-2.5 text-base',
  small: 'min-h-8 px-3 py-1 text-sm',
};

const tones = {
  seal: 'border-transparent bg-seal text-on-seal hover:bg-seal-strong hover:text-on-seal',
  solid: 'border-transparent bg-indigo text-on-indigo hover:bg-indigo-strong hover:text-on-indigo',
  alert: 'border-transparent bg-alert text-paper hover:text-paper hover:underline',
  outline: 'border-indigo bg-transparent text-indigo hover:bg-indigo-wash hover:text-indigo-strong',
  plain:
    'border-transparent bg-transparent text-indigo underline underline-offset-4 hover:text-indigo-strong',
};
