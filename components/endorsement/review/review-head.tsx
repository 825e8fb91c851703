import { may, type Standing } from '@/lib/coordinator/permissions';
import type { Language } from '@/lib/platform/languages';
import { useTranslations } from 'next-intl';
import { loneTitle } from '@/lib/letter/rules';
import { Link } from '@/lib/platform/i18n/navigation';
import { LetterNavigation } from '@/components/admin/letter-shell';
import { BackToLetters } from '@/components/admin/back-to-letters';
import { Shortcuts } from './shortcuts';

export interface ReviewedLetter {
  slug: string;
  title: string;
  titleLanguage: Language;
  /** Whether the letter is public. */
  isPublic: boolean;
}

/** The title of the reviewed letter and the current user's role. */
export function ReviewHead({
  letter,
  reader,
}: {
  letter: ReviewedLetter;
  reader: { email: string; role: Standing };
}) {
  const t = useTranslations('endorsement.review');
  const roles = useTranslations('coordinator.roles');
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 text-[0.8125rem] text-quiet">
        <span className="mr-auto">
          <BackToLetters />
        </span>
        <span className="[overflow-wrap:anywhere] max-sm:hidden">
          {reader.email} · {roles(reader.role)}
        </span>
        {letter.isPublic && (
          <Link
            href={`/letters/${letter.slug}`}
            prefetch={false}
            className="inline-flex min-h-8 items-center"
          >
            {t('queue.publicPage')}
          </Link>
        )}
        {may(reader.role, 'attest') && (
          <Link
            href={`/admin/letters/${letter.slug}/attest`}
            prefetch={false}
            className="inline-flex min-h-8 items-center"
          >
            {t('attest.link')}
          </Link>
        )}
        {may(reader.role, 'exportContacts') && (
          <Link
            href={`/admin/letters/${letter.slug}/contacts`}
            prefetch={false}
            className="inline-flex min-h-8 items-center"
          >
            {t('contacts.link')}
          </Link>
        )}
        <Shortcuts />
      </div>
      <h1
        lang={letter.titleLanguage}
        className="font-serif text-lg/[1.35] font-semibold lg:text-xl/[1.35]"
      >
        {loneTitle(letter.title)}
      </h1>
      <div className="mt-1">
        <LetterNavigation slug={letter.slug} current="review" role={reader.role} />
      </div>
    </>
  );
}
