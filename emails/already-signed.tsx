import type { MailProps } from '@/lib/platform/mail/kinds';
import { Action, Layout, Paragraph, type Frame } from './layout';
import { contactValues } from './contact';
import { words } from './words';

/** To a representative who signs again: where the endorsement stands. */
export function AlreadySigned({ props, ...frame }: Frame & { props: MailProps['already_signed'] }) {
  const { language, link } = frame;
  const t = words[language];
  const contact = contactValues(props.contact, language);
  const stands = props.state === 'verified' || props.state === 'approved';
  return (
    <Layout
      {...frame}
      kicker={t('letter')}
      title={props.letterTitle}
      preview={t('already_signed.preview')}
      why={t('why.form')}
      ifIgnored={t('already_signed.ifIgnored')}
    >
      <Paragraph language={language}>{t('already_signed.again')}</Paragraph>
      <Paragraph language={language}>{t.rich(`already_signed.${props.state}`, contact)}</Paragraph>
      <Paragraph language={language}>
        {stands ? t.rich('already_signed.unchanged', contact) : t('already_signed.unchangedShort')}
      </Paragraph>
      <Action
        language={language}
        link={link}
        label={t('already_signed.button')}
        page={t('already_signed.page')}
      />
    </Layout>
  );
}
