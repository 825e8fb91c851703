import { deliveryFile } from '@/lib/delivery/queries';
import { answer, jsonError } from '@/lib/platform/http';
import { deliveryNumber, fileAnswer, fileName, ofLetter } from '../../file-answer';

/** The letter as delivered, with its signatories; the same bytes for ever. `?language=`: its text in this language. */
export function GET(request: Request, { params }: { params: Promise<{ slug: string; number: string }> }) {
  return answer(async () => {
    const { slug, number: asked } = await params;
    return ofLetter(request, slug, `deliveries/${encodeURIComponent(asked)}/letter.pdf`, async ({ basis }, language) => {
      const number = deliveryNumber(asked);
      const file = number && (await deliveryFile(basis.letterId, number, 'letter.pdf', language));
      if (!file) return jsonError(404, 'not-found');
      return fileAnswer(request, {
        body: file.bytes,
        type: 'application/pdf',
        sha256: file.sha256,
        immutable: true,
        disposition: {
          as: 'inline',
          ascii: `${file.slug}-delivery-${number}-${file.language}.pdf`,
          name: `${fileName(file.title, String(number))}.pdf`,
        },
      });
    });
  });
}
