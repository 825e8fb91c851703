import { deliveryFile, type DeliveryFileName, type KeptFile } from '@/lib/delivery/queries';
import { answer, countingNumber, jsonError } from '@/lib/platform/http';
import { fileResponse, type ServedFile } from './file-response';
import { languageAsked, withPublicLetter } from './letter-route';

type Context = { params: Promise<{ slug: string; number: string }> };

/**
 * Creates the GET handler for a stored file of a delivery; `?language=` defaults to the
 * authoritative language.
 */
export function deliveryFileRoute(
  name: DeliveryFileName,
  type: string,
  called: (file: KeptFile, number: number) => NonNullable<ServedFile['disposition']>,
) {
  return (request: Request, { params }: Context) =>
    answer(async () => {
      const { slug, number: asked } = await params;
      return withPublicLetter(request, slug, async ({ id }) => {
        const language = languageAsked(request);
        if (language === undefined) return jsonError(400, 'invalid-language');
        const number = countingNumber(asked);
        const file = number && (await deliveryFile(id, number, name, language));
        if (!file) return jsonError(404, 'not-found');
        return fileResponse(request, {
          body: file.content,
          type,
          sha256: file.sha256,
          immutable: true,
          disposition: called(file, number),
        });
      });
    });
}
