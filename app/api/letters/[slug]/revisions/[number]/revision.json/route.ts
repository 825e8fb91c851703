import { revisionCanonical } from '@/lib/revision/queries';
import { canonicalRoute } from '@/app/api/letters/canonical-route';

/** The revision's canonical form, to the byte what its hash was made of (docs/verify.md). */
export const GET = canonicalRoute(revisionCanonical);
