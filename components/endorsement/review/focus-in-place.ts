/**
 * Focuses without scrolling if list and entry are side by side; on narrow screens, scrolls to the
 * element.
 */
export function focusInPlace(element: HTMLElement | null | undefined): void {
  element?.focus({ preventScroll: matchMedia('(width >= 64rem)').matches });
}
