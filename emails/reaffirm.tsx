import { Section, Text } from '@react-email/components';

import { languageName, preferred, present } from '@/lib/platform/languages';
import type {
  FormerReaffirm,
  MailLine,
  MailProps,
  MailSegment,
  MailTextChange,
} from '@/lib/platform/mail/kinds';
import { Action, Layout, OrganizationName, Paragraph, Passage, type Frame } from './layout';
import { marks, styles, varied } from './styles';
import { day, moment } from './dates';
import { mailLanguage, revisionWords, words, type MailLanguage } from './words';

/** Text with its line breaks, which mail programs keep as elements only. */
function Lines({ text }: { text: string }) {
  return text.split('\n').map((line, index) => (
    <span key={index}>
      {index > 0 && <br />}
      {line}
    </span>
  ));
}

type Run = MailLine['runs'][number];

/** Words as they are set in the letter. Addresses are words, too: a mail links to our page alone. */
function Words({ segment: { text, style }, kind }: { segment: MailSegment; kind: Run['kind'] }) {
  const { strong, em, href, bare, note } = style;
  let set = <Lines text={text.replaceAll('\t', ' | ')} />;
  if (note !== undefined) set = <>[{note}]</>;
  if (em) set = <em>{set}</em>;
  if (strong) set = <strong>{set}</strong>;
  const isNew = kind === 'added' || kind === 'removed';
  return (
    <>
      {set}
      {isNew && href && !bare && ` (${href})`}
    </>
  );
}

/** Words that changed together. */
function Changed({ run, language }: { run: Run; language: MailLanguage }) {
  const t = revisionWords[language];
  const words = run.segments.map((segment, index) => (
    <Words key={index} segment={segment} kind={run.kind} />
  ));
  if (run.kind === 'removed') return <del {...marks.removed}>{words}</del>;
  if (run.kind === 'added') return <ins {...marks.added}>{words}</ins>;
  if (run.kind !== 'restyled') return words;
  const [before, after] = [run.was?.href, run.segments[0]?.style.href];
  return (
    <>
      {words}{' '}
      <span lang={language}>
        {before === undefined
          ? t('changes.restyled')
          : before === null
            ? t('changes.linked', { after: after ?? '' })
            : after === undefined
              ? t('changes.unlinked', { before })
              : t('changes.relinked', { before, after })}
      </span>
    </>
  );
}

/** What stands before a line: the mark of an item, or the number of a note. */
function markOf({ tag, number, note }: MailLine['block'], language: string): string {
  if (tag !== 'li') return '';
  if (number === undefined) return language === 'ja' ? '・' : '• ';
  return note ? `[${number}] ` : `${number}. `;
}

/** A paragraph, an item or a row of a difference. */
function LineOf({
  line: { block, runs },
  of,
  language,
}: {
  line: MailLine;
  of: string;
  language: MailLanguage;
}) {
  const { depth = 0, quote } = block;
  const style = styles(mailLanguage(of));
  return (
    <Text
      lang={of}
      {...varied(quote ? style.quotation : style.text, {
        margin: block.continued ? '0' : '6px 0 0',
        ...(depth > 1 && { marginLeft: `${(depth - 1) * 1.2}em` }),
      })}
    >
      {markOf(block, of)}
      {runs.map((run, index) => (
        <Changed key={index} run={run} language={language} />
      ))}
    </Text>
  );
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
  return change.parts.map(({ part, lines }) => (
    <Section key={part} {...style.aside}>
      <Text {...style.label}>
        {named
          ? t('partIn', {
              part: t(`fields.${part}`),
              language: languageName(change.language, language),
            })
          : t(`fields.${part}`)}
      </Text>
      {lines.map((line, index) => (
        <LineOf key={index} line={line} of={change.language} language={language} />
      ))}
    </Section>
  ));
}

type Step = MailProps['reaffirm']['steps'][number];

/** The revisions that a mail tells of; one that was written earlier has all in one. */
function stepsOf(props: MailProps['reaffirm'] | FormerReaffirm): Step[] {
  if ('steps' in props) return props.steps;
  const { revision, reason, date } = props;
  const difference = props.difference.map((change) => ({
    ...change,
    parts: change.parts.map(({ part, pieces }) => ({
      part,
      lines: [
        {
          block: { tag: 'p' as const },
          runs: pieces.map(({ kind, text }) => ({ kind, segments: [{ text, style: {} }] })),
        },
      ],
    })),
  }));
  return [{ number: revision, kind: 'substance', reason, difference, date }];
}

/** What a revision changed and, `named` as one of several, why. */
function StepChanges({
  step: { number, kind, reason, difference, date },
  named,
  language,
}: {
  step: Step;
  named: boolean;
  language: MailLanguage;
}) {
  const t = words[language];
  const revision = revisionWords[language];
  const why = sayIn(reason, language);
  return (
    <>
      {named && (
        <>
          <Text {...varied(styles(language).text, { fontWeight: 600, margin: '16px 0 0' })}>
            {revision('number', { number })} · {revision(`kinds.${kind}`)}
          </Text>
          {why && <Passage language={language} label={t('reaffirm.reason')} text={why} />}
        </>
      )}
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
    </>
  );
}

// Mail rows written before languages were rows have null for a language without words.
const sayIn = (reason: Step['reason'], language: MailLanguage) =>
  preferred(present(reason), language)?.said;

/** To a signatory: the text has changed in substance; press to reaffirm. */
export function Reaffirm({
  props,
  ...frame
}: Frame & { props: MailProps['reaffirm'] | FormerReaffirm }) {
  const { language, link } = frame;
  const t = words[language];
  const steps = stepsOf(props);
  const [step] = steps;
  const why = step && steps.length === 1 && sayIn(step.reason, language);
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
      <Text {...varied(styles(language).text, { fontWeight: 600, margin: '0 0 8px' })}>
        {t('reaffirm.whatChanged')}
      </Text>
      <Text data-skip-in-text {...styles(language).small}>
        <del {...marks.removed}>{t('reaffirm.removedKey')}</del>{' '}
        <ins {...marks.added}>{t('reaffirm.addedKey')}</ins>
      </Text>
      {steps.map((step) => (
        <StepChanges key={step.number} step={step} named={steps.length > 1} language={language} />
      ))}
      {props.shortened && <Paragraph language={language}>{t('reaffirm.shortened')}</Paragraph>}
    </Layout>
  );
}
