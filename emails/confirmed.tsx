import { ENTRY_LINK_DAYS } from '@/lib/platform/limits';
import type { MailProps } from '@/lib/platform/mail/kinds';
import { Action, Layout, OrganizationName, Paragraph, type Frame } from './layout';
import { words } from './words';

/** To a representative who has confirmed: what happens next, and the private link to the entry. */
export function Confirmed({ props, ...frame }: Frame & { props: MailProps['confirmed'] }) {
  const { language, link } = frame;
  const t = words[language];
  return (
    <Layout
      {...frame}
      kicker={t('letter')}
      title={props.letterTitle}
      preview={t('confirmed.preview')}
      why={t('why.representative')}
      ifIgnored={t('confirmed.ifIgnored')}
    >
      <Paragraph language={language}>{t('confirmed.thanks')}</Paragraph>
      <OrganizationName language={language} names={props.organization} />
      <Paragraph language={language}>
        {props.withheld ? t('confirmed.nextWithheld') : t('confirmed.next')}
      </Paragraph>
      <Paragraph language={language}>{t('entry.what')}</Paragraph>
      <Action language={language} link={link} label={t('entry.button')} page={t('entry.page')} />
      <Paragraph language={language}>{t('entry.keep', { days: ENTRY_LINK_DAYS })}</Paragraph>
    </Layout>
  );
}
