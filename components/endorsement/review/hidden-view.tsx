import type { ReviewView } from './view';

/** Hidden fields of every review form: the letter and the current view. */
export function HiddenView({
  locale,
  slug,
  view,
}: {
  locale: string;
  slug: string;
  view: ReviewView;
}) {
  const fields = { locale, slug, state: view.state, q: view.q, page: view.page, at: view.at };
  return Object.entries(fields).map(
    ([name, value]) =>
      value !== undefined &&
      value !== '' && <input key={name} type="hidden" name={name} value={value} />,
  );
}
