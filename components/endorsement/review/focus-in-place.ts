/** Focuses without moving the page where list and entry stand beside each other; on a narrow screen, scrolls there. */
export function focusInPlace(element: HTMLElement | null | undefined): void {
  element?.focus({ preventScroll: matchMedia('(width >= 64rem)').matches });
}
