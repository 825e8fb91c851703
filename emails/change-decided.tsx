import type { MailProps } from '@/lib/platform/mail/kinds';
import { Action, Layout, OrganizationName, Paragraph, Passage, type Frame } from './layout';
import { contactValues } from './contact';
import { words } from './words';

/** To a representative who proposed a change of the entry: it was accepted or declined. */
export function ChangeDecided({ props, ...frame }: Frame & { props: MailProps['change_decided'] }) {
  const { language, link } = frame;
  const t = words[language];
  const decision = props.accepted ? 'accepted' : 'declined';
  return (
    <Layout
      {...frame}
      kicker={t('letter')}
      title={props.letterTitle}
      preview={t(`change_decided.${decision}.preview`)}
      why={t('why.representative')}
      ifIgnored={t('change_decided.ifIgnored')}
    >
      <Paragraph language={language}>{t(`change_decided.${decision}.text`)}</Paragraph>
      <OrganizationName language={language} names={props.organization} />
      {props.withheld && <Paragraph language={language}>{t('change_decided.withheld')}</Paragraph>}
      {props.note && <Passage language={language} label={t('declined.note')} text={props.note} />}
      <Paragraph language={language}>
        {t.rich('change_decided.questions', contactValues(props.contact, language))}
      </Paragraph>
      <Action
        language={language}
        link={link}
        label={t('approved.button')}
        page={t('approved.page')}
      />
    </Layout>
  );
}
