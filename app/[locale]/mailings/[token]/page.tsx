import { getTranslations } from 'next-intl/server';
import { mailingsBehind } from '@/lib/mailing/ending/queries';
import { EndingPage } from '@/app/[locale]/ending';
import { routeLocale } from '@/app/[locale]/locale';
import { secretTitle, type SecretLinkProps } from '@/app/[locale]/secret-link';
import { allow, end } from './actions';

// The URL holds a secret and its state changes: rendered per request, never cached.
export const dynamic = 'force-dynamic';

export const generateMetadata = secretTitle('mailing.end.on.title');

/** The target of the link at the end of a mailing. */
export default async function MailingsPage(link: SecretLinkProps) {
  const locale = await routeLocale(link.params);
  const t = await getTranslations({ locale, namespace: 'mailing.end' });
  return (
    <EndingPage
      link={link}
      read={mailingsBehind}
      words="mailing.end"
      action={end}
      undo={{ action: allow, label: t('ended.undo') }}
    />
  );
}
