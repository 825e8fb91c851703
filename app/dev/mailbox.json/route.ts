import { newestMessages } from '@/lib/platform/mail/mailbox';
import { mayRead, notFound, privateHeaders } from '@/app/dev/mailbox/access';

/** The distinct link URLs in the HTML of a mail. */
function linksIn(html: string): string[] {
  const links = Array.from(html.matchAll(/<a\b[^>]*?\bhref="([^"]*)"/g), ([, href = '']) =>
    href
      .replaceAll('&quot;', '"')
      .replaceAll('&#x27;', "'")
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&'),
  );
  return [...new Set(links)];
}

/** The local mailbox as JSON for tests and scripts, newest first; `?to=` filters by recipient. */
export async function GET(request: Request): Promise<Response> {
  if (!mayRead(request)) return notFound();
  const messages = await newestMessages(new URL(request.url).searchParams.get('to'));
  const answer = messages.map(
    ({ id, to, replyTo, oneClickUrl, subject, text, html, receivedAt }) => ({
      id,
      to,
      replyTo,
      oneClickUrl,
      subject,
      text,
      html,
      links: linksIn(html),
      receivedAt,
    }),
  );
  return Response.json(answer, { headers: privateHeaders });
}
