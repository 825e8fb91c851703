import { fullTitle, type TitledText } from '@/lib/letter/rules';
import { Link } from '@/components/ui/link';

/** Link to a letter, with its title marked as its language. */
export function LetterLink({ slug, text }: { slug: string; text: TitledText }) {
  return (
    <Link
      href={`/letters/${slug}`}
      lang={text.language}
      className="inline-block font-serif text-lg/snug"
    >
      {fullTitle(text)}
    </Link>
  );
}
