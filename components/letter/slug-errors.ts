import type { useTranslations } from 'next-intl';
import type { FormState } from '@/components/ui/form-state';
import type { SlugError } from '@/lib/letter/schema';

/** The words for what is wrong with a letter's typed address. `typed.free`: one that could be taken instead. */
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
