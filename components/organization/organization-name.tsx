import { useLocale } from 'next-intl';
import { Fragment } from 'react';
import { legalForm } from '@/lib/organization/legal-form';
import { preferred, type ByLanguage, type Language } from '@/lib/platform/languages';
import { phrases } from '@/lib/platform/text/phrases';
import { shownNames } from '@/lib/platform/text/shown-names';
import { writtenIn } from '@/lib/platform/text/written-language';

/** Names up to this length fit on one line in any column. */
const FITS = 12;

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
 * One name, wherever names are shown: it says its language and direction, and moves nothing around
 * it.
 */
export function Name({
  name,
  language,
  className,
}: {
  name: string;
  /** The language that it was given for; what it is written in counts more. */
  language: Language;
  className?: string;
}) {
  const { lang, dir } = writtenIn(name, language);
  return (
    <bdi lang={lang} dir={dir} className={className}>
      {lang === 'ja' ? <JapaneseName name={name} /> : name}
    </bdi>
  );
}

/** Only one name, in the reader's language if available, for use within a sentence. */
export function PreferredName({ names }: { names: ByLanguage }) {
  const found = preferred(names, useLocale());
  return found && <Name name={found.said} language={found.language} />;
}

/**
 * An organization's names, the leading language first, a line each. Also from right to left they
 * begin at the left edge, since the list does.
 */
export function OrganizationName({ names, leading }: { names: ByLanguage; leading: Language }) {
  return shownNames(names, leading).map(({ name, lang }, index) => (
    <Name
      key={index}
      name={name}
      language={lang}
      className={`block text-left ${index === 0 ? '' : 'text-[0.8125em] text-quiet'}`}
    />
  ));
}
