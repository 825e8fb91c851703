import { sha256 } from '@/lib/platform/canonical-json';
import { atomFeed, type AtomFeed } from '@/lib/platform/atom';
import { conditional } from '@/lib/platform/http';

/** The response with a feed, which programs ask for again and again: 304 if nothing has changed. */
export function feedResponse(request: Request, feed: AtomFeed): Response {
  const xml = atomFeed(feed);
  return conditional(request, xml, Buffer.from(sha256(xml)).toString('base64url'), {
    'Content-Type': 'application/atom+xml; charset=utf-8',
    'Cache-Control': 'public, max-age=300',
  });
}
