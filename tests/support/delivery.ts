import { createHash } from 'node:crypto';
import type { ToDeliver } from '@/lib/delivery/schema';
import { db } from '@/lib/platform/db/client';
import type { Pieces } from '@/lib/platform/http';
import { publicLetter } from '@/lib/signatories/public-letter/queries';
import { aLetter, anEndorsement, anOwner } from './factories';

/** The delivery form's input for the letter's current state, by default. */
export async function asSeen(slug: string, over: Partial<ToDeliver> = {}): Promise<ToDeliver> {
  const { version } = (await publicLetter(slug))!;
  return {
    tally: 'final',
    round: null,
    label: {},
    addressee: { en: 'The Minister' },
    seen: { version },
    tells: false,
    ...over,
  };
}

/** An endorsement on the list with only an English name. */
export const approved = (
  letterId: string,
  nameEn: string,
  over: Parameters<typeof anEndorsement>[1] = {},
) => anEndorsement(letterId, { nameJa: null, reading: null, nameEn, state: 'approved', ...over });

/** A letter that three organizations endorse, one of them unnamed. */
export async function aSignedLetter() {
  const letter = await aLetter();
  const owner = await anOwner(letter);
  const [alpha, beta, unnamed] = [
    await approved(letter.id, 'Alpha', { coordinating: true }),
    await approved(letter.id, 'Beta'),
    await approved(letter.id, 'Secret', { visibility: 'withheld' }),
  ];
  return { letter, owner, alpha, beta, unnamed };
}

/** A SHA-256 in hexadecimal, computed independently of the product. */
export const hashOf = (data: string | Uint8Array) =>
  createHash('sha256').update(data).digest('hex');

/**
 * The immutable data of a delivery: its canonical JSON and hash, and each file's computed and
 * stored hash.
 */
export async function frozen(letterId: string, number: number) {
  const [row, files] = await Promise.all([
    db().delivery.findUniqueOrThrow({ where: { letterId_number: { letterId, number } } }),
    db().deliveryFile.findMany({
      where: { letterId, number },
      orderBy: [{ name: 'asc' }, { language: 'asc' }],
    }),
  ]);
  return {
    canonical: row.canonical,
    hash: Buffer.from(row.hash).toString('hex'),
    files: files.map((file) => [
      file.name,
      file.language,
      hashOf(file.bytes),
      Buffer.from(file.sha256).toString('hex'),
    ]),
  };
}

/** All of a body that is read in pieces. */
export async function wholeOf({ pieces }: Pieces): Promise<Buffer> {
  const read: Buffer[] = [];
  for await (const piece of pieces()) read.push(Buffer.from(piece));
  return Buffer.concat(read);
}
