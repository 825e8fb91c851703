import { UNCONFIRMED_DAYS } from '@/lib/platform/limits';
import type { MailProps } from '@/lib/platform/mail/kinds';
import { Action, Layout, OrganizationName, Paragraph, type Frame } from './layout';
import { moment } from './dates';
import { words } from './words';

/** To a representative who has signed: press to confirm. */
export function Confirm({ props, ...frame }: Frame & { props: MailProps['confirm'] }) {
  const { language, link } = frame;
  const t = words[language];
  return (
    <Layout
      {...frame}
      kicker={t('letter')}
      title={props.letterTitle}
      preview={t('confirm.preview')}
      why={t('why.form')}
      ifIgnored={t('confirm.ifIgnored', { days: UNCONFIRMED_DAYS })}
    >
      <Paragraph language={language}>{t('confirm.thanks')}</Paragraph>
      <OrganizationName language={language} names={props.organization} />
      <Paragraph language={language}>{t('confirm.oneStep')}</Paragraph>
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
      <Paragraph language={language}>
        {props.withheld ? t('confirm.afterwardsWithheld') : t('confirm.afterwards')}
      </Paragraph>
    </Layout>
  );
}
