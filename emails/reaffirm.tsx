import { Section, Text } from '@react-email/components';
import type { CSSProperties } from 'react';
import type { MailLanguage } from './texts';
import type { MailProps, MailTextChange } from '@/lib/platform/mail/kinds';
import { Action, Layout, OrganizationName, Paragraph, Passage, type Frame } from './layout';
import { colours, styles } from './styles';
import { day, moment } from './dates';
import { mailLanguage, texts } from './texts';

// Struck out and underlined as well as coloured: neither colour nor a style alone says what changed.
const marks: Record<'removed' | 'added', CSSProperties> = {
  removed: { color: '#8c1d45', backgroundColor: '#f9ecf0', textDecoration: 'line-through' },
  added: { color: '#16265a', backgroundColor: '#ebeef7', textDecoration: 'underline' },
};

/** Text with its line breaks, which mail programs keep as elements only. */
function Lines({ text }: { text: string }) {
  return text.split('\n').map((line, index) => (
    <span key={index}>
      {index > 0 && <br />}
      {line}
    </span>
  ));
}

function PieceOf({
  piece: { kind, text },
}: {
  piece: MailTextChange['parts'][number]['pieces'][number];
}) {
  if (kind === 'removed')
    return (
      <del style={marks.removed}>
        <Lines text={text} />
      </del>
    );
  if (kind === 'added')
    return (
      <ins style={marks.added}>
        <Lines text={text} />
      </ins>
    );
  return <Lines text={text} />;
}

/** How the text in one language changed, part by part. `named`: the letter has texts in more languages. */
function TextChange({
  language,
  change,
  named,
}: {
  language: MailLanguage;
  change: MailTextChange;
  named: boolean;
}) {
  const style = styles(language);
  const t = texts[language].affirm;
  if (change.change !== 'changed')
    return (
      <Paragraph language={language}>
        {t.wholeText[change.change][mailLanguage(change.language)]}
      </Paragraph>
    );
  return change.parts.map(({ part, pieces }) => (
    <Section key={part} style={style.aside}>
      <Text style={style.label}>
        {named
          ? t.partIn(t.parts[part], t.languages[mailLanguage(change.language)])
          : t.parts[part]}
      </Text>
      <Text
        lang={change.language}
        style={{ ...styles(mailLanguage(change.language)).text, margin: '0' }}
      >
        {pieces.map((piece, index) => (
          <PieceOf key={index} piece={piece} />
        ))}
      </Text>
    </Section>
  ));
}

/** To a signatory: the text has changed in substance; press to affirm. */
export function Reaffirm({ props, ...frame }: Frame & { props: MailProps['reaffirm'] }) {
  const { language, link } = frame;
  const { letter, whyRepresentative, affirm: t } = texts[language];
  const { reason, difference, date } = props;
  return (
    <Layout
      {...frame}
      kicker={letter}
      title={props.letterTitle}
      preview={t.preview}
      why={whyRepresentative}
      ifIgnored={t.ifIgnored}
    >
      <Paragraph language={language}>{t.changed}</Paragraph>
      <OrganizationName language={language} names={props.organization} />
      {(reason.ja ?? reason.en) && (
        <Passage
          language={language}
          label={t.reason}
          text={reason[language] ?? reason.ja ?? reason.en ?? ''}
        />
      )}
      <Paragraph language={language}>{t.ask}</Paragraph>
      <Action language={language} link={link} label={t.button} page={t.page} endorsing />
      <Paragraph language={language}>{t.validUntil(moment(props.expiresAt, language))}</Paragraph>
      <Text
        style={{ ...styles(language).text, fontWeight: 600, color: colours.ink, margin: '0 0 8px' }}
      >
        {t.whatChanged}
      </Text>
      <Text data-skip-in-text style={styles(language).small}>
        <del style={marks.removed}>{t.removedKey}</del> <ins style={marks.added}>{t.addedKey}</ins>
      </Text>
      {date && (
        <Paragraph language={language}>
          {t.date(day(date.before, language), day(date.after, language))}
        </Paragraph>
      )}
      {difference.map((change) => (
        <TextChange
          key={change.language}
          language={language}
          change={change}
          named={difference.length > 1}
        />
      ))}
      {props.shortened && <Paragraph language={language}>{t.shortened}</Paragraph>}
    </Layout>
  );
}
