'use server';

import { hasLocale } from 'next-intl';
import { answerRequest } from '@/lib/revision/reaffirmation/commands';
import { redirect } from '@/lib/platform/i18n/navigation';
import { routing } from '@/lib/platform/i18n/routing';
import { errorName, log } from '@/lib/platform/log';
import { emptyPageCache } from '@/lib/platform/page-cache/watcher';
import { tokenOf } from '@/app/[locale]/secret-link';

/** Actions of the buttons on the reaffirmation page. On failure, the page shows why. */
export async function answerReaffirmation(form: FormData): Promise<void> {
  const requestedLocale = form.get('locale');
  const locale = hasLocale(routing.locales, requestedLocale)
    ? requestedLocale
    : routing.defaultLocale;
  const token = tokenOf(form);
  const said =
    form.get('answer') === 'affirmed'
      ? 'affirmed'
      : form.get('answer') === 'withdrawn'
        ? 'withdrawn'
        : null;
  if (!said) return redirect({ href: `/reaffirm/${token}`, locale });
  const outcome = await answerRequest(token, said, Number(form.get('revision')) || 0).catch(
    (error: unknown) => {
      log('error', 'an answer could not be saved', { error: errorName(error) }); // without the token
      return null;
    },
  );
  if (!outcome) return redirect({ href: `/reaffirm/${token}?failed`, locale });
  if (!outcome.ok) return redirect({ href: `/reaffirm/${token}`, locale });
  await emptyPageCache();
  redirect({ href: `/reaffirm/done/${outcome.letterSlug}/${outcome.answer}`, locale });
}
