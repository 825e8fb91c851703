/**
 * Next answers for what does not exist with an empty page that only scripts fill. Readers without them get the same words
 * from a page that Next does render (app/[locale]/missing), with the status and under the address they asked for.
 */

/** @type {Map<string, string>} the page's HTML by its path, without scripts: there is nothing for them to do */
const pages = new Map();

/** @param {string} origin @param {string} path */
async function pageAt(origin, path) {
  const known = pages.get(path);
  if (known) return known;
  const answer = await fetch(`${origin}${path}`);
  if (!answer.ok) throw new Error(`no page for what is missing: ${answer.status}`);
  const html = (await answer.text())
    .replace(/<script\b[^>]*>[^]*?<\/script>/g, '')
    .replace(/<link\b[^>]*\bas="script"[^>]*>/g, '');
  pages.set(path, html);
  return html;
}

/**
 * Puts words into the answer to a page request that turns out to be 404. Admin pages keep Next's answer: theirs says more.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {() => string} origin where this server listens
 */
export function sayWhenMissing(request, response, origin) {
  const [, locale, rest = ''] = /^\/(ja|en)(\/[^?]*)?/.exec(request.url ?? '') ?? [];
  if (!locale || request.method !== 'GET' || request.headers.rsc || rest.startsWith('/admin'))
    return;
  const { write, end, writeHead, flushHeaders } = response;
  let replacing = false;
  const isEmptyPage = () =>
    !replacing &&
    response.statusCode === 404 &&
    String(response.getHeader('content-type')).startsWith('text/html');

  /** @param {any[]} given */
  const held = (...given) => {
    // Headers wait for the page; everything else of Next's answer is dropped.
    if (typeof given[0] === 'number') response.statusCode = given[0];
    return isEmptyPage() ? response : writeHead.apply(response, /** @type {any} */ (given));
  };
  response.writeHead = /** @type {any} */ (held);
  response.flushHeaders = () => (isEmptyPage() ? undefined : flushHeaders.call(response));
  response.write = /** @type {any} */ (
    (/** @type {any[]} */ ...given) =>
      isEmptyPage() ? true : write.apply(response, /** @type {any} */ (given))
  );
  response.end = /** @type {any} */ (
    (/** @type {any[]} */ ...given) => {
      if (!isEmptyPage()) return end.apply(response, /** @type {any} */ (given));
      replacing = true;
      const other = locale === 'ja' ? 'en' : 'ja';
      // A link to a draft that no longer works has words of its own (app/[locale]/drafts).
      const place = rest.startsWith('/drafts/') ? 'drafts' : 'missing';
      const elsewhere = `/${other}${rest.replace(/["'<>&]/g, encodeURIComponent)}`;
      pageAt(origin(), `/${locale}/${place}`)
        .then((html) => html.replaceAll(`/${other}/${place}`, () => elsewhere))
        .catch(() => '404')
        .then((html) => {
          for (const name of [
            'content-encoding',
            'content-length',
            'etag',
            'transfer-encoding',
            'x-nextjs-cache',
          ])
            response.removeHeader(name);
          response.setHeader('Cache-Control', 'no-store');
          /** @type {(body: string) => void} */ (end.bind(response))(html);
        });
      return response;
    }
  );
}
