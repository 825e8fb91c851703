import { newestMessages } from '@/lib/platform/mail/mailbox';
import { mayRead, notFound, privateHeaders } from './access';
import { mailboxPage } from './page-html';

/** The local mailbox as a page; `?id=` opens a message. */
export async function GET(request: Request): Promise<Response> {
  if (!mayRead(request)) return notFound();
  const query = new URL(request.url).searchParams;
  const page = mailboxPage(await newestMessages(query.get('to')), query.get('id'));
  return new Response(page, {
    headers: { ...privateHeaders, 'Content-Type': 'text/html; charset=utf-8' },
  });
}
