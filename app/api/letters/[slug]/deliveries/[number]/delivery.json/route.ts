import { deliveryCanonical } from '@/lib/delivery/queries';
import { canonicalRoute } from '../../../../canonical';

/** The delivery's canonical form, to the byte what its hash was made of. */
export const GET = canonicalRoute(deliveryCanonical);
