import { NextResponse, type NextRequest } from 'next/server';
import createMiddleware from 'next-intl/middleware';
import { env } from '@/lib/platform/env';
import { bytesWithin, isFormOfOurs, parseForm } from '@/lib/platform/forms/body';
import { routing } from '@/lib/platform/i18n/routing';
import { answerTo } from '@/lib/platform/refusal';
import {
  formLimit,
  isForm,
  isPage,
  refusalOf,
  type Asked,
  type Refusal,
} from '@/lib/platform/request-guard';
import { transportSecurity } from '@/lib/platform/security-headers.mjs';

/** Sends an address without a language to the reader's. */
const chooseLanguage = createMiddleware(routing);

/** Reads a form, and says why it is refused. Next keeps a copy of the body for the page. */
async function formRefusal(
  asked: Asked,
  body: ReadableStream<Uint8Array> | null,
): Promise<Refusal | null> {
  const limit = formLimit(asked);
  const bytes = await bytesWithin(body, limit);
  // Only a body that does not say its length gets here with more.
  if (!bytes) return { status: 413, reason: 'tooLarge', limit };
  const form = await parseForm(bytes, asked.headers.get('content-type') ?? '');
  return form && isFormOfOurs(form, asked.headers.get('next-action'))
    ? null
    : { status: 400, reason: 'form' };
}

/**
 * Refuses requests that nothing of ours sends, and chooses a language. Never a security boundary for what coordinators do:
 * every admin page and action authorises itself.
 */
export async function proxy(request: NextRequest): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const asked: Asked = {
    method: request.method,
    target: pathname + search,
    headers: request.headers,
  };
  const refusal =
    refusalOf(asked, env().APP_URL) ??
    (isForm(asked) ? await formRefusal(asked, request.body) : null);
  const response = refusal
    ? answerTo(refusal, pathname)
    : isPage(pathname)
      ? chooseLanguage(request)
      : NextResponse.next();
  // By what the instance is told when it starts; the other headers are the build's (next.config.ts).
  for (const [name, value] of Object.entries(transportSecurity(env().APP_URL)))
    response.headers.set(name, value);
  return response;
}

export const config = { matcher: ['/:path*'] };
