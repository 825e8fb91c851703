import { expect, test } from 'vitest';
import { renderMail } from '@/emails/render';
import { decide } from '@/lib/endorsement/review/commands';
import { setDeclineTexts } from '@/lib/endorsement/review/reasons/commands';
import { declineTexts } from '@/lib/endorsement/review/reasons/queries';
import { declineTextsSchema } from '@/lib/endorsement/review/reasons/schema';
import type { MailToRender } from '@/lib/platform/mail/message';
import { auditOf } from '@/tests/support/audit';
import { aLetter, anEndorsement, anOwner, aReviewer } from '@/tests/support/factories';
import { mailsTo } from '@/tests/support/mail';

const OWN = 'この書簡には、国内の市民団体だけが賛同できます。';
const typed = (fields: Record<string, string>) => declineTextsSchema.parse(fields);

/** The text of the mail that tells an organization of its decline. */
async function mailText(
  letter: { id: string; slug: string },
  language: string,
  reason: 'out_of_scope' | 'other',
) {
  const entry = await anEndorsement(letter.id, { language });
  const reviewer = await aReviewer(letter);
  await decide(reviewer, { step: 'decline', id: entry.id, version: 1, reason, note: null });
  const [mail] = await mailsTo(entry.email);
  const { kind, to, props } = mail!;
  const { text } = await renderMail(
    { kind, language, to, props } as unknown as MailToRender,
    'https://letters.example.org',
  );
  return text.replace(/\s+/g, ' ');
}

test('an owner sets the words for a reason, which mails say in their language in place of the usual ones', async () => {
  const letter = await aLetter();
  const owner = await anOwner(letter);
  await setDeclineTexts(owner, typed({ out_of_scopeJa: OWN }));
  expect((await declineTexts(letter.id)).out_of_scope).toEqual({ ja: OWN });
  expect(await mailText(letter, 'ja', 'out_of_scope')).toContain(OWN);
  expect(await mailText(letter, 'en', 'out_of_scope')).toContain('certain kinds of organizations');
  expect(await mailText(letter, 'ja', 'other')).not.toContain(OWN);
  expect(await mailText(await aLetter(), 'ja', 'out_of_scope')).not.toContain(OWN);
});

test('words that are emptied are the usual ones again; the audit has only what changed', async () => {
  const letter = await aLetter();
  const owner = await anOwner(letter);
  const both = { otherEn: 'Ask us.', duplicateEn: 'Twice.' };
  await setDeclineTexts(owner, typed(both));
  await setDeclineTexts(owner, typed(both));
  await setDeclineTexts(owner, typed({ duplicateEn: 'Twice.' }));
  expect((await declineTexts(letter.id)).other).toEqual({});
  expect((await declineTexts(letter.id)).duplicate).toEqual({ en: 'Twice.' });
  expect(
    (await auditOf(letter.id)).map(({ action, before, after }) => [action, before, after]),
  ).toEqual([
    [
      'set_decline_texts',
      { duplicate: {}, other: {} },
      { duplicate: { en: 'Twice.' }, other: { en: 'Ask us.' } },
    ],
    ['set_decline_texts', { other: { en: 'Ask us.' } }, { other: {} }],
  ]);
});

test('words that are too long are refused at their field', () => {
  const found = declineTextsSchema.safeParse({ otherJa: 'あ'.repeat(501), otherEn: 'Ask us.' });
  expect(found.error?.issues.map(({ path, message }) => [path, message])).toEqual([
    [['otherJa'], 'tooLong'],
  ]);
});
