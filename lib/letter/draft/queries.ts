import type { Owner } from '@/lib/coordinator/access';
import { db } from '@/lib/platform/db/client';
import type { Language } from '@/lib/platform/languages';
import { hashToken, isToken } from '@/lib/platform/tokens';
import { letterStatus } from '../rules';
import { contentOf, type LetterContent } from '../text/content';

/** A draft link for coordinators, without its token, which is not stored. */
export interface DraftLinkRow {
  id: string;
  label: string;
  by: string;
  createdAt: Date;
  expiresAt: Date;
  state: 'works' | 'expired' | 'revoked';
}

/** A letter's draft links, newest first. */
export async function draftLinks(owner: Owner): Promise<DraftLinkRow[]> {
  const rows = await db().draftLink.findMany({
    where: { letterId: owner.letterId },
    orderBy: { createdAt: 'desc' },
    select: {
      id: true,
      label: true,
      createdAt: true,
      expiresAt: true,
      revokedAt: true,
      createdBy: { select: { email: true } },
    },
  });
  return rows.map(({ createdBy, revokedAt, ...row }) => ({
    ...row,
    by: createdBy.email,
    state: revokedAt ? 'revoked' : row.expiresAt <= new Date() ? 'expired' : 'works',
  }));
}

/** The content of a draft link's page. */
export interface SharedDraft {
  slug: string;
  authoritativeLanguage: Language;
  timeZone: string;
  /** Whether the letter has opened, in which case the page links to the public one. */
  opened: boolean;
  expiresAt: Date;
  texts: (LetterContent & { language: Language })[];
}

/** The draft for a link's token, or null if the link is unknown, expired or revoked. */
export async function sharedDraft(token: string): Promise<SharedDraft | null> {
  if (!isToken(token)) return null;
  const link = await db().draftLink.findFirst({
    where: { tokenHash: hashToken(token), revokedAt: null, expiresAt: { gt: new Date() } },
    select: {
      expiresAt: true,
      letter: {
        select: {
          slug: true,
          authoritativeLanguage: true,
          timeZone: true,
          opensAt: true,
          closesAt: true,
          archivedAt: true,
          texts: true,
        },
      },
    },
  });
  if (!link) return null;
  const { slug, authoritativeLanguage, timeZone, texts, ...times } = link.letter;
  return {
    slug,
    authoritativeLanguage,
    timeZone,
    opened: letterStatus(times, new Date()) !== 'draft',
    expiresAt: link.expiresAt,
    texts: texts.map((text) => ({ language: text.language, ...contentOf(text) })),
  };
}
