import { remindersOf } from '@/lib/endorsement/reminders/queries';
import { EndingPage } from '@/app/[locale]/ending';
import { secretTitle, type SecretLinkProps } from '@/app/[locale]/secret-link';
import { unsubscribe } from './actions';

// The URL holds a secret and its state changes: rendered per request, never cached.
export const dynamic = 'force-dynamic';

export const generateMetadata = secretTitle('endorsement.unsubscribe.on.title');

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
