import { REVIEW_NOTICE_MINUTES } from '@/lib/platform/limits';
import type { MailProps } from '@/lib/platform/mail/kinds';
import { Action, Layout, Paragraph, type Frame } from './layout';
import { words } from './words';

/** To a coordinator: new entries wait. */
export function ReviewNotice({ props, ...frame }: Frame & { props: MailProps['review_notice'] }) {
  const { language, link } = frame;
  const t = words[language];
  return (
    <Layout
      {...frame}
      kicker={t('letter')}
      title={props.letterTitle}
      preview={t('review_notice.preview')}
      why={t('why.coordinator')}
      ifIgnored={t('review_notice.ifIgnored', { minutes: REVIEW_NOTICE_MINUTES })}
    >
      <Paragraph language={language}>{t('review_notice.waiting')}</Paragraph>
      <Action
        language={language}
        link={link}
        label={t('review_notice.button')}
        page={t('review_notice.page')}
      />
    </Layout>
  );
}
