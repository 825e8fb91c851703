import type { ReviewView } from './view';

/** What every form of the review carries along: whose review it is, and where in it the coordinator is. */
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
