import type { MailProps } from '@/lib/platform/mail/kinds';
import { moment } from './dates';
import { Action, Layout, OrganizationName, Paragraph, type Frame } from './layout';
import { words } from './words';

/** To somebody whom a representative nominates. Does not name an organization that is withheld. */
export function Nominated({ props, ...frame }: Frame & { props: MailProps['nominated'] }) {
  const { language, link } = frame;
  const t = words[language];
  return (
    <Layout
      {...frame}
      kicker={t('letter')}
      title={props.letterTitle}
      preview={t('nominated.preview')}
      why={t('why.nominee')}
      ifIgnored={t('nominated.ifIgnored')}
    >
      <Paragraph language={language}>
        {t(props.handsOver ? 'nominated.follows' : 'nominated.joins', {
          nominator: props.nominator ?? 'none',
        })}
      </Paragraph>
      {props.withheld ? (
        <Paragraph language={language}>{t('nominated.withheld')}</Paragraph>
      ) : (
        <OrganizationName language={language} names={props.organization} />
      )}
      <Paragraph language={language}>{t('nominated.ask')}</Paragraph>
      <Action
        language={language}
        link={link}
        label={t('nominated.button')}
        page={t('nominated.page')}
      />
      <Paragraph language={language}>
        {t('nominated.validUntil', { moment: moment(props.expiresAt, language, props.timeZone) })}
      </Paragraph>
    </Layout>
  );
}
