import type { MailProps } from '@/lib/platform/mail/kinds';
import { moment } from './dates';
import { Action, Layout, OrganizationName, Paragraph, type Frame } from './layout';
import { words } from './words';

/** To the address of an attested endorsement, which did not ask for it: has your organization signed? */
export function ConfirmAttested({
  props,
  ...frame
}: Frame & { props: MailProps['confirm_attested'] }) {
  const { language, link } = frame;
  const t = words[language];
  return (
    <Layout
      {...frame}
      kicker={t('letter')}
      title={props.letterTitle}
      preview={t('confirm_attested.preview')}
      why={t(props.kind === 'form' ? 'why.form' : 'why.attested')}
      ifIgnored={t('confirm_attested.ifIgnored')}
    >
      <Paragraph language={language}>
        {props.kind === 'form'
          ? t('confirm_attested.vouched')
          : t('confirm_attested.entered', { kind: props.kind })}
      </Paragraph>
      <OrganizationName language={language} names={props.organization} />
      <Paragraph language={language}>{t('confirm_attested.ask')}</Paragraph>
      <Action
        language={language}
        link={link}
        label={t('confirm_attested.button')}
        page={t('confirm_attested.page')}
      />
      <Paragraph language={language}>
        {t('confirm_attested.validUntil', {
          moment: moment(props.expiresAt, language, props.timeZone),
        })}
      </Paragraph>
      {props.withheld && (
        <Paragraph language={language}>{t('confirm_attested.withheld')}</Paragraph>
      )}
    </Layout>
  );
}
