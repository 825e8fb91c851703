import type { MailProps } from '@/lib/platform/mail/kinds';
import { Action, Layout, Paragraph, type Frame } from './layout';
import { contactValues } from './contact';
import { words } from './words';

/** To whoever asked for the erasure of an entry: it was carried out. Names nobody. */
export function Erased({ props, ...frame }: Frame & { props: MailProps['erased'] }) {
  const { language, link } = frame;
  const t = words[language];
  return (
    <Layout
      {...frame}
      kicker={t('letter')}
      title={props.letterTitle}
      preview={t('erased.preview')}
      why={t('erased.why')}
      ifIgnored={t('change_decided.ifIgnored')}
    >
      <Paragraph language={language}>{t(`erased.${props.outcome}`)}</Paragraph>
      <Paragraph language={language}>{t('erased.address')}</Paragraph>
      <Paragraph language={language}>
        {t.rich('change_decided.questions', contactValues(props.contact, language))}
      </Paragraph>
      <Action
        language={language}
        link={link}
        label={t('reopened.button')}
        page={t('reopened.page')}
      />
    </Layout>
  );
}
