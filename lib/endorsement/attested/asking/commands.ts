/** Asks the addresses of attested endorsements whether their organizations have signed (ADR 42). */
import { randomUUID } from 'node:crypto';
import { contactOf } from '@/lib/letter/contact';
import { titledFields, titleIn } from '@/lib/letter/rules';
import { storedNames, type Names } from '@/lib/organization/names';
import type { Db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import type { Visibility } from '@/lib/platform/db/generated/enums';
import { insertAll } from '@/lib/platform/db/insert-all';
import { env } from '@/lib/platform/env';
import type { Language } from '@/lib/platform/languages';
import { ATTESTED_LINK_DAYS } from '@/lib/platform/limits';
import { addressKey } from '@/lib/platform/mail/address';
import type { MailProps } from '@/lib/platform/mail/kinds';
import { enqueue } from '@/lib/platform/mail/outbox';
import { hashToken, newToken, seal } from '@/lib/platform/tokens';

/** What the question says of its letter. */
export const askingFields = {
  ...titledFields,
  id: true,
  slug: true,
  timeZone: true,
  contactEmail: true,
} as const satisfies Prisma.LetterSelect;

type AskingLetter = Prisma.LetterGetPayload<{ select: typeof askingFields }>;

/** An endorsement whose address is asked. */
export interface AskedEntry extends Names {
  id: string;
  email: string;
  language: Language;
  visibility: Visibility;
}

/** How it signed, as the coordinators say. */
export type SignedBy = MailProps['confirm_attested']['kind'];

const expiry = (now: Date) => new Date(now.getTime() + ATTESTED_LINK_DAYS * 24 * 3_600_000);

function questionProps(
  letter: AskingLetter,
  kind: SignedBy,
  { language, visibility, ...names }: AskedEntry,
  expiresAt: Date,
): MailProps['confirm_attested'] {
  return {
    letterSlug: letter.slug,
    letterTitle: titleIn(letter, language),
    contact: contactOf(letter),
    organization: storedNames(names, visibility).names,
    withheld: visibility === 'withheld',
    kind,
    expiresAt: expiresAt.toISOString(),
    timeZone: letter.timeZone,
  };
}

/** Asks the addresses of new attested entries, in two statements however many they are. */
export async function ask(
  tx: Db,
  letter: AskingLetter,
  kind: SignedBy,
  entries: readonly AskedEntry[],
  now: Date,
): Promise<void> {
  const expiresAt = expiry(now);
  // As mails about decisions, so that none leaves of what is taken back soon.
  const sendAfter = new Date(now.getTime() + env().DECISION_MAIL_DELAY_SECONDS * 1_000);
  const asked = entries.map((entry) => ({ entry, token: newToken() }));
  await insertAll(
    tx,
    'attested_question',
    asked.map(({ entry: { id }, token }) => ({
      endorsement_id: id,
      token_hash: hashToken(token),
      expires_at: expiresAt,
    })),
  );
  await insertAll(
    tx,
    'mail',
    asked.map(({ entry, token }) => ({
      id: randomUUID(),
      kind: 'confirm_attested',
      to: entry.email,
      to_key: addressKey(entry.email),
      language: entry.language,
      props: questionProps(letter, kind, entry, expiresAt),
      sealed_token: seal(token, env().APP_SECRET),
      letter_id: letter.id,
      endorsement_id: entry.id,
      send_after: sendAfter,
    })),
  );
}

/** Asks the address of an entry once more that has been asked; only the new link works from then on. */
export async function askAgain(
  tx: Db,
  letter: AskingLetter,
  kind: SignedBy,
  entry: AskedEntry,
  now: Date = new Date(),
): Promise<void> {
  const [token, expiresAt] = [newToken(), expiry(now)];
  const { count } = await tx.attestedQuestion.updateMany({
    where: { endorsementId: entry.id },
    data: { tokenHash: hashToken(token), expiresAt },
  });
  if (count === 0) return;
  await enqueue(tx, {
    kind: 'confirm_attested',
    to: entry.email,
    language: entry.language,
    letterId: letter.id,
    endorsementId: entry.id,
    props: questionProps(letter, kind, entry, expiresAt),
    token,
  });
}
