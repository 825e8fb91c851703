import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { sha256 } from '@/lib/platform/canonical-json';
import type { Language } from '@/lib/platform/languages';
import { DRAFT_NAMES, DRAFTS } from '@/lib/platform/limits';
import { keepDraft, leaseDraft, leaveDraft, refuseDraft, type DraftLease } from './drafts/commands';
import { keptDraft, type Draft, type DraftKey } from './drafts/queries';
import { draftFileOf } from './files';
import { typesettingProblem } from './pdf/typesetter';
import { presentLetter, printedNames } from './queries';

export type DraftFormat = DraftKey['format'];

/**
 * `too-large`: it could not be typeset within the limits; `busy`: another server process is making
 * it, for longer than a reader waits.
 */
type Result = Draft | 'too-many-signatories' | 'too-large' | 'busy' | null;

/** Requests of this server process that wait for a file share one look at the database. */
const asking = new LRUCache<string, Promise<Result>>({ max: 100 });

/** Makes a draft that this process has leased, and keeps it for all. */
async function made(key: DraftKey, lease: DraftLease): Promise<Result> {
  const { format, letterId, language } = key;
  try {
    const letter = await presentLetter(letterId);
    const text = letter?.texts[language];
    if (!letter || !text) {
      await leaveDraft(lease);
      return null;
    }
    const bytes = await draftFileOf(format, letter, text, language);
    const draft = { bytes, sha256: sha256(bytes), title: text.title };
    await keepDraft(lease, letter.version, draft);
    return draft;
  } catch (error) {
    const problem = typesettingProblem(error);
    if (problem !== 'too-long' && problem !== 'too-big') {
      await leaveDraft(lease);
      throw error;
    }
    // Would fail again for the next stranger.
    await refuseDraft(lease, key.version);
    return 'too-large';
  }
}

/** The draft that is kept, or that this or another server process makes meanwhile. */
async function found(key: DraftKey): Promise<Result> {
  // Counted before anything is read, because reading 100,000 names is slow in itself.
  if ((await printedNames(key.letterId)) > DRAFT_NAMES) return 'too-many-signatories';
  const until = performance.now() + DRAFTS.waitMs;
  for (;;) {
    const kept = await keptDraft(key);
    if (kept) return kept;
    const lease = await leaseDraft(key);
    if (lease) return made(key, lease);
    if (performance.now() > until) return 'busy';
    await sleep(DRAFTS.pollMs);
  }
}

/**
 * The letter with its current list as a PDF or Word file marked as a draft; null if it has no text in
 * `language`, and refused beyond `DRAFT_NAMES` names. Making it is expensive and anybody may request
 * it, so it is made once a public version, whoever asks which server process how often (ADR 62).
 * @throws {TypesettingError}
 */
export function draftFile(
  format: DraftFormat,
  letter: { letterId: string; version: number },
  language: Language,
): Promise<Result> {
  const key = { format, language, ...letter };
  const name = JSON.stringify(key);
  const shared = asking.get(name);
  if (shared) return shared;
  const result = found(key).finally(() => asking.delete(name));
  asking.set(name, result);
  return result;
}
