import { Section, Text } from '@react-email/components';
import type { CSSProperties } from 'react';
import type { Language } from '@/lib/platform/db/generated/enums';
import type { MailProps, MailTextChange } from '@/lib/platform/mail/kinds';
import { Action, Layout, OrganizationName, Paragraph, Passage, type Frame } from './layout';
import { colours, styles } from './styles';
import { day, moment } from './dates';
import { revisionWords, words } from './words';

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
  language: Language;
  change: MailTextChange;
  named: boolean;
}) {
  const style = styles(language);
  if (change.change !== 'changed')
    return (
      <Paragraph language={language}>
        {words[language](`affirm.wholeText.${change.change}`, { language: change.language })}
      </Paragraph>
    );
  const t = revisionWords[language];
  return change.parts.map(({ part, pieces }) => (
    <Section key={part} style={style.aside}>
      <Text style={style.label}>
        {named
          ? t('partIn', {
              part: t(`fields.${part}`),
              language: t(`languages.${change.language}`),
            })
          : t(`fields.${part}`)}
      </Text>
      <Text lang={change.language} style={{ ...styles(change.language).text, margin: '0' }}>
        {pieces.map((piece, index) => (
          <PieceOf key={index} piece={piece} />
        ))}
      </Text>
    </Section>
  ));
}

/** To a signatory: the text has changed in substance; press to affirm. */
export function Affirm({ props, ...frame }: Frame & { props: MailProps['affirm'] }) {
  const { language, link } = frame;
  const t = words[language];
  const { reason, difference, date } = props;
  return (
    <Layout
      {...frame}
      kicker={t('letter')}
      title={props.letterTitle}
      preview={t('affirm.preview')}
      why={t('why.representative')}
      ifIgnored={t('affirm.ifIgnored')}
    >
      <Paragraph language={language}>{t('affirm.changed')}</Paragraph>
      <OrganizationName language={language} names={props.organization} />
      {(reason.ja ?? reason.en) && (
        <Passage
          language={language}
          label={t('affirm.reason')}
          text={reason[language] ?? reason.ja ?? reason.en ?? ''}
        />
      )}
      <Paragraph language={language}>{t('affirm.ask')}</Paragraph>
      <Action
        language={language}
        link={link}
        label={t('affirm.button')}
        page={t('affirm.page')}
        endorsing
      />
      <Paragraph language={language}>
        {t('affirm.validUntil', { moment: moment(props.expiresAt, language, props.timeZone) })}
      </Paragraph>
      <Text
        style={{ ...styles(language).text, fontWeight: 600, color: colours.ink, margin: '0 0 8px' }}
      >
        {t('affirm.whatChanged')}
      </Text>
      <Text data-skip-in-text style={styles(language).small}>
        <del style={marks.removed}>{t('affirm.removedKey')}</del>{' '}
        <ins style={marks.added}>{t('affirm.addedKey')}</ins>
      </Text>
      {date && (
        <Paragraph language={language}>
          {t('affirm.date', {
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
      {props.shortened && <Paragraph language={language}>{t('affirm.shortened')}</Paragraph>}
    </Layout>
  );
}
