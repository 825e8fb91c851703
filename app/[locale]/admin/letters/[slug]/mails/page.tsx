import { getTranslations } from 'next-intl/server';
import { LetterShell } from '@/components/admin/letter-shell';
import { MailLog } from '@/components/endorsement/review/mail-log';
import { SENT_MAIL_DAYS } from '@/lib/platform/limits';
import { mailLog } from '@/lib/platform/mail/log';
import {
  requireLetter,
  titled,
  type LetterPageProps,
} from '@/app/[locale]/admin/letters/[slug]/access';
import { retryLogged } from './actions';
import { logViewSchema } from './view';

export const generateMetadata = titled('mails');

export default async function MailsPage({ params, searchParams }: LetterPageProps) {
  const { locale, slug, access: reviewer, letter } = await requireLetter(params, 'retryMail');
  const view = logViewSchema.parse(await searchParams);
  const { mails, last } = await mailLog(reviewer.letterId, {
    failing: view.show === 'failing',
    after: view.after,
  });
  const t = await getTranslations({ locale, namespace: 'endorsement.review' });
  return (
    <LetterShell
      letter={letter}
      current="mails"
      role={reviewer.role}
      lead={t('mails.lead', { days: SENT_MAIL_DAYS })}
      done={view.notice && t(`done.${view.notice}`)}
      wide
    >
      <MailLog
        slug={slug}
        view={view}
        mails={mails}
        last={last}
        clock={{ now: new Date(), timeZone: letter.timeZone }}
        retry={retryLogged}
      />
    </LetterShell>
  );
}
