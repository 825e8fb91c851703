import type { LetterContent } from '@/lib/letter/text/content';
import type { Language } from '@/lib/platform/languages';
import { LetterMarkdown } from './markdown';

/**
 * All parts of a letter's text in order, marked as the text's language.
 * @param heading level of the title, `h1` unless the page has another
 * @param notes begins the ids of its notes; the language, unless the page has that text twice
 */
export function LetterDocument({
  text,
  heading: Title = 'h1',
  notes = text.language,
}: {
  text: LetterContent & { language: Language };
  heading?: 'h1' | 'h2' | 'h3';
  notes?: string;
}) {
  return (
    <div lang={text.language} className="letter letter-text font-serif">
      <hgroup>
        <Title className="letter-title">{text.title}</Title>
        {text.subject && <p className="letter-subject">{text.subject}</p>}
      </hgroup>
      <p className="letter-date">{text.dateLine}</p>
      {text.addressee && <p className="letter-addressee">{text.addressee}</p>}
      <p className="letter-salutation">{text.salutation}</p>
      <div className="letter-body">
        <LetterMarkdown notes={notes}>{text.body}</LetterMarkdown>
      </div>
      {text.callsIntro && <p className="letter-calls-intro">{text.callsIntro}</p>}
      {text.calls.length > 0 && (
        <ul>
          {text.calls.map((call, index) => (
            <li key={index}>{call}</li>
          ))}
        </ul>
      )}
      {text.closing && <p className="letter-closing">{text.closing}</p>}
      <p className="letter-valediction">{text.valediction}</p>
    </div>
  );
}
