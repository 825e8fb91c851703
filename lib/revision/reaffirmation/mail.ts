import { isSeen, linesOf, runsOf, type Line } from '@/lib/letter/text/rendered-difference';
import { contactOf } from '@/lib/letter/contact';
import type { Language } from '@/lib/platform/languages';
import { titleIn } from '@/lib/letter/rules';
import type { MailLine, MailProps, MailTextChange } from '@/lib/platform/mail/kinds';
import type { RevisionContent } from '@/lib/revision/content';
import type { Step } from './queries';

/** Number of unchanged words shown around each change in a mail. */
const WORDS_AROUND = 12;
/** Maximum length of all differences in a mail, in characters; the linked page shows them whole. */
const MOST_CHARACTERS = 3_000;

/** Truncates a text to `length` without splitting a character. */
function cut(text: string, length: number): string {
  const kept = text.slice(0, length);
  return /[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept;
}

/** How many characters of differences still fit into a mail. */
interface Room {
  left: number;
  isExceeded: boolean;
}

/** The beginning of lines, as far as there is room. */
function fitting(lines: Line[], room: Room): MailLine[] {
  return lines.flatMap(({ block, segments }) => {
    const shown = segments.flatMap((segment) => {
      if (room.left === 0) {
        room.isExceeded = true;
        return [];
      }
      const text = cut(segment.text, room.left);
      room.isExceeded ||= text.length < segment.text.length;
      room.left = room.isExceeded ? 0 : room.left - text.length;
      return [{ ...segment, text }];
    });
    const runs = runsOf(shown).map(({ segments, ...run }) => ({
      ...run,
      segments: segments.map(({ text, style }) => ({ text, style })),
    }));
    return runs.length > 0 ? [{ block, runs }] : [];
  });
}

/** How a revision changed the texts, that in `language` first, as far as there is room. */
function shortened({ changes }: Step, language: Language, room: Room): MailTextChange[] {
  return (changes?.texts ?? [])
    .toSorted((a, b) => Number(b.language === language) - Number(a.language === language))
    .flatMap(({ fields, ...change }): MailTextChange[] => {
      const parts = fields.flatMap((field) => {
        const lines = linesOf(field, WORDS_AROUND);
        const shown = isSeen(lines) ? fitting(lines, room) : [];
        return shown.length > 0 ? [{ part: field.field, lines: shown }] : [];
      });
      return parts.length > 0 || fields.length === 0 ? [{ ...change, parts }] : [];
    });
}

/**
 * The template data of a reaffirmation mail, except for the organization's names.
 * @param steps the revisions since the one that the signatory stands behind, newest first
 * @param content the binding revision
 * @param timeZone the letter's time zone, in which the mail shows times
 */
export function reaffirmationMail(
  letter: { slug: string; timeZone: string; contactEmail: string | null },
  steps: Step[],
  content: RevisionContent,
  language: Language,
  expiresAt: Date,
): Omit<MailProps['reaffirm'], 'organization'> {
  const titles = Object.entries(content.texts).map(([of, { title, subject }]) => ({
    language: of,
    title,
    subject,
  }));
  const room: Room = { left: MOST_CHARACTERS, isExceeded: false };
  const shown = steps.map((step) => ({
    number: step.content.number,
    kind: step.content.kind,
    reason: step.content.reason ?? {},
    difference: shortened(step, language, room),
    date: step.changes?.date ?? null,
  }));
  return {
    letterSlug: letter.slug,
    letterTitle: titleIn({ ...content, current: { titles } }, language),
    contact: contactOf(letter),
    revision: content.number,
    steps: shown,
    shortened: room.isExceeded,
    expiresAt: expiresAt.toISOString(),
    timeZone: letter.timeZone,
  };
}
