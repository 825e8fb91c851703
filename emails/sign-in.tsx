import { SIGN_IN_LINK_MINUTES } from '@/lib/platform/limits';
import { Action, Layout, Paragraph, type Frame } from './layout';
import { words } from './words';

/** To a coordinator: a sign-in link. */
export function SignIn(frame: Frame) {
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
        {t('sign_in.validFor', { minutes: SIGN_IN_LINK_MINUTES })}
      </Paragraph>
    </Layout>
  );
}
