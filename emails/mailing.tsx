import { Section } from '@react-email/components';
import { preferred, type ByLanguage, type Language } from '@/lib/platform/languages';
import type { MailProps } from '@/lib/platform/mail/kinds';
import { contactValues } from './contact';
import { Action, Layout, Paragraph, type Frame } from './layout';
import { Markdown } from './markdown';
import { mailLanguage, words } from './words';

/** What a letter says to a reader, as on its page: in their language, else in its authoritative one. */
const saidTo = <T,>(said: ByLanguage<T>, reader: Language, authoritative: Language) =>
  preferred(said, said[reader] === undefined ? authoritative : reader)!;

/** The text of a mailing for a recipient, and its language. */
export const mailingText = (
  { texts, authoritativeLanguage }: MailProps['mailing'],
  reader: Language,
) => saidTo(texts, reader, authoritativeLanguage);

/** What a letter's coordinators write to its signatories. Names no organization. */
export function Mailing({
  props,
  readersLanguage,
  endLink,
  ...frame
}: Frame & { props: MailProps['mailing']; readersLanguage: Language; endLink: string | null }) {
  const { language, link } = frame;
  const t = words[language];
  const { letterTitles, authoritativeLanguage, contact, isTest } = props;
  const { language: written, said: text } = mailingText(props, readersLanguage);
  const letter = saidTo(letterTitles, readersLanguage, authoritativeLanguage).said;
  return (
    <Layout
      {...frame}
      kicker={letter}
      title={text.title}
      preview={t('mailing.preview', { letter })}
      why={t(isTest ? 'mailing.whyTest' : 'mailing.why')}
      ifIgnored={t(isTest ? 'mailing.ifIgnoredTest' : 'mailing.ifIgnored')}
      ending={endLink === null ? undefined : { label: t('mailing.end'), link: endLink }}
    >
      {isTest && <Paragraph language={language}>{t('mailing.test')}</Paragraph>}
      <Section lang={written}>
        <Markdown language={mailLanguage(written)}>{text.body}</Markdown>
      </Section>
      <Action
        language={language}
        link={link}
        label={t('mailing.button')}
        page={t('mailing.page')}
      />
      <Paragraph language={language}>
        {t.rich('mailing.questions', contactValues(contact, language))}
      </Paragraph>
    </Layout>
  );
}
