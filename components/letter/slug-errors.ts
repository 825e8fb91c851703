import type { useTranslations } from 'next-intl';
import type { FormState } from '@/components/ui/form-state';

/** The words for what is wrong with a letter's typed address. `typed.free`: one that could be taken instead. */
export function addressProblem(
  t: ReturnType<typeof useTranslations<'letter.text'>>,
  state: FormState,
): string | undefined {
  const slug = (state.typed.address ?? '').trim().toLowerCase();
  switch (state.errors.address?.[0]) {
    case undefined:
      return undefined;
    case 'required':
      return t('errors.required');
    case 'taken':
      return t('errors.addressTaken', { slug, free: state.typed.free ?? '' });
    case 'opened':
      return t('errors.opened');
    case 'reserved':
      return t('errors.addressReserved');
    default:
      return t('errors.addressShape');
  }
}
