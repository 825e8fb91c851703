import { deliveryCanonical } from '@/lib/delivery/queries';
import { answer, jsonError } from '@/lib/platform/http';
import { deliveryNumber, fileAnswer, ofLetter } from '../../file-answer';

/** The delivery's canonical form, to the byte what its hash was made of. */
export function GET(request: Request, { params }: { params: Promise<{ slug: string; number: string }> }) {
  return answer(async () => {
    const { slug, number: asked } = await params;
    return ofLetter(request, slug, `deliveries/${encodeURIComponent(asked)}/delivery.json`, async ({ basis }) => {
      const number = deliveryNumber(asked);
      const delivery = number && (await deliveryCanonical(basis.letterId, number));
      if (!delivery) return jsonError(404, 'not-found');
      return fileAnswer(request, { body: delivery.canonical, type: 'application/json; charset=utf-8', sha256: delivery.hash, immutable: true });
    });
  });
}
