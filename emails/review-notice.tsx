import type { MailProps } from '@/lib/platform/mail/kinds';
import { Action, Layout, Paragraph, type Frame } from './layout';
import { texts } from './texts';

/** To a coordinator: new entries wait. */
export function ReviewNotice({ props, ...frame }: Frame & { props: MailProps['review_notice'] }) {
  const { language, link } = frame;
  const { letter, whyCoordinator, reviewNotice: t } = texts[language];
  return (
    <Layout
      {...frame}
      kicker={letter}
      title={props.letterTitle}
      preview={t.preview}
      why={whyCoordinator}
      ifIgnored={t.ifIgnored}
    >
      <Paragraph language={language}>{t.waiting}</Paragraph>
      <Action language={language} link={link} label={t.button} page={t.page} />
    </Layout>
  );
}
