import type { MailProps } from '@/lib/platform/mail/kinds';
import { Action, Layout, OrganizationName, Paragraph, type Frame } from './layout';
import { moment } from './dates';
import { texts } from './texts';

/** To a representative who has signed: press to confirm. */
export function Confirm({ props, ...frame }: Frame & { props: MailProps['confirm'] }) {
  const { language, link } = frame;
  const t = texts[language].confirm;
  return (
    <Layout
      {...frame}
      kicker={texts[language].letter}
      title={props.letterTitle}
      preview={t.preview}
      why={t.why}
      ifIgnored={t.ifIgnored}
    >
      <Paragraph language={language}>{t.thanks}</Paragraph>
      <OrganizationName language={language} names={props.organization} />
      <Paragraph language={language}>{t.oneStep}</Paragraph>
      <Action language={language} link={link} label={t.button} page={t.page} endorsing />
      <Paragraph language={language}>{t.validUntil(moment(props.expiresAt, language))}</Paragraph>
      <Paragraph language={language}>
        {props.withheld ? t.afterwardsWithheld : t.afterwards}
      </Paragraph>
    </Layout>
  );
}
