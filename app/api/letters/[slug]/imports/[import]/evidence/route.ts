import { evidenceResponse } from '@/app/api/letters/evidence-response';
import { importFile } from '@/lib/endorsement/imports/queries';

/** The attached evidence of an import. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ slug: string; import: string }> },
): Promise<Response> {
  const { slug, import: id } = await params;
  return evidenceResponse(slug, id, importFile);
}
