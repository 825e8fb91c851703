import { invitationsOf } from '@/lib/endorsement/invitees/queries';
import { EndingPage } from '@/app/[locale]/ending';
import { secretTitle, type SecretLinkProps } from '@/app/[locale]/secret-link';
import { endForGood } from './actions';

// The URL holds a secret and its state changes: rendered per request, never cached.
export const dynamic = 'force-dynamic';

export const generateMetadata = secretTitle('endorsement.invited.end.on.title');

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
