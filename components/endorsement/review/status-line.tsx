import { useLocale, useTranslations } from 'next-intl';
import { buttonClass } from '@/components/ui/button';
import type { Entry } from '@/lib/endorsement/review/queries';
import type { ButtonAction } from '@/components/ui/action-button';
import { HiddenView } from './hidden-view';
import { KeyHint } from './key-hint';
import { ShortName } from './seen-name';
import { SubmitButton } from '@/components/ui/submit-button';
import type { ReviewView } from './view';

/**
 * The result of the last action, with an undo button if `undo` is set, that is, while nothing else
 * has changed the entry.
 */
export function StatusLine({
  slug,
  view,
  entry,
  undo,
  takeStep,
}: {
  slug: string;
  view: ReviewView;
  entry: Entry | null;
  undo: 'offered' | 'with-key' | null;
  takeStep: ButtonAction;
}) {
  const t = useTranslations('endorsement.review');
  const locale = useLocale();
  const { notice } = view;
  if (!notice) return null;
  if (
    notice === 'retry' ||
    notice === 'retryRefused' ||
    notice === 'mergeRefused' ||
    notice === 'eraseDeleted' ||
    notice === 'filterSaved' ||
    notice === 'filterRemoved' ||
    notice === 'gone'
  )
    return t(`done.${notice}`);
  if (!entry) return null;
  return (
    <div className="flex items-center gap-x-3">
      <p className="line-clamp-2 min-w-0 leading-tight">
        {t.rich(`done.${notice}`, { name: () => <ShortName of={entry} /> })}
      </p>
      {undo && (
        <form action={takeStep} className="shrink-0">
          <HiddenView locale={locale} slug={slug} view={view} />
          <input type="hidden" name="id" value={entry.id} />
          <input type="hidden" name="version" value={entry.version} />
          <input type="hidden" name="step" value="take_back" />
          <SubmitButton
            shortcut={undo === 'with-key' ? 'u' : undefined}
            className={buttonClass('outline', 'small')}
          >
            {t('decisions.take_back')} {undo === 'with-key' && <KeyHint>u</KeyHint>}
          </SubmitButton>
        </form>
      )}
    </div>
  );
}
