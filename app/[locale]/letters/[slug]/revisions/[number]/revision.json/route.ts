import { routeLocale } from '../../../../../locale';
import { letterOfRoute } from '../../../letter';
import { revisionOfRoute } from '../../number';

/** The very bytes that a revision's hash was computed over (docs/verify.md). */
export async function GET(_request: Request, { params }: { params: Promise<{ locale: string; slug: string; number: string }> }): Promise<Response> {
  const locale = await routeLocale(params);
  const { slug, number } = await params;
  const letter = await letterOfRoute(slug, locale, `/revisions/${number}/revision.json`);
  const { canonical } = await revisionOfRoute(letter.basis.letterId, number);
  return new Response(canonical, { headers: { 'Content-Type': 'application/json; charset=utf-8', 'X-Robots-Tag': 'noindex' } });
}
