import { hasKigaki, KIGAKI, marksOf, type LetterContent } from '@/lib/letter/text/content';
import type { Language } from '@/lib/platform/languages';
import { preloadLatinSerif } from '@/components/ui/fonts';
import { LetterMarkdown } from './markdown';
import { WholeNumbers } from './whole-numbers';

/** The calls, with the marks that the letter gives them. */
function Calls({ text }: { text: LetterContent }) {
  const marks = marksOf(text);
  if (marks === 'none')
    return (
      <div className="letter-calls">
        {text.calls.map((call, index) => (
          <p key={index}>
            <WholeNumbers>{call}</WholeNumbers>
          </p>
        ))}
      </div>
    );
  const List = marks === 'numbers' ? 'ol' : 'ul';
  return (
    <List className="letter-calls">
      {text.calls.map((call, index) => (
        <li key={index}>
          <WholeNumbers>{call}</WholeNumbers>
        </li>
      ))}
    </List>
  );
}

/**
 * All parts of a letter's text in order, marked as the text's language.
 * @param heading level of the title, `h1` unless the page has another
 * @param notes begins the ids of its notes; the language, unless the page has that text twice
 */
export function LetterDocument({
  text,
  heading: Title = 'h1',
  notes = text.language,
  linksInNewTab = false,
}: {
  text: LetterContent & { language: Language };
  heading?: 'h1' | 'h2' | 'h3';
  notes?: string;
  /** In a preview, so that the form being edited stays open. */
  linksInNewTab?: boolean;
}) {
  if (text.language === 'en') preloadLatinSerif();
  const kigaki = hasKigaki(text);
  const calls = text.calls.length > 0 && <Calls text={text} />;
  return (
    <div lang={text.language} className="letter letter-text font-serif">
      <hgroup>
        {/* Missing only while it is written: a heading without text would say nothing. */}
        {text.title && <Title className="letter-title">{text.title}</Title>}
        {text.subject && <p className="letter-subject">{text.subject}</p>}
      </hgroup>
      {text.dateLine && <p className="letter-date">{text.dateLine}</p>}
      {text.addressee && <p className="letter-addressee">{text.addressee}</p>}
      {text.salutation && <p className="letter-salutation">{text.salutation}</p>}
      <div className="letter-body">
        <LetterMarkdown notes={notes} linksInNewTab={linksInNewTab}>
          {text.body}
        </LetterMarkdown>
      </div>
      {text.callsIntro && (
        <p className="letter-calls-intro">
          <WholeNumbers>{text.callsIntro}</WholeNumbers>
        </p>
      )}
      {!kigaki && calls}
      {text.closing && (
        <p className="letter-closing">
          <WholeNumbers>{text.closing}</WholeNumbers>
        </p>
      )}
      {text.valediction && <p className="letter-valediction">{text.valediction}</p>}
      {kigaki && (
        <>
          <p className="letter-kigaki">{KIGAKI.above}</p>
          {calls}
          <p className="letter-kigaki-end">{KIGAKI.below}</p>
        </>
      )}
    </div>
  );
}
