import type { MailProps } from '@/lib/platform/mail/kinds';
import { Action, Layout, Paragraph, type Frame } from './layout';
import { moment } from './dates';
import { texts } from './texts';

/** To a coordinator: a sign-in link. */
export function SignIn({ props, ...frame }: Frame & { props: MailProps['sign_in'] }) {
  const { language, link } = frame;
  const { product, signIn: t } = texts[language];
  return (
    <Layout
      {...frame}
      kicker={product}
      title={t.title}
      preview={t.preview}
      why={t.why}
      ifIgnored={t.ifIgnored}
    >
      <Paragraph language={language}>{t.open}</Paragraph>
      <Action language={language} link={link} label={t.button} page={t.page} />
      <Paragraph language={language}>{t.validUntil(moment(props.expiresAt, language))}</Paragraph>
    </Layout>
  );
}
