import type { Language } from '@/lib/platform/languages';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Notice } from '@/components/ui/notice';
import { letterStatus, type LetterTimes } from '@/lib/letter/rules';
import { Link } from '@/lib/platform/i18n/navigation';
import { may, type Standing } from '@/lib/coordinator/permissions';
import { SECTION_ACTS, SECTIONS, sectionPath, type Section } from './sections';
import { BackToLetters } from './back-to-letters';

export interface ShellLetter extends LetterTimes {
  slug: string;
  title: string;
  titleLanguage: Language;
}

/** Links to the admin pages of a letter that a role may open. */
export function LetterNavigation({
  slug,
  current,
  isSubpage = false,
  role,
}: {
  slug: string;
  /** The page, or the one that a subpage belongs to. */
  current: Section;
  isSubpage?: boolean;
  role: Standing;
}) {
  const t = useTranslations('admin');
  const sections = SECTIONS.filter((section) => may(role, SECTION_ACTS[section]));
  return (
    <nav aria-label={t('sections.label')}>
      <ul className="flex flex-wrap gap-x-4 border-b border-line text-sm whitespace-nowrap sm:gap-x-5">
        {sections.map((section) => (
          <li key={section}>
            <Link
              href={sectionPath(slug, section)}
              prefetch={false}
              aria-current={section === current ? (isSubpage ? 'true' : 'page') : undefined}
              className="inline-flex min-h-10 items-center border-b-2 border-transparent text-ink no-underline hover:border-edge aria-[current]:border-indigo aria-[current]:font-semibold"
            >
              {t(`sections.${section}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The layout of a letter's admin page: title, navigation, and a notice of the last action. */
export function LetterShell({
  letter,
  current,
  role = 'owner',
  title,
  lead,
  done,
  wide = false,
  children,
}: {
  letter: ShellLetter;
  current: Section;
  /** The current user's role. */
  role?: Standing;
  /** The heading of a subpage of a section. */
  title?: string;
  /** One sentence about the purpose of the page. */
  lead?: ReactNode;
  /** Notice of the last action, announced once. */
  done?: ReactNode;
  /** Wide enough for two columns. */
  wide?: boolean;
  children: ReactNode;
}) {
  const t = useTranslations('admin');
  return (
    <div className="mx-auto max-w-page px-5 pb-20 sm:px-8">
      <p className="flex flex-wrap items-center justify-between gap-x-4 print:hidden">
        <BackToLetters />
        {letterStatus(letter, new Date()) !== 'draft' && (
          <Link
            href={`/letters/${letter.slug}`}
            prefetch={false}
            className="inline-flex min-h-8 items-center text-[0.8125rem] text-quiet"
          >
            {t('publicPage')}
          </Link>
        )}
      </p>
      <p
        lang={letter.titleLanguage}
        className="font-serif text-lg/[1.35] font-semibold text-balance [word-break:auto-phrase]"
      >
        {letter.title}
      </p>
      <div className="mt-1 print:hidden">
        <LetterNavigation
          slug={letter.slug}
          current={current}
          isSubpage={title !== undefined}
          role={role}
        />
      </div>
      <div className={wide ? 'mt-6' : 'mt-6 max-w-3xl'}>
        <h1 className="font-serif text-2xl font-semibold">{title ?? t(`sections.${current}`)}</h1>
        {lead && <p className="mt-2 max-w-prose text-quiet">{lead}</p>}
        {done && (
          <div className="mt-4">
            <Notice announce>{done}</Notice>
          </div>
        )}
        <div className="mt-8 space-y-12">{children}</div>
      </div>
    </div>
  );
}
