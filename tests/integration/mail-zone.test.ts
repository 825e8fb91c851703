import { expect, it } from 'vitest';
import { requestAgain } from '@/lib/revision/reaffirmation/commands';
import { aLetter, anEndorsement, anOwner, aSignUp } from '@/tests/support/factories';
import { mailsTo, tokenOf } from '@/tests/support/mail';
import { publishAs, write } from '@/tests/support/publishing';
import { endorse, sendNewLink } from '@/tests/support/sign-up';

const timeZone = 'Europe/London';

const zonesTo = async (email: string) =>
  (await mailsTo(email)).map(({ kind, props }) => [
    kind,
    (props as { timeZone?: string }).timeZone,
  ]);

it('confirmation mails, first and renewed, show the link’s expiry in the letter’s time zone', async () => {
  const letter = await aLetter({ timeZone });
  const signUp = aSignUp();
  await endorse(letter.slug, signUp);
  const [mail] = await mailsTo(signUp.representativeEmail);
  await sendNewLink(tokenOf(mail!));
  expect(await zonesTo(signUp.representativeEmail)).toEqual([
    ['confirm', timeZone],
    ['confirm', timeZone],
  ]);
});

it('reaffirmation mails and reminders show the deadline in the letter’s time zone', async () => {
  const letter = await aLetter({ timeZone });
  const owner = await anOwner(letter);
  const before = await anEndorsement(letter.id, { state: 'approved' });
  await write(letter, { body: 'Another text.' });
  await publishAs(owner, 'substance');
  expect(await zonesTo(before.email)).toEqual([['reaffirm', timeZone]]);
  const late = await anEndorsement(letter.id, { state: 'approved' });
  await requestAgain(owner, late.id);
  expect(await zonesTo(late.email)).toEqual([['reaffirm', timeZone]]);
});
