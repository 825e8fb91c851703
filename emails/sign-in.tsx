import type { MailProps } from '@/lib/platform/mail/kinds';
import { Action, Layout, Paragraph, type Frame } from './layout';
import { moment } from './dates';
import { words } from './words';

/** To a coordinator: a sign-in link. */
export function SignIn({ props, ...frame }: Frame & { props: MailProps['sign_in'] }) {
  const { language, link } = frame;
  const t = words[language];
  return (
    <Layout
      {...frame}
      kicker={t('product')}
      title={t('sign_in.title')}
      preview={t('sign_in.preview')}
      why={t('why.signIn')}
      ifIgnored={t('sign_in.ifIgnored')}
    >
      <Paragraph language={language}>{t('sign_in.open')}</Paragraph>
      <Action
        language={language}
        link={link}
        label={t('sign_in.button')}
        page={t('sign_in.page')}
      />
      <Paragraph language={language}>
        {t('sign_in.validUntil', { moment: moment(props.expiresAt, language) })}
      </Paragraph>
    </Layout>
  );
}
