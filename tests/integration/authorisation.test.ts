/** Who authorised a signature in the organization: asked at sign-up, and who sees it. */
import { expect, it } from 'vitest';
import { entryData } from '@/lib/endorsement/entry/data/queries';
import { ownEntry } from '@/lib/endorsement/entry/queries';
import { requestErasure } from '@/lib/endorsement/entry/commands';
import { entry } from '@/lib/endorsement/review/queries';
import { decide } from '@/lib/endorsement/review/commands';
import { erase } from '@/lib/endorsement/review/requests/commands';
import { confirm, correctSignUp } from '@/lib/endorsement/verification/commands';
import { confirmation, correctable } from '@/lib/endorsement/verification/queries';
import { deliver } from '@/lib/delivery/commands';
import { listSettings } from '@/lib/letter/list-settings';
import { publicLetter } from '@/lib/signatories/public-letter/queries';
import { signatories } from '@/lib/signatories/queries';
import { db } from '@/lib/platform/db/client';
import { env } from '@/lib/platform/env';
import { unseal } from '@/lib/platform/tokens';
import { asSeen } from '@/tests/support/delivery';
import {
  anEntryLink,
  aLetter,
  anObserver,
  anOwner,
  aReviewer,
  aSignUp,
} from '@/tests/support/factories';
import { endorse } from '@/tests/support/sign-up';

const CANARY = 'Board of canaries';
const SETTINGS = { authorisation: 'required' } as const;
const SAID = { authorisedHow: 'board', authorisedBy: CANARY, authorisedOn: '2025-04-23' };

/** A letter that asks who authorised a signature, with a sign-up that says so, and its link. */
async function aSignedLetter() {
  const letter = await aLetter();
  await db().letter.update({ where: { id: letter.id }, data: { listSettings: SETTINGS } });
  const signUp = aSignUp(SAID, SETTINGS);
  expect(await endorse(letter.slug, signUp)).toEqual({ ok: true });
  const { id } = await db().endorsement.findFirstOrThrow({ where: { letterId: letter.id } });
  const mail = await db().mail.findFirstOrThrow({ where: { endorsementId: id } });
  return { letter, signUp, id, token: unseal(mail.sealedToken!, env().APP_SECRET) };
}

const AUTHORISED = {
  authorisedHow: 'board',
  authorisedBy: CANARY,
  authorisedOn: new Date('2025-04-23'),
};

it('an organization sees who authorised its signature before it confirms, and corrects it', async () => {
  const { id, signUp, token } = await aSignedLetter();
  expect(await confirmation(token)).toMatchObject({ authorised: AUTHORISED });
  expect((await correctable(token))!.typed).toMatchObject(SAID);
  const corrected = { ...signUp, authorisedHow: 'statute' as const, authorisedOn: null };
  expect(await correctSignUp(token, corrected)).toEqual({ ok: true });
  expect(await db().endorsement.findUnique({ where: { id } })).toMatchObject({
    ...AUTHORISED,
    authorisedHow: 'statute',
    authorisedOn: null,
  });
});

it('coordinators who read contacts and the organization itself see who authorised a signature; observers and the public do not, and erasure deletes it', async () => {
  const { letter, id, token } = await aSignedLetter();
  const reviewed = { bindingRevision: 1, listSettings: listSettings(SETTINGS) };
  expect(await confirm(token, 1)).toMatchObject({ ok: true });
  const owner = await anOwner(letter);
  expect(await entry(await aReviewer(letter), reviewed, id)).toMatchObject({
    authorised: AUTHORISED,
  });
  const observed = await entry(await anObserver(letter), reviewed, id);
  expect(JSON.stringify(observed)).not.toContain(CANARY);
  const { version } = observed!;
  expect(await decide(owner, { id, version, step: 'approve' })).toEqual({ ok: true });

  const link = await anEntryLink(id);
  expect(await ownEntry(link)).toMatchObject({ authorised: AUTHORISED });
  expect(await entryData(link)).toMatchObject(SAID);

  expect(await deliver(owner, await asSeen(letter.slug))).toMatchObject({ ok: true });
  const delivery = await db().delivery.findFirstOrThrow({ where: { letterId: letter.id } });
  const audits = await db().auditEvent.findMany({
    where: { letterId: letter.id },
    select: { canonical: true, values: { select: { value: true } } },
  });
  const mails = await db().mail.findMany({ where: { endorsementId: id } });
  const inPublic = [
    await signatories(letter.id, 'listed'),
    await publicLetter(letter.slug),
    delivery.canonical,
    audits,
    mails.map(({ props }) => props),
  ];
  expect(inPublic[0]).toHaveLength(1);
  expect(JSON.stringify(inPublic)).not.toContain(CANARY);

  expect(await requestErasure(link)).toEqual({ ok: true });
  const asked = await db().endorsement.findUniqueOrThrow({ where: { id } });
  expect(await erase(owner, { id, version: asked.version })).toEqual({ ok: true, outcome: 'kept' });
  expect(await db().representative.count({ where: { endorsementId: id } })).toBe(0);
  expect(await db().endorsement.findUnique({ where: { id } })).toMatchObject({
    authorisedHow: null,
    authorisedBy: null,
    authorisedOn: null,
  });
});
