import { getTranslations } from 'next-intl/server';
import { Page } from '@/components/ui/page';
import type { Locale } from '@/lib/platform/i18n/routing';

/** What stands behind a secret link that leads to nothing, or whose record cannot be read now. */
export async function DeadLink({
  locale,
  words,
  found,
}: {
  locale: Locale;
  words: 'endorsement.attested' | 'endorsement.invited' | 'entry.nomination';
  /** Null: it cannot be read now. */
  found: object | null;
}) {
  const t = await getTranslations({ locale, namespace: words });
  const state = found ? 'unknown' : 'unavailable';
  return (
    <Page title={t(`${state}.title`)}>
      <p>{t(`${state}.explanation`)}</p>
    </Page>
  );
}
