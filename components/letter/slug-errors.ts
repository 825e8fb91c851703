import type { useTranslations } from 'next-intl';
import type { FormState } from '@/components/ui/form-state';
import type { SlugError } from '@/lib/letter/schema';

/** The messages for errors of a slug. `typed.free`: a free slug to suggest. */
export function slugErrorText(
  t: ReturnType<typeof useTranslations<'letter.text'>>,
  state: FormState,
): string | undefined {
  const slug = (state.typed.newSlug ?? '').trim().toLowerCase();
  const code = state.errors.newSlug?.[0];
  if (code === undefined) return undefined;
  switch (code as SlugError) {
    case 'required':
      return t('errors.required');
    case 'taken':
      return t('errors.addressTaken', { slug, free: state.typed.free ?? '' });
    case 'opened':
      return t('errors.opened');
    case 'reserved':
      return t('errors.addressReserved');
    default: // 'tooLong', 'controlCharacter', 'invalidSlug'
      return t('errors.addressShape');
  }
}
