import { ENTRY_LINK_DAYS, PEOPLE } from '@/lib/platform/limits';
import type { MailProps } from '@/lib/platform/mail/kinds';
import { Action, Layout, OrganizationName, Paragraph, type Frame } from './layout';
import { contactValues } from './contact';
import { date } from './dates';
import { words } from './words';

/** To a representative, some weeks before the contact data is deleted: it can be kept. */
export function DeletionNotice({
  props,
  ...frame
}: Frame & { props: MailProps['deletion_notice'] }) {
  const { language, link } = frame;
  const t = words[language];
  const day = date(props.deletesAt, language, props.timeZone);
  return (
    <Layout
      {...frame}
      kicker={t('letter')}
      title={props.letterTitle}
      preview={t('deletion_notice.preview', { date: day })}
      why={t('why.representative')}
      ifIgnored={t('deletion_notice.ifIgnored', { date: day })}
    >
      <Paragraph language={language}>{t('deletion_notice.over')}</Paragraph>
      <OrganizationName language={language} names={props.organization} />
      <Paragraph language={language}>{t('deletion_notice.what', { date: day })}</Paragraph>
      <Paragraph language={language}>
        {t('deletion_notice.keep', { months: PEOPLE.keptMonths })}
      </Paragraph>
      <Action language={language} link={link} label={t('entry.button')} page={t('entry.page')} />
      <Paragraph language={language}>{t('entry.keep', { days: ENTRY_LINK_DAYS })}</Paragraph>
      <Paragraph language={language}>
        {t.rich('change_decided.questions', contactValues(props.contact, language))}
      </Paragraph>
    </Layout>
  );
}
