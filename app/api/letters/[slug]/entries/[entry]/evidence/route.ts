import { evidenceResponse } from '@/app/api/letters/evidence-response';
import { evidenceFile } from '@/lib/endorsement/attested/vouching/queries';

/** The attached evidence for an entry that a coordinator vouches for. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ slug: string; entry: string }> },
): Promise<Response> {
  const { slug, entry } = await params;
  return evidenceResponse(slug, entry, evidenceFile);
}
