import { answer, countingNumber, jsonError, type Pieces } from '@/lib/platform/http';
import { fileResponse } from './file-response';
import { languageAsked, withPublicLetter } from './letter-route';

type Context = { params: Promise<{ slug: string; number: string }> };
type Canonical = { canonical: string | Pieces; hash: Uint8Array };

/** Creates the GET handler for a letter's numbered, immutable canonical JSON. */
export function canonicalRoute(
  read: (letterId: string, number: number) => Promise<Canonical | null>,
) {
  return (request: Request, { params }: Context) =>
    answer(async () => {
      const { slug, number: asked } = await params;
      return withPublicLetter(request, slug, async ({ id }) => {
        if (languageAsked(request) === undefined) return jsonError(400, 'invalid-language');
        const number = countingNumber(asked);
        const found = number && (await read(id, number));
        if (!found) return jsonError(404, 'not-found');
        return fileResponse(request, {
          body: found.canonical,
          type: 'application/json; charset=utf-8',
          sha256: found.hash,
          immutable: true,
        });
      });
    });
}
