/** The receipt that an organization downloads from its own page. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { deliver } from '@/lib/delivery/commands';
import { typesetter } from '@/lib/delivery/pdf/typesetter';
import { receiptFile } from '@/lib/delivery/receipt/file';
import { correctRepresentative, withdraw, withhold } from '@/lib/endorsement/entry/commands';
import { replaceEntryLinks } from '@/lib/endorsement/entry/links/commands';
import { decide } from '@/lib/endorsement/review/commands';
import { db } from '@/lib/platform/db/client';
import { newToken } from '@/lib/platform/tokens';
import { GET } from '@/app/[locale]/entry/receipt.pdf/[token]/route';
import { answerRequest } from '@/lib/revision/reaffirmation/commands';
import { revisionOf } from '@/lib/revision/queries';
import { asSeen, hashOf } from '@/tests/support/delivery';
import {
  aColleague,
  aLetter,
  anEndorsement,
  anEntryLink,
  anOwner,
  aReviewer,
  someParts,
} from '@/tests/support/factories';
import { dense, expectInOrder } from '@/tests/support/pdf-letters';
import { pdfText } from '@/tests/support/pdf-text';
import { askedToken, publishAs, write } from '@/tests/support/publishing';

vi.setConfig({ testTimeout: 60_000 });
afterEach(() => vi.restoreAllMocks());

const ORIGIN = 'https://letters.example';

async function anEntry(
  over: Parameters<typeof anEndorsement>[1] = {},
  of?: Awaited<ReturnType<typeof aLetter>>,
) {
  const letter = of ?? (await aLetter());
  const endorsement = await anEndorsement(letter.id, over);
  return { letter, ...endorsement, token: await anEntryLink(endorsement.id) };
}

const receipt = async (token: string, language = 'en') =>
  pdfText((await receiptFile(token, language, ORIGIN))!.bytes);

/** A receipt's text without white space. */
const read = async (token: string, language = 'en') =>
  dense((await receipt(token, language)).pages.join('\n'));

describe('a receipt', () => {
  test('says what was signed, by whom and when, with every text of the revision', async () => {
    const letter = await aLetter({
      texts: {
        en: someParts({ title: 'An open letter', body: 'We ask for peace[^1].\n\n[^1]: A note.' }),
        ja: someParts({ title: '公開書簡', body: '平和を求めます[^1]。\n\n[^1]: 注記です。' }),
      },
    });
    const { id, token } = await anEntry(
      {
        submittedAt: new Date('2026-04-01T05:06:00Z'),
        representativeName: 'Hana Peace',
        representativeRole: 'Director',
        country: 'FR',
      },
      letter,
    );
    await decide(await aReviewer(letter), { id, version: 1, step: 'approve', organization: null });
    const pdf = await receipt(token);
    expect(pdf).toMatchObject({
      title: 'Endorsement receipt',
      language: 'en-GB',
      accessible: true,
    });
    const { hash } = (await revisionOf(letter.id, 1))!;
    expectInOrder(dense(pdf.pages.join('\n')), [
      'Endorsement receipt',
      'Approved on',
      'An open letter',
      '公開書簡',
      `${ORIGIN}/en/letters/${letter.slug}`,
      'Tokyo Peace Group',
      '東京平和の会',
      'France',
      'By name, in the list of signatories',
      'Hana Peace',
      'Director',
      'Signed',
      'April 1, 2026 at 2:06 PM, by the organization',
      'Confirmed by e-mail',
      'Approved',
      'by the coordinators',
      'Revision 1, published on',
      `SHA-256 ${hash}`,
      'All times are those of Japan Standard Time.',
      'Revision 1 of the text, English (authoritative)',
      'We ask for peace',
      'A note.',
      'Revision 1 of the text, Japanese',
      '平和を求めます',
      '注記です。',
    ]);
    expect(pdf.links).toContain(`${ORIGIN}/en/letters/${letter.slug}/revisions/1`);
    expect(pdf.pages.join('')).not.toContain('Delivered');
  });

  test('is in the language of the page', async () => {
    const { token } = await anEntry();
    const pdf = await receipt(token, 'ja');
    expect(pdf).toMatchObject({ title: '賛同の控え', language: 'ja-JP' });
    const text = dense(pdf.pages.join(''));
    expect(text).toContain('に確定しました。事務局の審査はまだ済んでいません。');
    expect(text).toContain('時刻はすべて日本標準時です。');
    expect(text).toContain(`/ja/letters/`);
  });

  test('says that the organization withdrew, and that it was declined', async () => {
    const { letter, id, token } = await anEntry();
    await decide(await aReviewer(letter), { id, version: 1, step: 'approve', organization: null });
    expect(await read(token)).toContain('Approvedon');
    expect(await withdraw(token, null)).toMatchObject({ ok: true });
    expect(await read(token)).toContain('Withdrawnbytheorganizationon');
    const declined = await anEntry();
    await decide(await aReviewer(declined.letter), {
      id: declined.id,
      version: 1,
      step: 'decline',
      reason: 'out_of_scope',
      note: null,
    });
    expect(await read(declined.token)).toContain('Notaddedtothelistofsignatories.Decidedon');
  });

  test('says that the name is withheld, and whether each delivery names it', async () => {
    const { letter, token } = await anEntry({ state: 'approved' });
    await deliver(await anOwner(letter), await asSeen(letter.slug));
    expect(await withhold(token)).toMatchObject({ ok: true });
    await deliver(await anOwner(letter), await asSeen(letter.slug));
    const text = await read(token);
    expect(text).toContain('Countedonly;thenameisnotpublished');
    expectInOrder(text, [
      'Delivery 2, on',
      'Counted, not named',
      'Delivery 1, on',
      'By name',
      `${ORIGIN}/en/letters/${letter.slug}/deliveries/1`,
    ]);
    const deliveries = await db().delivery.findMany({ where: { letterId: letter.id } });
    expect(deliveries).toHaveLength(2);
    for (const { canonical } of deliveries) expect(text).toContain(`SHA-256${hashOf(canonical)}`);
  });

  test('has the text that was signed, and the one that was reaffirmed', async () => {
    const { letter, email, token } = await anEntry({ state: 'approved' });
    await write(letter, { body: 'Another text.' });
    await publishAs(await anOwner(letter), 'substance');
    expect(await read(token)).not.toContain('Anothertext.');
    expect(await answerRequest(await askedToken(email), 'affirmed', 2)).toMatchObject({ ok: true });
    expectInOrder(await read(token), [
      'Signed Revision 1',
      'Reaffirmed since Revision 2',
      'Revision 1 of the text',
      'Revision 2 of the text',
      'Another text.',
    ]);
  });

  test('names all representatives', async () => {
    const { id, token } = await anEntry({ representativeName: 'Hana Peace' });
    await aColleague(id, new Date(), { name: 'Second Person' });
    const said = await read(token);
    for (const name of ['HanaPeace', 'SecondPerson']) expect(said).toContain(name);
  });

  test('sets names of any length and script within the page', async () => {
    const { token } = await anEntry({
      nameJa: '長'.repeat(195),
      nameEn: `${'Verylongname'.repeat(16)} منظمة العفو 한국참여연대`,
      representativeName: 'W'.repeat(190),
    });
    const pdf = await receipt(token);
    expect(dense(pdf.pages.join(''))).toContain('長'.repeat(195));
    expect(dense(pdf.pages.join(''))).toContain('한국참여연대');
    expect(pdf.rightmost).toBeLessThan(595 - 60);
    expect(pdf.accessible).toBe(true);
  });

  test('is made once for requests at the same time, and anew when it says something else', async () => {
    const { token } = await anEntry();
    const set = vi.spyOn(typesetter(), 'set');
    const files = await Promise.all(
      Array.from({ length: 20 }, () => receiptFile(token, 'en', ORIGIN)),
    );
    expect(new Set(files.map((file) => hashOf(file!.bytes))).size).toBe(1);
    expect(set).toHaveBeenCalledTimes(1);
    await correctRepresentative(token, {
      representativeName: 'Another Person',
      representativeRole: 'Chair',
    });
    expect(await read(token)).toContain('AnotherPerson');
    expect(set).toHaveBeenCalledTimes(2);
  });
});

const get = (token: string, locale = 'en') =>
  GET(new Request(`${ORIGIN}/${locale}/entry/receipt.pdf/${token}`), {
    params: Promise.resolve({ locale, token }),
  });

describe('a request for a receipt', () => {
  test('gets the file, which nobody keeps, with a name in the language of the page', async () => {
    const { letter, token } = await anEntry();
    const response = await get(token, 'ja');
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex, nofollow',
    });
    const disposition = response.headers.get('content-disposition')!;
    expect(disposition).toContain(`attachment; filename="${letter.slug}-receipt-ja.pdf"`);
    expect(decodeURIComponent(disposition)).toContain("UTF-8''A letter (賛同の控え).pdf");
    expect((await get(token)).headers.get('content-disposition')).toContain(
      'endorsement%20receipt',
    );
  });

  test('is sent to the page that says why there is none', async () => {
    const submitted = await anEntry({ state: 'submitted' });
    const replaced = await anEntry();
    await replaceEntryLinks(replaced.token, 'en');
    for (const token of [submitted.token, replaced.token, newToken()]) {
      const response = await get(token);
      expect([response.status, response.headers.get('location')]).toEqual([
        303,
        `/en/entry/${token}`,
      ]);
    }
    expect((await get('nonsense')).headers.get('location')).toBe('/en/entry/unknown');
  });

  test('is asked to try again when many letters are being typeset, and then succeeds', async () => {
    const { token } = await anEntry();
    const busy = Object.assign(new Error('busy'), {
      name: 'TypesettingError(busy)',
      problem: 'busy',
    });
    vi.spyOn(typesetter(), 'set').mockRejectedValueOnce(busy);
    const response = await get(token);
    expect([response.status, response.headers.get('location')]).toEqual([
      303,
      `/en/entry/${token}?failed=busy`,
    ]);
    expect((await get(token)).status).toBe(200);
  });
});
