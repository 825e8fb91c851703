import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { remindersOf } from '@/lib/endorsement/reminders/queries';
import { EndingPage } from '@/app/[locale]/ending';
import { routeLocale } from '@/app/[locale]/locale';
import { UNSEEN, type SecretLinkProps } from '@/app/[locale]/secret-link';
import { unsubscribe } from './actions';

// The URL holds a secret and its state changes: rendered per request, never cached.
export const dynamic = 'force-dynamic';

export async function generateMetadata({ params }: SecretLinkProps): Promise<Metadata> {
  const locale = await routeLocale(params);
  const t = await getTranslations({ locale, namespace: 'endorsement.unsubscribe' });
  return { title: t('on.title'), ...UNSEEN };
}

/** The target of the link at the end of a reminder. */
export default function UnsubscribePage(link: SecretLinkProps) {
  return (
    <EndingPage
      link={link}
      read={remindersOf}
      words="endorsement.unsubscribe"
      action={unsubscribe}
    />
  );
}
