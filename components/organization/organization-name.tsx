import { inOrder, type ByLanguage, type Language } from '@/lib/platform/languages';
import { Fragment } from 'react';
import { legalForm } from '@/lib/organization/legal-form';

const words = new Intl.Segmenter('ja', { granularity: 'word' });
/** Names up to this length fit on one line in any column. */
const FITS = 12;

const OPENS = /^[「『(（]/u;
const ENDS_OPEN = /[「『(（・]$/u;
/** A particle or suffix, such as 会, or a lengthened vowel. */
const BELONGS_BEFORE = /^(?:[\p{Script=Hiragana}ー]|.$)/u;

/** Unbreakable segments of a Japanese name: words with their particles and suffixes. */
function phrases(name: string): string[] {
  const pieces: string[] = [];
  for (const { segment, isWordLike } of words.segment(name)) {
    const before = pieces.at(-1);
    const mayBreak = isWordLike
      ? !BELONGS_BEFORE.test(segment) && !ENDS_OPEN.test(before ?? '')
      : OPENS.test(segment);
    if (before === undefined || mayBreak) pieces.push(segment);
    else pieces[pieces.length - 1] = before + segment;
  }
  return pieces;
}

/** Text that is kept on one line if it fits, and otherwise breaks between phrases. */
function Whole({ text }: { text: string }) {
  return (
    <span className="inline-block">
      {phrases(text).map((phrase, index) => (
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {phrase}
        </Fragment>
      ))}
    </span>
  );
}

/**
 * A Japanese name with break opportunities: preferably between the legal form and the rest, never
 * within a word.
 */
function JapaneseName({ name }: { name: string }) {
  if ([...name].length <= FITS) return name;
  const found = legalForm(name);
  if (!found) return <Whole text={name} />;
  const { form, at } = found;
  const rest = at === 'start' ? name.slice(form.length) : name.slice(0, -form.length);
  // A space at the edge of an inline-block would be dropped.
  const space = /^\s|\s$/u.exec(rest)?.[0];
  return at === 'start' ? (
    <>
      {form}
      {space}
      <Whole text={rest.trim()} />
    </>
  ) : (
    <>
      <Whole text={rest.trim()} />
      {space}
      <span className="inline-block">{form}</span>
    </>
  );
}

/**
 * An organization's names, the leading language first; a name shared by several languages is shown
 * once.
 */
export function OrganizationName({ names, leading }: { names: ByLanguage; leading: Language }) {
  const order = inOrder(Object.keys(names)).sort(
    (a, b) => Number(b === leading) - Number(a === leading),
  );
  // A name shared by several languages is in Latin script.
  const distinct = order.filter(
    (language) =>
      language !== 'ja' || !order.some((other) => other !== 'ja' && names[other] === names.ja),
  );
  if (distinct.length === 1 && order.length > 1)
    return <span lang={distinct[0]}>{names[distinct[0]!]}</span>;
  return distinct.map((language, index) => (
    <span
      key={language}
      lang={language}
      className={index === 0 ? 'block' : 'block text-[0.8125em] text-quiet'}
    >
      {language === 'ja' ? <JapaneseName name={names[language]!} /> : names[language]}
    </span>
  ));
}
