import type { MailProps } from '@/lib/platform/mail/kinds';
import { Action, Layout, OrganizationName, Paragraph, type Frame } from './layout';
import { words } from './words';

/** To a representative who was told of a decision: it has been taken back. */
export function Reopened({ props, ...frame }: Frame & { props: MailProps['reopened'] }) {
  const { language, link } = frame;
  const t = words[language];
  return (
    <Layout
      {...frame}
      kicker={t('letter')}
      title={props.letterTitle}
      preview={t('reopened.preview')}
      why={t('why.representative')}
      ifIgnored={t('reopened.ifIgnored')}
    >
      <Paragraph language={language}>{t('reopened.sorry')}</Paragraph>
      <OrganizationName language={language} names={props.organization} />
      <Action
        language={language}
        link={link}
        label={t('reopened.button')}
        page={t('reopened.page')}
      />
    </Layout>
  );
}
