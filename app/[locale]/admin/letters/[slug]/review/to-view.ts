import { listIn, reviewPath, type ReviewView } from '@/components/endorsement/review/view';
import { slugIn, type Redirect } from '../../../form-actions';
import { viewSchema } from './view';

/** Redirects to the view that the form was in, with the result. */
export function toView(form: FormData, outcome: Partial<ReviewView>): Redirect {
  const view = viewSchema.parse(Object.fromEntries(form));
  return { redirectTo: reviewPath(slugIn(form), { ...listIn(view), at: view.at, ...outcome }) };
}
