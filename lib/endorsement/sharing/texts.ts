import { fullTitle, type TitledText } from '@/lib/letter/rules';
import { pathIn, routing, type Locale } from '@/lib/platform/i18n/routing';
import { preferred, type ByLanguage } from '@/lib/platform/languages';
import { isolated, writtenIn } from '@/lib/platform/text/written-language';
import { fitsEverywhere, graphemes, postLengths, type PostLength } from './length';
import { sharingWords } from './words';

/** What texts and pictures to share are made from: nothing that the public may not know. */
export interface Shared {
  letterSlug: string;
  letterTitles: ByLanguage<TitledText>;
  /** Whether organizations can still sign the letter. */
  canSign: boolean;
  /** The organization's public names; null if they are withheld. */
  names: ByLanguage | null;
}

/** Ready texts to share in one language. */
export interface SharedTexts {
  language: Locale;
  title: TitledText;
  /** The public address of the letter, in this language. */
  url: string;
  /** For networks: the text and the address. */
  short: string;
  lengths: PostLength[];
  /** For a mail or a newsletter. */
  long: string;
  /** For a website, as HTML. */
  html: string;
}

/**
 * Who a text says has signed: the organization by `name`, `ours` without one, or nobody, so that
 * whoever shares it does not tell that a withheld organization has signed.
 */
type Signer = { who: 'named'; organization: string } | { who: 'ours' | 'nobody' };

/** The languages of the texts: those of the letter, of those that we have words in; else the reader's. */
export function sharingLanguages({ letterTitles }: Shared, reader: Locale): Locale[] {
  const own = routing.locales.filter((locale) => letterTitles[locale]);
  return own.length > 0 ? own : [reader];
}

/** The title of the letter for texts in a language, which may be in another one. */
export const titleFor = ({ letterTitles }: Shared, locale: Locale): TitledText =>
  preferred(letterTitles, locale)?.said ?? { language: locale, title: '', subject: null };

const escaped = (text: string): string =>
  text.replace(
    /[&<>"]/g,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!,
  );

/** What is left of a title that is cut, at least, in characters. */
const TITLE_LEAST = 20;

const cut = (letters: string[], kept: number): string =>
  `${letters.slice(0, kept).join('').trimEnd()}…`;

/** A title, or as much of its beginning as fits; null if not even a few words do. */
function fitted(title: string, fits: (said: string) => boolean): string | null {
  if (fits(title)) return title;
  const letters = graphemes(title);
  let [kept, most] = [Math.min(TITLE_LEAST, letters.length), letters.length - 1];
  if (!fits(cut(letters, kept))) return null;
  while (kept < most) {
    const middle = Math.ceil((kept + most) / 2);
    if (fits(cut(letters, middle))) kept = middle;
    else most = middle - 1;
  }
  return cut(letters, kept);
}

/**
 * A text that fits on every network, with a shorter title or without the name if need be. An
 * instance whose addresses are too long for a post gets the shortest one.
 */
function shortText(
  signers: Signer[],
  title: string,
  url: string,
  sentence: (signer: Signer, title: string) => string,
): string {
  for (const signer of signers) {
    const said = fitted(title, (some) => fitsEverywhere(sentence(signer, some), url));
    if (said !== null) return sentence(signer, said);
  }
  return sentence(signers.at(-1)!, cut(graphemes(title), TITLE_LEAST));
}

/**
 * Ready texts in a language.
 * @param origin the instance's origin, for the letter's public address
 */
export function sharedTexts(shared: Shared, locale: Locale, origin: string): SharedTexts {
  const words = sharingWords(locale);
  const url = origin + pathIn(locale, `/letters/${shared.letterSlug}`);
  const title = titleFor(shared, locale);
  const whole = fullTitle(title);
  const name = shared.names && preferred(shared.names, locale)?.said;
  const signers: Signer[] =
    shared.names === null
      ? [{ who: 'nobody' }]
      : name
        ? [{ who: 'named', organization: isolated(name) }, { who: 'ours' }]
        : [{ who: 'ours' }];
  const [signer] = signers as [Signer];
  const values = (of: Signer) => ({ organization: '', ...of });
  const sentence = (of: Signer, said: string) => words('sentence', { ...values(of), title: said });
  const short = shortText(signers, whole, url, sentence);
  const inHtml =
    signer.who === 'named' ? { ...signer, organization: htmlName(name!, locale) } : values(signer);
  return {
    language: locale,
    title,
    url,
    short: `${short}\n${url}`,
    lengths: postLengths(short, url),
    long: [
      sentence(signer, whole),
      `${words('more', { canSign: shared.canSign ? 'yes' : 'no' })}\n${url}`,
    ].join('\n\n'),
    html: `<p lang="${locale}">${words.markup('html', {
      ...inHtml,
      title: escaped(whole),
      link: (chunks) => `<a href="${escaped(url)}">${chunks}</a>`,
    })}</p>`,
  };
}

const htmlName = (name: string, locale: Locale): string =>
  writtenIn(name, locale).dir === 'rtl' ? `<bdi>${escaped(name)}</bdi>` : escaped(name);

/** Addresses that open a text ready to be sent; none of them loads anything before it is opened. */
export function shareLinks({ short, long, url, title }: SharedTexts): Record<ShareLink, string> {
  const query = (values: Record<string, string>) =>
    Object.entries(values)
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .join('&');
  // Mail programs expect line breaks of two characters (RFC 6068).
  const body = long.replaceAll('\n', '\r\n');
  return {
    mail: `mailto:?${query({ subject: fullTitle(title), body })}`,
    x: `https://x.com/intent/post?${query({ text: short })}`,
    bluesky: `https://bsky.app/intent/compose?${query({ text: short })}`,
    facebook: `https://www.facebook.com/sharer/sharer.php?${query({ u: url })}`,
    line: `https://social-plugins.line.me/lineit/share?${query({ url })}`,
  };
}

export type ShareLink = 'mail' | 'x' | 'bluesky' | 'facebook' | 'line';
