import { deliveryCanonical } from '@/lib/delivery/queries';
import { canonicalRoute } from '@/app/api/letters/canonical-route';

/** The delivery's canonical form, to the byte what its hash was made of. */
export const GET = canonicalRoute(deliveryCanonical);
