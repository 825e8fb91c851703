/** The most bytes that a form may send: what is too long for its field is told so beside it, with all that was typed kept. */
export const FORM_BYTES = 4 * 1024 * 1024;

const WORDS = {
  ja: '送信された内容が大きすぎるため、受け付けられませんでした（上限4MB）。何も保存されていません。ブラウザーの「戻る」で前の画面に戻ると、入力された内容が残っています。',
  en: 'What was sent is too large to be taken (more than 4 MB). Nothing was saved. Go back in your browser: what you typed is still there.',
};

/**
 * Says so in words where a form is larger than that, which Next would answer with an empty page. Only whoever has no
 * scripts gets here (components/writing/size-guard.tsx).
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @returns {boolean} whether it has answered
 */
export function sayWhenTooLarge(request, response) {
  const path = request.url ?? '';
  if (request.method !== 'POST' || path.startsWith('/api/') || !(Number(request.headers['content-length']) > FORM_BYTES)) return false;
  // Browsers show an answer only once they have sent everything; nobody needs to send us a film.
  let room = 16 * FORM_BYTES;
  request.on('data', (/** @type {Buffer} */ chunk) => (room -= chunk.length) < 0 && request.destroy());
  request.on('end', () => {
    const words = path.startsWith('/en') ? [WORDS.en, WORDS.ja] : [WORDS.ja, WORDS.en];
    response.writeHead(413, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }).end(`${words.join('\n\n')}\n`);
  });
  return true;
}
