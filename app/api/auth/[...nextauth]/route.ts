import NextAuth from 'next-auth';
import { authOptions } from '@/lib/platform/auth/options';

const nextAuth = NextAuth(authOptions);

/**
 * Only what a pressed sign-in link needs. next-auth's own sign-in route would tell a stranger which addresses are
 * coordinators', by refusing the others; ours (lib/platform/auth/sign-in.ts) does not.
 */
export async function GET(request: Request, context: { params: Promise<{ nextauth: string[] }> }) {
  const { nextauth } = await context.params;
  // `error` is where next-auth goes with a link that does not work; it leads on to our own page.
  if (!['callback/email', 'error'].includes(nextauth.join('/'))) return new Response(null, { status: 404 });
  return nextAuth(request, context);
}
