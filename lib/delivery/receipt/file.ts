import { LRUCache } from 'lru-cache';
import { hex, sha256 } from '@/lib/platform/canonical-json';
import { preferred, type Language } from '@/lib/platform/languages';
import { RECEIPT_MINUTES, TYPESETTING } from '@/lib/platform/limits';
import { receiptPdf } from '../pdf';
import { receiptOf } from './queries';
import { printedReceipt } from './receipt';

/** The PDF of a receipt, with what its file name is made from. */
export interface ReceiptFile {
  bytes: Uint8Array<ArrayBuffer>;
  slug: string;
  /** The letter's title, in the language of the receipt if it has one. */
  title: string;
}

/**
 * Keyed by all that the receipt says but when it was made. Holds promises, so that simultaneous
 * requests share one run.
 */
const cache = new LRUCache<string, Promise<Uint8Array<ArrayBuffer>>>({
  max: 24,
  ttl: RECEIPT_MINUTES * 60_000,
});

/**
 * The receipt of the entry that the private link with `token` opens, as a PDF; null if it opens
 * none. Making it is expensive and a link can be opened any number of times, so it is made anew
 * only when it says something else.
 * @throws {TypesettingError}
 */
export async function receiptFile(
  token: string,
  language: Language,
  origin: string,
): Promise<ReceiptFile | null> {
  const receipt = await receiptOf(token);
  if (!receipt) return null;
  const { entry } = receipt;
  const key = hex(sha256(JSON.stringify([entry.id, language, origin, receipt])));
  let made = cache.get(key);
  if (!made) {
    made = receiptPdf(
      printedReceipt(receipt, language, { origin, now: new Date() }),
      TYPESETTING.draft,
    );
    cache.set(key, made);
    made.catch(() => cache.delete(key));
  }
  return {
    bytes: await made,
    slug: entry.letterSlug,
    title: preferred(entry.letterTitles, language)?.said.title ?? '',
  };
}
