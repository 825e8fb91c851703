import type { MailProps } from '@/lib/platform/mail/kinds';
import { Action, Layout, OrganizationName, Paragraph, Passage, type Frame } from './layout';
import { contactValues } from './contact';
import { words } from './words';

/** To a representative: the endorsement is declined, with the coordinator's reason. */
export function Declined({ props, ...frame }: Frame & { props: MailProps['declined'] }) {
  const { language, link } = frame;
  const t = words[language];
  return (
    <Layout
      {...frame}
      kicker={t('letter')}
      title={props.letterTitle}
      preview={t('declined.preview')}
      why={t('why.representative')}
      ifIgnored={t('declined.ifIgnored', { reason: props.reason })}
    >
      <Paragraph language={language}>{t('declined.sorry', { reason: props.reason })}</Paragraph>
      <OrganizationName language={language} names={props.organization} />
      <Passage
        language={language}
        label={t('declined.reason')}
        text={props.reasonText ?? t(`declined.reasons.${props.reason}`)}
      />
      {props.note && <Passage language={language} label={t('declined.note')} text={props.note} />}
      <Paragraph language={language}>
        {t.rich('declined.questions', contactValues(props.contact, language))}
      </Paragraph>
      <Action
        language={language}
        link={link}
        label={t('declined.button')}
        page={t('declined.page')}
      />
    </Layout>
  );
}
