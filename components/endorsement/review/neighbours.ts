import { listIn, reviewPath, type ReviewView } from './view';

/**
 * The position of the opened entry in the whole list, and the URLs of its neighbours, on other
 * pages too.
 */
export function neighbours(
  slug: string,
  view: ReviewView,
  opened: { index: number; listed: boolean },
  list: { rows: { id: string }[]; total: number; pages: number },
  pageSize: number,
): { number: number | null; previousHref?: string; nextHref?: string } {
  const { index, listed } = opened;
  const shown = listIn(view);
  const { page } = shown;
  const to = (at: number) => reviewPath(slug, { ...shown, at, entry: list.rows[at]?.id });
  // After an entry has left the list, the next one is at its position.
  const next = listed ? index + 1 : index;
  return {
    number: listed ? (page - 1) * pageSize + index + 1 : null,
    previousHref:
      index > 0
        ? to(index - 1)
        : page > 1
          ? reviewPath(slug, { ...shown, page: page - 1, at: pageSize - 1 })
          : undefined,
    nextHref:
      next < list.rows.length
        ? to(next)
        : page < list.pages
          ? reviewPath(slug, { ...shown, page: page + 1, at: 0 })
          : undefined,
  };
}
