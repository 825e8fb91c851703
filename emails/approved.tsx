import type { MailProps } from '@/lib/platform/mail/kinds';
import { Action, Layout, OrganizationName, Paragraph, type Frame } from './layout';
import { texts } from './texts';

/** To a representative: the endorsement is approved. */
export function Approved({ props, ...frame }: Frame & { props: MailProps['approved'] }) {
  const { language, link } = frame;
  const { letter, whyRepresentative, approved: t } = texts[language];
  return (
    <Layout
      {...frame}
      kicker={letter}
      title={props.letterTitle}
      preview={t.preview}
      why={whyRepresentative}
      ifIgnored={t.ifIgnored}
    >
      <Paragraph language={language}>{props.withheld ? t.counted : t.listed}</Paragraph>
      <OrganizationName language={language} names={props.organization} />
      <Action language={language} link={link} label={t.button} page={t.page} />
      <Paragraph language={language}>{t.changes}</Paragraph>
    </Layout>
  );
}
