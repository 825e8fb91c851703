import type { MailProps } from '@/lib/platform/mail/kinds';
import { Action, Layout, OrganizationName, Paragraph, Passage, type Frame } from './layout';
import { texts } from './texts';

/** To a representative: the endorsement is declined, with the coordinator's reason. */
export function Declined({ props, ...frame }: Frame & { props: MailProps['declined'] }) {
  const { language, link } = frame;
  const { letter, whyRepresentative, declined: t } = texts[language];
  return (
    <Layout
      {...frame}
      kicker={letter}
      title={props.letterTitle}
      preview={t.preview}
      why={whyRepresentative}
      ifIgnored={t.ifIgnored}
    >
      <Paragraph language={language}>{t.sorry}</Paragraph>
      <OrganizationName language={language} names={props.organization} />
      <Passage language={language} label={t.reason} text={t.reasons[props.reason]} />
      {props.note && <Passage language={language} label={t.note} text={props.note} />}
      <Paragraph language={language}>{t.questions}</Paragraph>
      <Action language={language} link={link} label={t.button} page={t.page} />
    </Layout>
  );
}
