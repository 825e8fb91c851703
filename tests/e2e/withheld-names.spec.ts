import { anAddress, expect, test } from '@/tests/support/e2e';
import { aLetterIn, anEntryLinkIn } from '@/tests/support/factories';
import { pdfText } from '@/tests/support/pdf-text';
import { newToken, hashToken } from '@/lib/platform/tokens';
import { wordLines } from '@/tests/support/word-text';

const CANARY = 'Canarysecret Fellowship';

test('a withheld name is in no public answer, no page of an observer, no mail to others and no log', async ({
  product,
}) => {
  test.setTimeout(120_000);
  const letter = await aLetterIn(product.db);
  const { url, db } = product;
  let log = '';
  product.server.process.stdout!.on('data', (chunk) => (log += chunk));
  const errorsBefore = product.server.errors().length;
  const address = anAddress('holder');
  const signUp = async (over: Record<string, unknown>) =>
    fetch(`${url}/api/letters/${letter.slug}/endorsements`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        nameEn: CANARY,
        website: '',
        country: 'JP',
        representativeName: 'A',
        representativeRole: 'A',
        representativeEmail: address,
        visibility: 'withheld',
        mayEndorse: true,
        privacyConsent: true,
        language: 'en',
        ...over,
      }),
    });
  const accepted = await signUp({});
  expect(accepted.ok).toBe(true);
  // Refused, with the name among what was sent.
  const refused = await signUp({ country: 'nowhere' });
  expect(refused.ok).toBe(false);
  expect((await product.mailTo(address)).text).toContain(CANARY);

  const entry = await db.endorsement.findFirstOrThrow({ where: { letterId: letter.id } });
  await db.endorsement.update({
    where: { id: entry.id },
    data: {
      state: 'approved',
      verifiedAt: new Date(),
      organization: { create: { country: 'JP' } },
    },
  });
  await db.letter.update({ where: { id: letter.id }, data: { publicVersion: { increment: 1 } } });
  const observer = anAddress('observer');
  const token = newToken();
  await db.coordinator.create({
    data: {
      email: observer,
      roles: { create: { letterId: letter.id, role: 'observer' } },
      sessions: {
        create: { tokenHash: hashToken(token), expiresAt: new Date(Date.now() + 3_600_000) },
      },
    },
  });

  const link = await anEntryLinkIn(db, entry.id);

  const open = `letters/${letter.slug}`;
  const api = `api/letters/${letter.slug}`;
  const review = `en/admin/letters/${letter.slug}`;
  for (const path of [
    ...['ja', 'en'].flatMap((language) => [
      `${language}/${open}`,
      `${language}/${open}/signatories/search?q=canarysecret`,
      `${language}/${open}/endorse`,
      `${language}/${open}/feed.xml`,
      `${language}/feed.xml`,
      // What the organization shares.
      `${language}/entry/share/${link}`,
      `${language}/entry/picture.png/${link}`,
      language,
    ]),
    api,
    `${api}/signatories`,
    `${api}/letter.pdf?language=en`,
    `${api}/letter.docx?language=en`,
    `${api}/picture.png?language=en`,
    review,
    `${review}/review?state=all`,
    `${review}/review?state=all&q=canarysecret`,
    `${review}/review?state=all&entry=${entry.id}`,
  ]) {
    const response = await fetch(`${url}/${path}`, {
      headers: { Cookie: `next-auth.session-token=${token}` },
      redirect: 'manual',
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    const type = response.headers.get('content-type') ?? '';
    const text = type.includes('pdf')
      ? JSON.stringify(await pdfText(bytes))
      : type.includes('officedocument')
        ? (await wordLines(bytes)).join('\n')
        : Buffer.from(bytes).toString('latin1');
    expect(response.status, path).toBe(200);
    // The entry is there, without its name.
    if (/^(ja|en).letters.[^/]+$/.test(path)) expect(text).toContain('id="signatories"');
    if (path.includes('/share/')) expect(text).toContain('<textarea');
    if (path.includes('entry=')) expect(text).toContain('aria-current');
    // What was searched for stands in the field again.
    const searched = text.replace(/canarysecret(?! fellowship)/g, '');
    const said = `${JSON.stringify([...response.headers])} ${searched}`;
    expect(/canarysecret/i.test(said), path).toBe(false);
  }
  expect(log + product.server.errors().slice(errorsBefore)).not.toMatch(/canarysecret/i);
});
