import type { MailProps } from '@/lib/platform/mail/kinds';
import { Action, Layout, Paragraph, type Frame } from './layout';
import { texts } from './texts';

/** To a representative who signs again: where the endorsement stands. */
export function AlreadySigned({ props, ...frame }: Frame & { props: MailProps['already_signed'] }) {
  const { language, link } = frame;
  const t = texts[language].alreadySigned;
  const stands = props.state === 'verified' || props.state === 'approved';
  return (
    <Layout
      {...frame}
      kicker={texts[language].letter}
      title={props.letterTitle}
      preview={t.preview}
      why={t.why}
      ifIgnored={t.ifIgnored}
    >
      <Paragraph language={language}>{t.again}</Paragraph>
      <Paragraph language={language}>{t[props.state]}</Paragraph>
      <Paragraph language={language}>{stands ? t.unchanged : t.unchangedShort}</Paragraph>
      <Action language={language} link={link} label={t.button} page={t.page} />
    </Layout>
  );
}
