import { db } from '@/lib/platform/db/client';
import type { LetterAccess } from '@/lib/coordinator/access';
import { listSettings, type ListSettings } from './list-settings';
import type { Language } from '@/lib/letter/text/content';
import { isSlug, letterStatus, loneTitle, textFor, titledFields } from './rules';

/** What signing needs to know of a letter, or null when there is none. */
export async function findLetter(slug: string) {
  if (!isSlug(slug)) return null;
  const letter = await db().letter.findUnique({
    where: { slug },
    select: {
      ...titledFields,
      id: true,
      slug: true,
      opensAt: true,
      closesAt: true,
      archivedAt: true,
      pausedAt: true,
      afterClosing: true,
      timeZone: true,
      revision: true,
      bindingRevision: true,
      listSettings: true,
    },
  });
  return letter && { ...letter, listSettings: listSettings(letter.listSettings) };
}

/** The address of the letter which once had `slug`; null when none had it, and while the letter has not opened: nobody is to learn of it. */
export async function movedTo(slug: string): Promise<string | null> {
  if (!isSlug(slug)) return null;
  const retired = await db().retiredSlug.findUnique({
    where: { slug },
    select: { letter: { select: { slug: true, opensAt: true, closesAt: true, archivedAt: true } } },
  });
  return retired && letterStatus(retired.letter, new Date()) !== 'draft'
    ? retired.letter.slug
    : null;
}

export interface ManagedLetter {
  id: string;
  slug: string;
  /** As coordinators know it: of the text they write at, in the reader's language where there is one. */
  title: string;
  titleLanguage: Language;
  authoritativeLanguage: Language;
  date: Date;
  timeZone: string;
  opensAt: Date | null;
  firstTallyAt: Date | null;
  firstTallyLabel: Record<Language, string | null>;
  closesAt: Date | null;
  closesLabel: Record<Language, string | null>;
  archivedAt: Date | null;
  pausedAt: Date | null;
  afterClosing: 'refused' | 'added';
  /** Newest published revision; null: nothing is published. */
  revision: number | null;
  bindingRevision: number | null;
  delivery: number | null;
  /** Grows with every change the public can see. */
  publicVersion: number;
  listSettings: ListSettings;
}

/** The letter that a coordinator works on, for every page of the tool. */
export async function managedLetter(
  authority: LetterAccess,
  reader: Language,
): Promise<ManagedLetter> {
  const { texts, firstTallyLabelJa, firstTallyLabelEn, closesLabelJa, closesLabelEn, ...letter } =
    await db().letter.findUniqueOrThrow({
      where: { id: authority.letterId },
      select: {
        id: true,
        slug: true,
        authoritativeLanguage: true,
        date: true,
        timeZone: true,
        opensAt: true,
        firstTallyAt: true,
        firstTallyLabelJa: true,
        firstTallyLabelEn: true,
        closesAt: true,
        closesLabelJa: true,
        closesLabelEn: true,
        archivedAt: true,
        pausedAt: true,
        afterClosing: true,
        revision: true,
        bindingRevision: true,
        delivery: true,
        publicVersion: true,
        listSettings: true,
        texts: { select: { language: true, title: true } },
      },
    });
  const text = textFor(texts, reader, letter.authoritativeLanguage);
  return {
    ...letter,
    title: text?.title ? loneTitle(text.title) : letter.slug,
    titleLanguage: text?.language ?? reader,
    firstTallyLabel: { ja: firstTallyLabelJa, en: firstTallyLabelEn },
    closesLabel: { ja: closesLabelJa, en: closesLabelEn },
    listSettings: listSettings(letter.listSettings),
  };
}
