import { collapse } from '@/lib/letter/text/difference';
import { contactOf } from '@/lib/letter/contact';
import type { Language } from '@/lib/platform/languages';
import { titleIn } from '@/lib/letter/rules';
import type { MailProps, MailTextChange } from '@/lib/platform/mail/kinds';
import type { RevisionContent } from '@/lib/revision/content';
import type { Changes } from '@/lib/revision/rules';

/** Number of unchanged words shown around each change in a mail. */
const WORDS_AROUND = 12;
/** Maximum length of a difference in a mail, in characters; the linked page shows all of it. */
const MOST_CHARACTERS = 3_000;

/** Truncates a text to `length` without splitting a character. */
function cut(text: string, length: number): string {
  const kept = text.slice(0, length);
  return /[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept;
}

/** The beginning of a difference, and whether it was truncated. */
function shortened(changes: MailTextChange[]): {
  difference: MailTextChange[];
  shortened: boolean;
} {
  let room = MOST_CHARACTERS;
  let left = false;
  const difference = changes.flatMap(({ parts, ...change }): MailTextChange[] => {
    const kept = parts.flatMap(({ part, pieces }) => {
      const shown = pieces.flatMap((piece) => {
        if (room === 0) {
          left = true;
          return [];
        }
        const text = cut(piece.text, room);
        left ||= text.length < piece.text.length;
        room = left ? 0 : room - text.length;
        return [{ ...piece, text }];
      });
      return shown.length > 0 ? [{ part, pieces: shown }] : [];
    });
    return kept.length > 0 || parts.length === 0 ? [{ ...change, parts: kept }] : [];
  });
  return { difference, shortened: left };
}

/**
 * The template data of a reaffirmation mail, except for the organization's names.
 * @param changes between the revision that the signatory stands behind and `content`
 * @param content the binding revision
 * @param timeZone the letter's time zone, in which the mail shows times
 */
export function reaffirmationMail(
  letter: { slug: string; timeZone: string; contactEmail: string | null },
  changes: Changes | null,
  content: RevisionContent,
  language: Language,
  expiresAt: Date,
): Omit<MailProps['reaffirm'], 'organization'> {
  const texts = (changes?.texts ?? [])
    .map(({ fields, ...change }): MailTextChange => ({
      ...change,
      parts: fields.map(({ field, pieces }) => ({
        part: field,
        pieces: collapse(pieces, WORDS_AROUND),
      })),
    }))
    .sort((a, b) => Number(b.language === language) - Number(a.language === language));
  const titles = Object.entries(content.texts).map(([of, { title }]) => ({ language: of, title }));
  return {
    letterSlug: letter.slug,
    letterTitle: titleIn({ ...content, current: { titles } }, language),
    contact: contactOf(letter),
    revision: content.number,
    reason: content.reason ?? {},
    ...shortened(texts),
    date: changes?.date ?? null,
    expiresAt: expiresAt.toISOString(),
    timeZone: letter.timeZone,
  };
}
