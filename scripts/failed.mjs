/**
 * Next answers a page that could not be made, as when the database is away, with an empty one that only scripts fill, and
 * a form sent without scripts with three words of English. Everybody gets words of their language instead.
 */

const WORDS = {
  en: {
    title: 'Something went wrong',
    page: 'This page cannot be shown at the moment. The fault is ours. Please try again in a minute.',
    form: 'What you sent was not answered, and may not have been saved. The fault is ours. Go back in your browser, reload the page to see how things stand, and send it again if need be.',
    again: 'Try again',
  },
  ja: {
    title: '問題が発生しました',
    page: 'サイト側の問題により、このページを表示できません。少し時間をおいて、もう一度お試しください。',
    form: 'サイト側の問題により、送信された内容を処理できませんでした。保存されていない可能性があります。ブラウザーの「戻る」で前の画面に戻り、再読み込みして現在の状態を確かめてから、必要に応じてもう一度お送りください。',
    again: 'もう一度試す',
  },
};

/** @param {'ja' | 'en'} language @param {boolean} sent whether a form was sent */
function pageIn(language, sent) {
  const { title, page, form, again } = WORDS[language];
  // A link to the page itself: reloading without scripts.
  const retry = sent ? '' : `<p><a href="" style="color:inherit">${again}</a></p>`;
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title></head>
<body style="color-scheme:light dark;font-family:system-ui,sans-serif;line-height:1.6;margin:4rem auto;max-width:36rem;padding:0 1.25rem">
<main><h1>${title}</h1><p>${sent ? form : page}</p>${retry}</main></body></html>
`;
}

/**
 * Puts words into the answer to a page or form that turns out to be 500. What scripts ask for keeps Next's answer: they
 * show app/[locale]/error.tsx.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
export function sayWhenFailed(request, response) {
  const path = request.url ?? '';
  if (
    request.headers.rsc ||
    request.headers['next-action'] ||
    /^\/(api|_next)\/|\.json(\?|$)/.test(path)
  )
    return;
  const { write, end, writeHead, flushHeaders } = response;
  let answered = false;
  const isEmptyPage = () =>
    !answered &&
    !response.headersSent &&
    response.statusCode === 500 &&
    /^text\/(html|plain)|^undefined$/.test(String(response.getHeader('content-type')));

  response.writeHead = /** @type {any} */ (
    (/** @type {any[]} */ ...given) => {
      if (typeof given[0] === 'number') response.statusCode = given[0];
      return isEmptyPage() ? response : writeHead.apply(response, /** @type {any} */ (given));
    }
  );
  response.flushHeaders = () => (isEmptyPage() ? undefined : flushHeaders.call(response));
  response.write = /** @type {any} */ (
    (/** @type {any[]} */ ...given) =>
      isEmptyPage() ? true : write.apply(response, /** @type {any} */ (given))
  );
  response.end = /** @type {any} */ (
    (/** @type {any[]} */ ...given) => {
      if (!isEmptyPage()) return end.apply(response, /** @type {any} */ (given));
      answered = true;
      for (const name of [
        'content-encoding',
        'content-length',
        'etag',
        'transfer-encoding',
        'x-nextjs-cache',
      ])
        response.removeHeader(name);
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.setHeader('Cache-Control', 'no-store');
      const body = pageIn(path.startsWith('/en') ? 'en' : 'ja', request.method === 'POST');
      return end.call(response, request.method === 'HEAD' ? '' : body, 'utf8');
    }
  );
}
