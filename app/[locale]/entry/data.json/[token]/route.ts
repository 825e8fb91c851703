import { entryData } from '@/lib/endorsement/entry/data/queries';
import { errorName, log } from '@/lib/platform/log';
import { tokenIn } from '@/lib/platform/tokens';
import { PRIVATE } from '@/app/[locale]/entry/private-headers';

const refusal = (status: number, error: string) =>
  Response.json({ error }, { status, headers: PRIVATE });

/** Everything held about the entry of a private link, as a file. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ token: string }> },
): Promise<Response> {
  try {
    const data = await entryData(tokenIn((await params).token) ?? '');
    if (!data) return refusal(404, 'not-found');
    return new Response(JSON.stringify(data, null, 2), {
      headers: {
        ...PRIVATE,
        'Content-Type': 'application/json; charset=utf-8',
        'Content-Disposition': 'attachment; filename="endorsement.json"',
      },
    });
  } catch (error) {
    log('error', 'the data of an entry could not be read', { error: errorName(error) });
    return refusal(503, 'unavailable');
  }
}
