import type { useTranslations } from 'next-intl';
import type { FormState } from '@/components/ui/form-state';
import type { AddressError } from '@/lib/letter/text/schema';

/** The words for what is wrong with a letter's typed address. `typed.free`: one that could be taken instead. */
export function addressProblem(
  t: ReturnType<typeof useTranslations<'letter.text'>>,
  state: FormState,
): string | undefined {
  const slug = (state.typed.address ?? '').trim().toLowerCase();
  const code = state.errors.address?.[0];
  if (code === undefined) return undefined;
  switch (code as AddressError) {
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
