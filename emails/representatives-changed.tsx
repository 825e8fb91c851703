import type { MailProps } from '@/lib/platform/mail/kinds';
import { contactValues } from './contact';
import { Action, Layout, OrganizationName, Paragraph, type Frame } from './layout';
import { words } from './words';

/** To a representative: a colleague has joined, or they represent the organization no longer. */
export function RepresentativesChanged({
  props,
  ...frame
}: Frame & { props: MailProps['representatives_changed'] }) {
  const { language, link } = frame;
  const t = words[language];
  return (
    <Layout
      {...frame}
      kicker={t('letter')}
      title={props.letterTitle}
      preview={t('representatives_changed.preview')}
      why={t('why.representative')}
      ifIgnored={t('representatives_changed.ifIgnored')}
    >
      <Paragraph language={language}>{t(`representatives_changed.${props.what}`)}</Paragraph>
      <OrganizationName language={language} names={props.organization} />
      {props.what !== 'added' && (
        <Paragraph language={language}>{t('representatives_changed.addressKept')}</Paragraph>
      )}
      <Paragraph language={language}>
        {t.rich('representatives_changed.notYou', contactValues(props.contact, language))}
      </Paragraph>
      <Action
        language={language}
        link={link}
        label={t('representatives_changed.button')}
        page={t('representatives_changed.page')}
      />
    </Layout>
  );
}
