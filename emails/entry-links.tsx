import { ENTRY_LINK_DAYS } from '@/lib/platform/limits';
import type { MailProps } from '@/lib/platform/mail/kinds';
import { Action, Layout, OrganizationName, Paragraph, type Frame } from './layout';
import { words } from './words';

/** To a representative who asked for them: the private links to the entries of their address. */
export function EntryLinks({
  props,
  links,
  ...frame
}: Frame & {
  props: MailProps['entry_links'];
  /** Those of `props.entries`, in their order. */
  links: string[];
}) {
  const { language } = frame;
  const t = words[language];
  return (
    <Layout
      {...frame}
      kicker={t('product')}
      title={t('entry_links.title')}
      preview={t('entry_links.preview')}
      why={t('why.entryLinks')}
      ifIgnored={t('entry_links.ifIgnored')}
    >
      <Paragraph language={language}>
        {t('entry_links.here', { count: props.entries.length })}
      </Paragraph>
      {props.entries.map(({ letterTitle, organization }, index) => (
        <div key={index}>
          <Paragraph language={language}>{letterTitle}</Paragraph>
          <OrganizationName language={language} names={organization} />
          <Action
            language={language}
            link={links[index]!}
            label={t('entry.button')}
            page={t('entry.page')}
          />
        </div>
      ))}
      <Paragraph language={language}>{t('entry.what')}</Paragraph>
      <Paragraph language={language}>{t('entry.keep', { days: ENTRY_LINK_DAYS })}</Paragraph>
    </Layout>
  );
}
