import { ENTRY_LINK_DAYS } from '@/lib/platform/limits';
import type { MailProps } from '@/lib/platform/mail/kinds';
import { Action, Address, Layout, OrganizationName, Paragraph, type Frame } from './layout';
import { contactValues } from './contact';
import { words } from './words';

/**
 * To a representative: the endorsement is approved. Mails written before entries had private links
 * say whom to write to instead.
 */
export function Approved({
  props,
  entryLink,
  shareLink,
  ...frame
}: Frame & {
  props: MailProps['approved'];
  entryLink: string | null;
  shareLink: string | null;
}) {
  const { language, link } = frame;
  const t = words[language];
  return (
    <Layout
      {...frame}
      kicker={t('letter')}
      title={props.letterTitle}
      preview={t('approved.preview')}
      why={t('why.representative')}
      ifIgnored={t('approved.ifIgnored')}
    >
      <Paragraph language={language}>
        {props.withheld ? t('approved.counted') : t('approved.listed')}
      </Paragraph>
      <OrganizationName language={language} names={props.organization} />
      <Action
        language={language}
        link={link}
        label={t('approved.button')}
        page={t('approved.page')}
      />
      {shareLink !== null && (
        <>
          <Paragraph language={language}>{t('approved.share')}</Paragraph>
          <Address language={language} link={shareLink} page={t('approved.sharePage')} />
        </>
      )}
      {entryLink === null ? (
        <Paragraph language={language}>
          {t.rich('approved.changes', contactValues(props.contact, language))}
        </Paragraph>
      ) : (
        <>
          <Paragraph language={language}>{t('entry.what')}</Paragraph>
          <Address language={language} link={entryLink} page={t('entry.page')} />
          <Paragraph language={language}>{t('entry.keep', { days: ENTRY_LINK_DAYS })}</Paragraph>
        </>
      )}
    </Layout>
  );
}
