import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { confirm } from '@/lib/endorsement/verification/commands';
import { decisionSchema } from '@/lib/endorsement/review/schema';
import { decide } from '@/lib/endorsement/review/commands';
import { db } from '@/lib/platform/db/client';
import { publicCounts } from '@/lib/signatories/queries';
import {
  aLetter,
  anAddress,
  anEndorsement,
  aReviewer,
  aSignUp,
  representedBy,
} from '@/tests/support/factories';
import { mailsTo, tokenOf } from '@/tests/support/mail';
import { endorse } from '@/tests/support/sign-up';
import { entryFor } from '@/tests/support/managed';

const organizationOf = async (endorsementId: string) => {
  const { organization } = await db().endorsement.findUniqueOrThrow({
    where: { id: endorsementId },
    select: {
      organization: { include: { names: { orderBy: { language: 'asc' } }, contacts: true } },
    },
  });
  return organization;
};
const approve = (id: string, organization?: string, version = 1) =>
  ({ step: 'approve', id, version, organization }) as const;

/**
 * An organization that is public on another letter, and an entry of the same one on the reviewer's
 * letter.
 */
async function aKnownOrganization() {
  const [elsewhere, letter] = [await aLetter(), await aLetter()];
  // A name unlike those of other tests.
  const name = randomUUID();
  const website = `https://${randomUUID().slice(0, 13)}.com/`;
  const over = { nameJa: null, reading: null, nameEn: name, website };
  const known = await anEndorsement(elsewhere.id, { ...over, state: 'approved' });
  const waiting = await anEndorsement(letter.id, over);
  const reviewer = await aReviewer(letter);
  return { elsewhere, letter, name, website, over, known, waiting, reviewer };
}

describe('organizations suggested for an approval', () => {
  it('a similar organization that is public on another letter is suggested, with the matching properties', async () => {
    const { known, waiting, reviewer, name } = await aKnownOrganization();
    expect((await entryFor(reviewer, waiting.id))!.organizations).toEqual([
      {
        id: known.organizationId,
        names: { en: name },
        sameName: true,
        sameWebsite: true,
        hasSigned: false,
      },
    ]);
  });

  it('a similar organization that has signed the letter is suggested and marked as such', async () => {
    const { letter, reviewer, waiting, over } = await aKnownOrganization();
    const signed = await anEndorsement(letter.id, { ...over, state: 'approved' });
    const { organizations } = (await entryFor(reviewer, waiting.id))!;
    expect(organizations).toContainEqual(
      expect.objectContaining({ id: signed.organizationId, hasSigned: true }),
    );
  });

  it('dissimilar organizations, and those known only from withheld entries or drafts, are not suggested', async () => {
    const { elsewhere, reviewer, waiting, known, over } = await aKnownOrganization();
    await anEndorsement(elsewhere.id, {
      nameJa: null,
      reading: null,
      nameEn: 'Quite Another',
      website: 'https://another.example.net/',
      state: 'approved',
    });
    await anEndorsement((await aLetter()).id, {
      ...over,
      state: 'approved',
      visibility: 'withheld',
    });
    await anEndorsement((await aLetter()).id, { ...over, state: 'withdrawn' });
    await anEndorsement((await aLetter({ opensAt: new Date(Date.now() + 86_400_000) })).id, {
      ...over,
      state: 'approved',
    });
    const { organizations } = (await entryFor(reviewer, waiting.id))!;
    expect(organizations.map(({ id }) => id)).toEqual([known.organizationId]);
  });

  it('no organizations are suggested for an approved entry', async () => {
    const { reviewer, waiting } = await aKnownOrganization();
    await decide(reviewer, approve(waiting.id));
    expect((await entryFor(reviewer, waiting.id))!.organizations).toEqual([]);
  });
});

describe('an approval that is taken back', () => {
  it('leaves neither its contact nor its names with the organization', async () => {
    const { letter, known, reviewer, name } = await aKnownOrganization();
    const mistaken = await anEndorsement(letter.id, {
      nameJa: '偽の会',
      reading: 'にせのかい',
      nameEn: name,
    });
    const before = await organizationOf(known.id);
    await decide(reviewer, approve(mistaken.id, known.organizationId!));
    expect(await organizationOf(known.id)).not.toEqual(before);
    await decide(reviewer, { step: 'take_back', id: mistaken.id, version: 2 });
    expect(await organizationOf(known.id)).toEqual(before);
    // Approved again, it brings them with it again.
    await decide(reviewer, approve(mistaken.id, undefined, 3));
    expect(await organizationOf(known.id)).toMatchObject({
      names: [{ language: 'en' }, { language: 'ja', name: '偽の会' }],
      contacts: [{ contactId: mistaken.contactId }],
    });
  });

  it('keeps the contact and the names that another endorsement supports', async () => {
    const { known, reviewer, waiting, over } = await aKnownOrganization();
    await decide(reviewer, approve(waiting.id, known.organizationId!));
    const third = await aLetter();
    const again = await anEndorsement(third.id, over);
    await representedBy(again.id, waiting.contactId!);
    const other = await aReviewer(third);
    await decide(other, approve(again.id, known.organizationId!));
    const before = await organizationOf(known.id);
    await decide(other, { step: 'take_back', id: again.id, version: 2 });
    expect(await organizationOf(known.id)).toEqual(before);
    expect(before).toMatchObject({
      names: [{ language: 'en' }],
      contacts: [{ contactId: waiting.contactId }],
    });
  });
});

describe('linking an organization on approval', () => {
  it('without a choice, a new organization gets the names, website and contact of the entry', async () => {
    const { known, waiting, reviewer, name, website } = await aKnownOrganization();
    expect(await decide(reviewer, approve(waiting.id))).toEqual({ ok: true });
    const organization = await organizationOf(waiting.id);
    expect(organization!.id).not.toBe(known.organizationId);
    expect(organization).toMatchObject({
      website,
      country: 'JP',
      names: [{ language: 'en', name }],
      contacts: [{ contactId: waiting.contactId }],
    });
  });

  it('a chosen organization gets missing names and the contact, and keeps its existing names', async () => {
    const { letter, known, reviewer, name } = await aKnownOrganization();
    const again = await anEndorsement(letter.id, {
      nameJa: '京都水会議',
      reading: 'きょうとみずかいぎ',
      nameEn: `${name} Renamed`,
    });
    expect(await decide(reviewer, approve(again.id, known.organizationId!))).toEqual({ ok: true });
    expect(await organizationOf(again.id)).toMatchObject({
      id: known.organizationId,
      names: [
        { language: 'en', name, reading: null },
        { language: 'ja', name: '京都水会議', reading: 'きょうとみずかいぎ' },
      ],
      contacts: [{ contactId: again.contactId }],
    });
  });

  it('a withheld name and its website are not stored with the organization', async () => {
    const letter = await aLetter();
    const withheld = await anEndorsement(letter.id, { visibility: 'withheld' });
    await decide(await aReviewer(letter), approve(withheld.id));
    expect(await organizationOf(withheld.id)).toMatchObject({ names: [], website: null });
  });

  it('an organization that has already signed the letter is refused with a reason, and nothing is written', async () => {
    const { letter, reviewer, waiting, over } = await aKnownOrganization();
    const signed = await anEndorsement(letter.id, { ...over, state: 'approved' });
    const before = await db().endorsement.findUnique({ where: { id: waiting.id } });
    expect(await decide(reviewer, approve(waiting.id, signed.organizationId!))).toEqual({
      ok: false,
      reason: 'organization-has-signed',
    });
    expect(await db().endorsement.findUnique({ where: { id: waiting.id } })).toEqual(before);
    expect(await db().auditEvent.count({ where: { endorsementId: waiting.id } })).toBe(0);
    expect(await mailsTo(waiting.email)).toEqual([]);
    expect(await db().organizationContact.count({ where: { contactId: waiting.contactId! } })).toBe(
      0,
    );
    // After it has left the letter, it can sign again, and the first endorsement cannot be
    // restored.
    await decide(reviewer, { step: 'withdraw', id: signed.id, version: 1 });
    expect(await decide(reviewer, approve(waiting.id, signed.organizationId!))).toEqual({
      ok: true,
    });
    expect(await decide(reviewer, { step: 'take_back', id: signed.id, version: 2 })).toEqual({
      ok: false,
      reason: 'organization-has-signed',
    });
  });

  it('of two entries of one organization that are approved concurrently, one is on the list', async () => {
    const { letter, known, reviewer, waiting, over } = await aKnownOrganization();
    const other = await anEndorsement(letter.id, over);
    const colleague = await aReviewer(letter);
    const answers = await Promise.all([
      decide(reviewer, approve(waiting.id, known.organizationId!)),
      decide(colleague, approve(other.id, known.organizationId!)),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers).toContainEqual({ ok: false, reason: 'organization-has-signed' });
    expect(await publicCounts(letter.id)).toMatchObject({ total: 1 });
  });

  it('the database rejects an organization twice on a letter, and an approval without one', async () => {
    const { letter, waiting, over } = await aKnownOrganization();
    const signed = await anEndorsement(letter.id, { ...over, state: 'approved' });
    const put = (organizationId: string | null) =>
      db().endorsement.update({
        where: { id: waiting.id },
        data: { state: 'approved', organizationId },
      });
    await expect(put(signed.organizationId)).rejects.toMatchObject({ code: 'P2002' });
    await expect(put(null)).rejects.toThrow(/endorsement_approved_has_an_organization/);
  });

  it('an entry keeps its organization after its approval is undone', async () => {
    const { known, reviewer, waiting } = await aKnownOrganization();
    await decide(reviewer, approve(waiting.id, known.organizationId!));
    await decide(reviewer, { step: 'take_back', id: waiting.id, version: 2 });
    expect(await decide(reviewer, approve(waiting.id, undefined, 3))).toEqual({ ok: true });
    expect((await organizationOf(waiting.id))!.id).toBe(known.organizationId);
  });

  it('an entry linked to the wrong organization gets a new one when it is approved again as one', async () => {
    const { known, reviewer, waiting } = await aKnownOrganization();
    await decide(reviewer, approve(waiting.id, known.organizationId!));
    await decide(reviewer, { step: 'take_back', id: waiting.id, version: 2 });
    const again = decisionSchema.parse({
      step: 'approve',
      id: waiting.id,
      version: '3',
      organization: '',
    });
    expect(await decide(reviewer, again)).toEqual({ ok: true });
    expect((await organizationOf(waiting.id))!.id).not.toBe(known.organizationId);
  });

  it('two organizations with one mail address are two entries on the list with one contact', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    const representativeEmail = anAddress('secretariat');
    for (const nameEn of ['Peace Bridge', 'Harbour Watch'])
      await endorse(letter.slug, aSignUp({ nameJa: '', reading: '', nameEn, representativeEmail }));
    for (const mail of await mailsTo(representativeEmail))
      expect(await confirm(tokenOf(mail), 1)).toMatchObject({ ok: true });
    const entries = await db().endorsement.findMany({ where: { letterId: letter.id } });
    for (const { id, version } of entries)
      expect(await decide(reviewer, approve(id, undefined, version))).toEqual({ ok: true });
    expect(await publicCounts(letter.id)).toMatchObject({ total: 2 });
    const contacts = await db().contact.findMany({
      where: { emailKey: representativeEmail },
      include: { organizations: true },
    });
    expect(contacts).toHaveLength(1);
    expect(contacts[0]!.organizations).toHaveLength(2);
  });
});
