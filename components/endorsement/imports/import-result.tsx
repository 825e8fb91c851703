import { useLocale, useTranslations } from 'next-intl';
import { ActionButton, HiddenFields, type ButtonAction } from '@/components/ui/action-button';
import { buttonClass } from '@/components/ui/button';
import { Fact, Facts } from '@/components/ui/facts';
import { Notice } from '@/components/ui/notice';
import { SubmitButton } from '@/components/ui/submit-button';
import type { ShownImport, TakingBack } from '@/lib/endorsement/imports/queries';
import { Link } from '@/lib/platform/i18n/navigation';
import { IMPORTS } from '@/lib/platform/limits';
import { When, type Clock } from '../review/when';
import { reviewPath } from '../review/view';
import { EntryLinks } from './entry-links';

/** What an import has done, what it rests on, and the button that takes it back. */
export function ImportResult({
  slug,
  found,
  back,
  clock,
  takeBack,
  removeFile,
}: {
  slug: string;
  found: ShownImport;
  back: TakingBack;
  clock: Clock;
  takeBack: ButtonAction;
  removeFile: ButtonAction;
}) {
  const t = useTranslations('endorsement.imports.done');
  const kinds = useTranslations('endorsement.imports.preview.kinds');
  const locale = useLocale();
  const { id, state, by, doneAt, added, leftOut, kind, note, file } = found;
  const hidden = { locale, slug, import: id };
  const shownLeft = back.removable > 0 || state === 'takenBack';
  return (
    <div className="max-w-3xl space-y-8">
      <Notice announce>
        <p className="font-semibold">{t('added', { added, leftOut })}</p>
        {state === 'takenBack' && <p>{t('takenBack')}</p>}
        <p className="text-sm text-quiet wrap-anywhere">
          {by} · {doneAt && <When at={doneAt} clock={clock} />}
        </p>
        {state === 'done' && <p className="mt-2">{t('waits')}</p>}
      </Notice>
      <div className="flex flex-wrap items-start gap-4">
        {back.removable > 0 && (
          <form action={takeBack}>
            <HiddenFields fields={hidden} />
            <SubmitButton className={buttonClass('outline')}>
              {t('takeBack', { count: back.removable })}
            </SubmitButton>
            <p className="mt-2 text-sm text-quiet">{t('takeBackHint', { days: IMPORTS.days })}</p>
          </form>
        )}
        <Link
          href={reviewPath(slug, {})}
          prefetch={false}
          className="inline-flex min-h-10 items-center"
        >
          {t('backToReview')}
        </Link>
      </div>
      <Facts>
        {kind && <Fact name={t('kind')}>{kinds(kind)}</Fact>}
        {note && (
          <Fact name={t('note')}>
            <span className="whitespace-pre-wrap">{note}</span>
          </Fact>
        )}
        {file !== null && (
          <Fact name={t('file')}>
            <a href={`/api/letters/${slug}/imports/${id}/evidence`} className="wrap-anywhere">
              {file}
            </a>
            <div className="mt-2">
              <ActionButton
                action={removeFile}
                fields={hidden}
                label={t('removeFile')}
                of={t('removeFile')}
              />
            </div>
          </Fact>
        )}
      </Facts>
      {shownLeft && back.left > 0 && (
        <section aria-labelledby="left">
          <h2 id="left" className="font-serif text-xl font-semibold">
            {t('left', { count: back.left })}
          </h2>
          <p className="mt-1 text-quiet">{t('leftWhy')}</p>
          <EntryLinks
            slug={slug}
            entries={back.entries}
            more={
              back.left > back.entries.length
                ? t('more', { count: back.left - back.entries.length })
                : null
            }
          />
        </section>
      )}
    </div>
  );
}
