import { revisionCanonical } from '@/lib/revision/queries';
import { canonicalRoute } from '@/app/api/letters/canonical-route';

/** The revision's canonical JSON, the exact bytes that were hashed (docs/verify.md). */
export const GET = canonicalRoute(revisionCanonical);
