import { deliveryFile } from '@/lib/delivery/queries';
import { answer, jsonError } from '@/lib/platform/http';
import { deliveryNumber, fileAnswer, fileName, ofLetter } from '../../file-answer';

/** The delivered list for spreadsheets; the same bytes for ever. `?language=`: that of its first line and its notes. */
export function GET(request: Request, { params }: { params: Promise<{ slug: string; number: string }> }) {
  return answer(async () => {
    const { slug, number: asked } = await params;
    return ofLetter(request, slug, `deliveries/${encodeURIComponent(asked)}/signatories.csv`, async ({ basis }, language) => {
      const number = deliveryNumber(asked);
      const file = number && (await deliveryFile(basis.letterId, number, 'signatories.csv', language));
      if (!file) return jsonError(404, 'not-found');
      return fileAnswer(request, {
        body: file.bytes,
        type: 'text/csv; charset=utf-8',
        sha256: file.sha256,
        immutable: true,
        disposition: {
          as: 'attachment',
          ascii: `${file.slug}-delivery-${number}-signatories-${file.language}.csv`,
          name: `${fileName(file.title, `${number} ${file.language}`)}.csv`,
        },
      });
    });
  });
}
