import { ENTRY_LINK_DAYS } from '@/lib/platform/limits';
import type { MailProps } from '@/lib/platform/mail/kinds';
import { Action, Layout, OrganizationName, Paragraph, type Frame } from './layout';
import { words } from './words';

/** To a nominee who has accepted: the private link to the entry. */
export function Joined({ props, ...frame }: Frame & { props: MailProps['joined'] }) {
  const { language, link } = frame;
  const t = words[language];
  return (
    <Layout
      {...frame}
      kicker={t('letter')}
      title={props.letterTitle}
      preview={t('joined.preview')}
      why={t('why.representative')}
      ifIgnored={t('joined.ifIgnored')}
    >
      <Paragraph language={language}>{t('joined.thanks')}</Paragraph>
      <OrganizationName language={language} names={props.organization} />
      <Paragraph language={language}>{t('entry.what')}</Paragraph>
      <Action language={language} link={link} label={t('entry.button')} page={t('entry.page')} />
      <Paragraph language={language}>{t('entry.keep', { days: ENTRY_LINK_DAYS })}</Paragraph>
    </Layout>
  );
}
