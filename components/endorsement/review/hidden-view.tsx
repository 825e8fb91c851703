import { HiddenFields } from '@/components/ui/action-button';
import { fieldsOf, listIn, type ReviewView } from './view';

interface Hidden {
  locale: string;
  slug: string;
  view: ReviewView;
}

/** The hidden fields of every review form: the letter and the current view. */
export const hiddenFields = ({ locale, slug, view }: Hidden): Record<string, string> => ({
  locale,
  slug,
  ...fieldsOf({ ...listIn(view), at: view.at }),
});

/** {@link hiddenFields} as inputs. */
export function HiddenView(hidden: Hidden) {
  return <HiddenFields fields={hiddenFields(hidden)} />;
}
