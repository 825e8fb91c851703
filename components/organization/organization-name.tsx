import { Fragment } from 'react';
import { legalForm } from '@/lib/organization/legal-form';

type Language = 'ja' | 'en';

const words = new Intl.Segmenter('ja', { granularity: 'word' });
/** Names up to this long fit on a line of any column. */
const FITS = 12;

const OPENS = /^[「『(（]/u;
const ENDS_OPEN = /[「『(（・]$/u;
/** A particle or an ending, a suffix of one character such as 会, or a lengthened vowel. */
const BELONGS_BEFORE = /^(?:[\p{Script=Hiragana}ー]|.$)/u;

/** Pieces of a Japanese name that stay whole where its line breaks: words with the particles and suffixes behind them. */
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

/** Text that stays on a line of its own where it fits on one, and breaks between phrases where it does not. */
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

/** A Japanese name, told where it may break: rather between its legal form and the rest than elsewhere, never in a word. */
function JapaneseName({ name }: { name: string }) {
  if ([...name].length <= FITS) return name;
  const found = legalForm(name);
  if (!found) return <Whole text={name} />;
  const { form, at } = found;
  const rest = at === 'start' ? name.slice(form.length) : name.slice(0, -form.length);
  // A space at the edge of a whole would be lost.
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

/** An organization's names, the reader's language leading; one name in both languages stands once. */
export function OrganizationName({
  names,
  leading,
}: {
  names: Record<Language, string | null>;
  leading: Language;
}) {
  // A name that serves in both languages is written in Latin letters.
  if (names.ja === names.en) return <span lang="en">{names.en}</span>;
  const order: Language[] = leading === 'ja' ? ['ja', 'en'] : ['en', 'ja'];
  const given = order.flatMap((language) =>
    names[language] ? [{ language, name: names[language] }] : [],
  );
  return given.map(({ language, name }, index) => (
    <span
      key={language}
      lang={language}
      className={index === 0 ? 'block' : 'block text-[0.8125em] text-quiet'}
    >
      {language === 'ja' ? <JapaneseName name={name} /> : name}
    </span>
  ));
}
