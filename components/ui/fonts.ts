import { preload } from 'react-dom';

/** As `app/globals.css` names it; both get the same address. */
const LATIN_SERIF = new URL(
  '../../node_modules/@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2',
  import.meta.url,
);

/**
 * Has the browser load the Latin serif of letters along with the page. It is used only if it is there
 * when text is first painted (`font-display: optional`), so that nothing moves afterwards.
 */
export function preloadLatinSerif(): void {
  preload(LATIN_SERIF.href, { as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' });
}
