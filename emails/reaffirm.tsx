import { Section, Text } from '@react-email/components';
import type { CSSProperties } from 'react';

import { languageName, preferred, present } from '@/lib/platform/languages';
import type { MailProps, MailTextChange } from '@/lib/platform/mail/kinds';
import { Action, Layout, OrganizationName, Paragraph, Passage, type Frame } from './layout';
import { colours, styles } from './styles';
import { day, moment } from './dates';
import { mailLanguage, revisionWords, words, type MailLanguage } from './words';

// Struck out and underlined as well as coloured: neither colour nor a style alone says what changed.
const marks: Record<'removed' | 'added', CSSProperties> = {
  removed: {
    color: colours.alert,
    backgroundColor: colours['alert-wash'],
    textDecoration: 'line-through',
  },
  added: {
    color: colours['indigo-strong'],
    backgroundColor: colours['indigo-wash'],
    textDecoration: 'underline',
  },
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
  if (change.change !== 'changed')
    return (
      <Paragraph language={language}>
        {words[language](`reaffirm.wholeText.${change.change}`, {
          language: languageName(change.language, language),
        })}
      </Paragraph>
    );
  const t = revisionWords[language];
  return change.parts.map(({ part, pieces }) => (
    <Section key={part} style={style.aside}>
      <Text style={style.label}>
        {named
          ? t('partIn', {
              part: t(`fields.${part}`),
              language: languageName(change.language, language),
            })
          : t(`fields.${part}`)}
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

/** To a signatory: the text has changed in substance; press to reaffirm. */
export function Reaffirm({ props, ...frame }: Frame & { props: MailProps['reaffirm'] }) {
  const { language, link } = frame;
  const t = words[language];
  const { reason, difference, date } = props;
  // Mail rows written before languages were rows have null for a language without words.
  const why = preferred(present(reason), language)?.said;
  return (
    <Layout
      {...frame}
      kicker={t('letter')}
      title={props.letterTitle}
      preview={t('reaffirm.preview')}
      why={t('why.representative')}
      ifIgnored={t('reaffirm.ifIgnored')}
    >
      <Paragraph language={language}>{t('reaffirm.changed')}</Paragraph>
      <OrganizationName language={language} names={props.organization} />
      {why && <Passage language={language} label={t('reaffirm.reason')} text={why} />}
      <Paragraph language={language}>{t('reaffirm.ask')}</Paragraph>
      <Action
        language={language}
        link={link}
        label={t('reaffirm.button')}
        page={t('reaffirm.page')}
        endorsing
      />
      <Paragraph language={language}>
        {t('reaffirm.validUntil', { moment: moment(props.expiresAt, language, props.timeZone) })}
      </Paragraph>
      <Text
        style={{ ...styles(language).text, fontWeight: 600, color: colours.ink, margin: '0 0 8px' }}
      >
        {t('reaffirm.whatChanged')}
      </Text>
      <Text data-skip-in-text style={styles(language).small}>
        <del style={marks.removed}>{t('reaffirm.removedKey')}</del>{' '}
        <ins style={marks.added}>{t('reaffirm.addedKey')}</ins>
      </Text>
      {date && (
        <Paragraph language={language}>
          {t('reaffirm.date', {
            before: day(date.before, language),
            after: day(date.after, language),
          })}
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
      {props.shortened && <Paragraph language={language}>{t('reaffirm.shortened')}</Paragraph>}
    </Layout>
  );
}
