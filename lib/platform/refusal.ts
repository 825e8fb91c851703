import en from '@/messages/en/requests.json' with { type: 'json' };
import ja from '@/messages/ja/requests.json' with { type: 'json' };
import type { Refusal } from './request-guard';

const WORDS = { ja, en };

/** A size limit in kB or MB. */
const size = (bytes: number) =>
  bytes < 1024 * 1024 ? `${bytes / 1024} kB` : `${bytes / 1024 / 1024} MB`;

/**
 * The response to a refused request: JSON for the API, otherwise a message in both languages, that
 * of the URL first.
 */
export function answerTo({ status, reason, allow, limit }: Refusal, path: string): Response {
  const headers = { 'Cache-Control': 'no-store', ...(allow && { Allow: allow }) };
  if (path.startsWith('/api/')) return Response.json({ error: reason }, { status, headers });
  const languages = path.startsWith('/en') ? (['en', 'ja'] as const) : (['ja', 'en'] as const);
  const text = languages
    .map((language) => `${WORDS[language][reason].replace('{limit}', size(limit ?? 0))}\n`)
    .join('\n');
  return new Response(text, {
    status,
    headers: { ...headers, 'Content-Type': 'text/plain; charset=utf-8' },
  });
}
