import { collapse } from '@/lib/letter/text/difference';
import type { Language } from '@/lib/letter/text/content';
import { titleIn } from '@/lib/letter/rules';
import type { MailProps, MailTextChange, Names } from '@/lib/platform/mail/kinds';
import type { RevisionContent } from '@/lib/revision/content';
import { changesBetween } from '@/lib/revision/rules';

/** Words that did not change beside each change in a mail. */
const WORDS_AROUND = 12;
/** How much of a difference a mail shows, in characters; the page behind its link shows all. */
const MOST_CHARACTERS = 3_000;

/** Cuts a text's end off where it is longer than `length`, between characters and not within one. */
function cut(text: string, length: number): string {
  const kept = text.slice(0, length);
  return /[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept;
}

/** The first characters of a difference, and whether that is not all. */
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
 * What the mail that asks a signatory to affirm says, but for the organization's names.
 * @param before what the signatory stands behind
 * @param after what it is asked to stand behind
 */
export function question(
  letter: { slug: string; timeZone: string },
  before: RevisionContent,
  after: RevisionContent,
  language: Language,
  expiresAt: Date,
): Omit<MailProps['affirm'], 'organization'> {
  const changes = changesBetween(before, after);
  const texts = (changes?.texts ?? [])
    .map(({ parts, ...change }): MailTextChange => ({
      ...change,
      parts: parts.map(({ part, pieces }) => ({ part, pieces: collapse(pieces, WORDS_AROUND) })),
    }))
    .sort((a, b) => Number(b.language === language) - Number(a.language === language));
  const reason: Names = after.reason ?? { ja: null, en: null };
  return {
    letterSlug: letter.slug,
    letterTitle: titleIn(
      {
        authoritativeLanguage: after.authoritativeLanguage,
        current: { titleJa: after.texts.ja?.title ?? null, titleEn: after.texts.en?.title ?? null },
      },
      language,
    ),
    revision: after.number,
    reason,
    ...shortened(texts),
    date: changes?.date ?? null,
    expiresAt: expiresAt.toISOString(),
    timeZone: letter.timeZone,
  };
}
