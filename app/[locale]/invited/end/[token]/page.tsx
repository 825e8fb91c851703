import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { invitationsOf } from '@/lib/endorsement/invitees/queries';
import { EndingPage } from '@/app/[locale]/ending';
import { routeLocale } from '@/app/[locale]/locale';
import { UNSEEN, type SecretLinkProps } from '@/app/[locale]/secret-link';
import { endForGood } from './actions';

// The URL holds a secret and its state changes: rendered per request, never cached.
export const dynamic = 'force-dynamic';

export async function generateMetadata({ params }: SecretLinkProps): Promise<Metadata> {
  const locale = await routeLocale(params);
  const t = await getTranslations({ locale, namespace: 'endorsement.invited.end' });
  return { title: t('on.title'), ...UNSEEN };
}

/** The target of the link at the end of an invitation to sign. */
export default function EndInvitationsPage(link: SecretLinkProps) {
  return (
    <EndingPage
      link={link}
      read={invitationsOf}
      words="endorsement.invited.end"
      action={endForGood}
    />
  );
}
