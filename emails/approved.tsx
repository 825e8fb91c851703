import type { MailProps } from '@/lib/platform/mail/kinds';
import { Action, Layout, OrganizationName, Paragraph, type Frame } from './layout';
import { contactValues } from './contact';
import { words } from './words';

/** To a representative: the endorsement is approved. */
export function Approved({ props, ...frame }: Frame & { props: MailProps['approved'] }) {
  const { language, link } = frame;
  const t = words[language];
  return (
    <Layout
      {...frame}
      kicker={t('letter')}
      title={props.letterTitle}
      preview={t('approved.preview')}
      why={t('why.representative')}
      ifIgnored={t('approved.ifIgnored')}
    >
      <Paragraph language={language}>
        {props.withheld ? t('approved.counted') : t('approved.listed')}
      </Paragraph>
      <OrganizationName language={language} names={props.organization} />
      <Action
        language={language}
        link={link}
        label={t('approved.button')}
        page={t('approved.page')}
      />
      <Paragraph language={language}>
        {t.rich('approved.changes', contactValues(props.contact, language))}
      </Paragraph>
    </Layout>
  );
}
