import { env } from '@/lib/platform/env';
import { answer, jsonError, readBody } from '@/lib/platform/http';
import { WEBHOOK_BODY_BYTES } from '@/lib/platform/limits';
import { recordReport } from '@/lib/platform/mail/reports';
import { reportIn, signatureIn } from '@/lib/platform/mail/resend-webhook';

/**
 * Resend's reports about mails. Anything signed by Resend gets 200, so that it is not sent again;
 * anything else the same 401, whatever is wrong with it.
 */
export function POST(request: Request): Promise<Response> {
  return answer(async () => {
    const { RESEND_WEBHOOK_SECRET: secret } = env();
    if (!secret) return jsonError(404, 'not-found');
    const signature = signatureIn(request.headers);
    if (!signature) return jsonError(401, 'unauthorized');
    const body = await readBody(request, WEBHOOK_BODY_BYTES);
    if (body === null) return jsonError(413, 'too-large');
    const report = reportIn(body, signature, secret);
    if (report === 'forged') return jsonError(401, 'unauthorized');
    if (report) await recordReport(report);
    return Response.json({ status: 'received' }, { headers: { 'Cache-Control': 'no-store' } });
  });
}
