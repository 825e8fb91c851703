import { Link } from '@/components/ui/link';
import { useLocale } from 'next-intl';
import { LanguageSwitch } from './language-switch';

/** The header of every page: the product's name and the language switch. */
export function Header() {
  return (
    <header className="print:hidden">
      <div className="mx-auto flex max-w-page items-center justify-between px-5 py-3 sm:px-8">
        <Link
          href="/"
          className="inline-flex min-h-8 items-center text-ink no-underline hover:text-indigo"
        >
          <span
            lang="en"
            className="border-b border-current pb-px font-serif text-[1.0625rem] leading-none font-medium tracking-[0.01em]"
          >
            Undersigned
          </span>
        </Link>
        <LanguageSwitch locale={useLocale()} />
      </div>
    </header>
  );
}
