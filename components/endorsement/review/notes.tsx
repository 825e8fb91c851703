import { useLocale, useTranslations } from 'next-intl';
import { ActionButton, type ButtonAction } from '@/components/ui/action-button';
import type { FormAction } from '@/components/ui/form-state';
import type { Entry } from '@/lib/endorsement/review/queries';
import { HiddenView, hiddenFields } from './hidden-view';
import { NoteForm } from './note-form';
import type { ReviewView } from './view';
import { When, type Clock } from './when';

export interface NoteActions {
  addNote: FormAction;
  deleteNote: ButtonAction;
}

/** What coordinators have written down about an entry, and a form for reviewers to add to it. */
export function Notes({
  slug,
  view,
  entry,
  clock,
  actions,
}: {
  slug: string;
  view: ReviewView;
  entry: Entry;
  clock: Clock;
  /** Null for those who may not write notes. */
  actions: NoteActions | null;
}) {
  const t = useTranslations('endorsement.review.notes');
  const locale = useLocale();
  return (
    <section aria-labelledby="notes" className="mt-5 text-[0.8125rem]/[1.5]">
      <h3 id="notes" className="font-semibold">
        {t('title')}
      </h3>
      {entry.notes.length === 0 ? (
        <p className="text-quiet">{t('none')}</p>
      ) : (
        <ul>
          {entry.notes.map((note) => (
            <li
              key={note.id}
              className="flex flex-wrap items-start justify-end gap-x-3 border-b border-line py-1.5 last:border-0"
            >
              <div className="min-w-0 flex-1 basis-48">
                <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{note.text}</p>
                <p className="text-quiet [overflow-wrap:anywhere]">
                  {note.by} · <When at={note.at} clock={clock} exact />
                </p>
              </div>
              {actions && note.isDeletable && (
                <ActionButton
                  action={actions.deleteNote}
                  fields={{ ...hiddenFields({ locale, slug, view }), id: entry.id, note: note.id }}
                  label={t('delete')}
                  of={t('deleteLong', { by: note.by })}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {actions && (
        <NoteForm
          // Empty again once a note is saved.
          key={`${entry.id} ${entry.notes.length}`}
          action={actions.addNote}
          hidden={
            <>
              <HiddenView locale={locale} slug={slug} view={view} />
              <input type="hidden" name="id" value={entry.id} />
            </>
          }
          isWithheld={entry.visibility === 'withheld'}
        />
      )}
    </section>
  );
}
