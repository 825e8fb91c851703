import { ChevronDown, ChevronLeft, ChevronUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Link } from '@/lib/platform/i18n/navigation';
import type { Entry } from '@/lib/endorsement/review/queries';
import { KeyHint } from './key-hint';
import { SeenName } from './seen-name';
import { StateLabel } from './state-label';

/** Links back to the list (on narrow screens) and to the previous and next entries. */
export function EntryNavigation({
  backHref,
  previousHref,
  nextHref,
  place,
}: {
  backHref: string;
  previousHref?: string;
  nextHref?: string;
  place: ReactNode;
}) {
  const t = useTranslations('endorsement.review.entry');
  const step =
    'inline-flex min-h-8 min-w-8 items-center justify-center gap-1 rounded-sm border border-line px-1.5 text-ink no-underline hover:bg-wash';
  const steps = [
    { href: previousHref, name: t('previous'), key: 'k', Icon: ChevronUp },
    { href: nextHref, name: t('next'), key: 'j', Icon: ChevronDown },
  ];
  return (
    <div className="flex min-h-10 items-center gap-3 text-sm lg:min-h-8">
      <Link
        href={backHref}
        prefetch={false}
        className="inline-flex min-h-10 items-center lg:hidden"
      >
        <ChevronLeft aria-hidden className="size-4" /> {t('back')}
      </Link>
      <span className="ml-auto text-xs text-quiet tabular-nums">{place}</span>
      <span className="flex gap-1">
        {steps.map(({ href, name, key, Icon }) =>
          href ? (
            <Link
              key={key}
              href={href}
              prefetch={false}
              scroll={false}
              aria-label={name}
              aria-keyshortcuts={key}
              className={step}
            >
              <Icon aria-hidden className="size-4" />
              <KeyHint>{key}</KeyHint>
            </Link>
          ) : (
            <span key={key} aria-hidden className={`${step} opacity-40`}>
              <Icon className="size-4" />
              <KeyHint>{key}</KeyHint>
            </span>
          ),
        )}
      </span>
    </div>
  );
}

/** The heading of the opened entry: state, names and special properties. */
export function EntryHead({ entry }: { entry: Entry }) {
  const t = useTranslations('endorsement.review');
  return (
    <header className="pt-2 pb-3">
      <p className="flex flex-wrap gap-x-3 gap-y-1 text-[0.8125rem] text-quiet">
        <StateLabel state={entry.state} />
        {entry.coordinating && <span>{t('entry.coordinating')}</span>}
        {entry.visibility === 'withheld' && !entry.hidden && (
          <span className="border border-edge px-1 text-ink">{t('withheld')}</span>
        )}
      </p>
      <h2
        id="entry-heading"
        tabIndex={-1}
        className="mt-1 text-lg/[1.4] font-semibold [overflow-wrap:anywhere] [&_.text-quiet]:font-normal"
      >
        <SeenName of={entry} />
      </h2>
    </header>
  );
}
