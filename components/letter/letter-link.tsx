import type { Language } from '@/lib/platform/languages';
import { fullTitle } from '@/lib/letter/rules';
import { Link } from '@/lib/platform/i18n/navigation';

/** Link to a letter, with its title marked as its language. */
export function LetterLink({
  slug,
  text,
}: {
  slug: string;
  text: { language: Language; title: string; subject: string | null };
}) {
  return (
    <Link
      href={`/letters/${slug}`}
      prefetch={false}
      lang={text.language}
      className="inline-block font-serif text-lg/snug"
    >
      {fullTitle(text)}
    </Link>
  );
}
