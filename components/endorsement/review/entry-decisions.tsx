import { useLocale } from 'next-intl';
import { nextState } from '@/lib/endorsement/rules';
import { inOrder, LANGUAGES } from '@/lib/platform/languages';
import type { Entry } from '@/lib/endorsement/review/queries';
import type { LetterReasons } from '@/lib/endorsement/review/reasons/queries';
import { EVIDENCE_MAX, NOTE_MAX } from '@/lib/endorsement/review/schema';
import { CorrectForm } from './correct-form';
import { DecisionBar } from './decision-bar';
import { DeclineForm } from './decline-form';
import type { FormAction } from '@/components/ui/form-state';
import type { ButtonAction } from '@/components/ui/action-button';
import { HiddenView } from './hidden-view';
import { useReasonOptions } from './reason-options';
import { Conflict } from './conflict';
import { reviewPath, type ReviewView } from './view';
import { VouchForm } from './vouch-form';

/** The review's Server Actions, passed down from the page. */
export interface ReviewActions {
  takeStep: ButtonAction;
  decline: FormAction;
  vouch: FormAction;
  correctNames: FormAction;
  coordinate: ButtonAction;
  categorise: ButtonAction;
  merge: ButtonAction;
}

/** The actions for an entry, or the form that one of them has opened. */
export function EntryDecisions({
  slug,
  view,
  entry,
  actions,
  reader,
  reasons,
}: {
  slug: string;
  view: ReviewView;
  entry: Entry;
  actions: ReviewActions;
  reader: string;
  /** The letter's own reasons and words, while the form to decline is open. */
  reasons: LetterReasons | null;
}) {
  const options = useReasonOptions(reasons);
  const locale = useLocale();
  const hidden = (
    <>
      <HiddenView locale={locale} slug={slug} view={view} />
      <input type="hidden" name="id" value={entry.id} />
      <input type="hidden" name="version" value={entry.version} />
    </>
  );
  if (!view.open)
    return (
      <DecisionBar slug={slug} view={view} entry={entry} act={actions.takeStep} hidden={hidden} />
    );
  const unoffered = inOrder(Object.keys(entry.names)).find((tag) => !LANGUAGES.includes(tag));
  const frame = {
    hidden,
    meanwhile: <Conflict last={entry.history.at(-1)} reader={reader} />,
    cancelHref: reviewPath(slug, { ...view, entry: entry.id, open: undefined }),
  };
  if (view.open === 'vouch')
    return (
      <VouchForm
        key={`vouch ${entry.id}`}
        {...frame}
        action={actions.vouch}
        possible={nextState(entry.state, 'vouch') !== null}
        text={entry.text}
        evidenceMax={EVIDENCE_MAX}
      />
    );
  return view.open === 'decline' ? (
    <DeclineForm
      key={`decline ${entry.id}`}
      {...frame}
      action={actions.decline}
      possible={nextState(entry.state, 'decline') !== null}
      reasons={options}
      noteMax={NOTE_MAX}
      mailed={entry.proof === 'email'}
    />
  ) : (
    <CorrectForm
      key={`correct ${entry.id}`}
      {...frame}
      action={actions.correctNames}
      possible={entry.state !== 'submitted'}
      names={{
        nameJa: entry.names.ja ?? null,
        reading: entry.reading,
        nameEn: entry.names.en ?? null,
        name: unoffered ? (entry.names[unoffered] ?? null) : null,
      }}
      country={entry.country}
    />
  );
}
