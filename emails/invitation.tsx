import type { MailProps } from '@/lib/platform/mail/kinds';
import { Action, Layout, Paragraph, type Frame } from './layout';
import { words } from './words';

/** To somebody who is given a role on a letter: who invites them to do what, and how to sign in. */
export function Invitation({ props, ...frame }: Frame & { props: MailProps['invitation'] }) {
  const { language, link } = frame;
  const t = words[language];
  return (
    <Layout
      {...frame}
      kicker={t('letter')}
      title={props.letterTitle}
      preview={t('invitation.preview')}
      why={t('why.invitation')}
      ifIgnored={t('invitation.ifIgnored')}
    >
      <Paragraph language={language}>
        {t('invitation.invited', { inviter: props.inviter })}
      </Paragraph>
      <Paragraph language={language}>{t(`invitation.roles.${props.role}`)}</Paragraph>
      <Paragraph language={language}>{t('invitation.signIn')}</Paragraph>
      <Action
        language={language}
        link={link}
        label={t('invitation.button')}
        page={t('invitation.page')}
      />
    </Layout>
  );
}
