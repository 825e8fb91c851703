import { UNCONFIRMED_DAYS } from '@/lib/platform/limits';
import type { MailProps } from '@/lib/platform/mail/kinds';
import { Action, Layout, OrganizationName, Paragraph, type Frame } from './layout';
import { deadline, moment } from './dates';
import { words } from './words';

/** To a representative who has not confirmed yet. Nobody asked for it, so it says how to end them. */
export function Reminder({
  props,
  endLink,
  ...frame
}: Frame & { props: MailProps['reminder']; endLink: string | null }) {
  const { language, link } = frame;
  const t = words[language];
  return (
    <Layout
      {...frame}
      kicker={t('letter')}
      title={props.letterTitle}
      preview={t('reminder.preview')}
      why={t('why.form')}
      ifIgnored={t('reminder.ifIgnored', { days: UNCONFIRMED_DAYS })}
      ending={endLink === null ? undefined : { label: t('reminder.end'), link: endLink }}
    >
      <Paragraph language={language}>{t('reminder.notYet')}</Paragraph>
      <OrganizationName language={language} names={props.organization} />
      <Paragraph language={language}>{t('reminder.oneStep')}</Paragraph>
      {props.closesAt && (
        <Paragraph language={language}>
          {t('reminder.closes', { moment: deadline(props.closesAt, language, props.timeZone) })}
        </Paragraph>
      )}
      <Action
        language={language}
        link={link}
        label={t('confirm.button')}
        page={t('confirm.page')}
        endorsing
      />
      <Paragraph language={language}>
        {t('confirm.validUntil', { moment: moment(props.expiresAt, language, props.timeZone) })}
      </Paragraph>
    </Layout>
  );
}
