import type { MailProps } from '@/lib/platform/mail/kinds';
import { deadline } from './dates';
import { Action, Layout, Paragraph, Passage, type Frame } from './layout';
import { words } from './words';

/** To an organization that the coordinators invite to sign. It did not ask for it, so it says how to end it. */
export function InviteToSign({
  props,
  endLink,
  ...frame
}: Frame & { props: MailProps['invite_to_sign']; endLink: string | null }) {
  const { language, link } = frame;
  const t = words[language];
  return (
    <Layout
      {...frame}
      kicker={t('letter')}
      title={props.letterTitle}
      preview={t('invite_to_sign.preview')}
      why={t('why.invitee')}
      ifIgnored={t(props.isReminder ? 'invite_to_sign.ifIgnoredAgain' : 'invite_to_sign.ifIgnored')}
      ending={endLink === null ? undefined : { label: t('invite_to_sign.end'), link: endLink }}
    >
      <Paragraph language={language}>
        {t(props.isReminder ? 'invite_to_sign.reminder' : 'invite_to_sign.invited', {
          organization: props.organization,
        })}
      </Paragraph>
      {props.message && (
        <Passage language={language} label={t('invite_to_sign.message')} text={props.message} />
      )}
      <Paragraph language={language}>{t('invite_to_sign.what')}</Paragraph>
      {props.closesAt && (
        <Paragraph language={language}>
          {t('reminder.closes', { moment: deadline(props.closesAt, language, props.timeZone) })}
        </Paragraph>
      )}
      <Action
        language={language}
        link={link}
        label={t('invite_to_sign.button')}
        page={t('invite_to_sign.page')}
      />
      <Paragraph language={language}>{t('invite_to_sign.decline')}</Paragraph>
    </Layout>
  );
}
