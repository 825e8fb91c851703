import en from '@/messages/en/requests.json' with { type: 'json' };
import ja from '@/messages/ja/requests.json' with { type: 'json' };
import type { Locale } from './i18n/routing';

const WORDS = { ja: ja.failure, en: en.failure };

/**
 * The 500 page while the database is unavailable. Self-contained and without JavaScript. For other
 * errors, Next responds with an empty document, which scripts fill with app/[locale]/error.tsx.
 * @param sent whether the request submitted a form
 */
export function failurePage(locale: Locale, sent: boolean): Response {
  const { title, page, form, again } = WORDS[locale];
  // A link to the same page reloads it without scripts.
  const retry = sent ? '' : `<p><a href="" style="color:inherit">${again}</a></p>`;
  const html = `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title></head>
<body style="color-scheme:light dark;font-family:system-ui,sans-serif;line-height:1.6;margin:4rem auto;max-width:36rem;padding:0 1.25rem">
<main><h1>${title}</h1><p>${sent ? form : page}</p>${retry}</main></body></html>
`;
  return new Response(html, {
    status: 500,
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' },
  });
}
