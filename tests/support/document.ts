import { expect } from '@playwright/test';
import printed from '@/prisma/demonstration/signatories.json' with { type: 'json' };
import { text } from '@/prisma/demonstration/text';

const flat = (words: string) => words.replaceAll('*', '').replace(/\s+/g, ' ');

/** Every part of the printed letter and every name, in the order of the document. */
export const DOCUMENT = [
  text.title,
  text.subject,
  text.dateLine,
  text.salutation,
  ...text.body.split('\n\n'),
  text.callsIntro,
  ...text.calls,
  text.closing,
  text.valediction,
  '2 Coordinating organizations',
  'Human Rights Watch',
  'Human Rights Now',
  '25 organizations, Japanese alphabetical order',
  ...printed.organizations.map((organization) => organization.nameEn),
  '2 other organizations',
].map((part) => flat(part!));

/**
 * Fails at the first part that does not follow the previous one, ignoring hyphens at line ends and
 * white space.
 */
export function expectInOrder(whole: string, parts: string[]): void {
  const bare = (words: string) => words.replace(/[\s\u00AD\u2010-]+/gu, '').normalize('NFKC');
  const shown = bare(whole);
  let from = 0;
  for (const part of parts.map(bare)) {
    const at = shown.indexOf(part, from);
    expect(at, `"${part.slice(0, 60)}" after what stands before it`).toBeGreaterThanOrEqual(from);
    from = at + part.length;
  }
}
