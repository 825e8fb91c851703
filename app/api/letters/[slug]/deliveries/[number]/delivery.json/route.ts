import { deliveryJson } from '@/lib/delivery/queries';
import { canonicalRoute } from '@/app/api/letters/canonical-route';

/** The delivery's canonical JSON, the exact bytes that were hashed. */
export const GET = canonicalRoute(deliveryJson);
