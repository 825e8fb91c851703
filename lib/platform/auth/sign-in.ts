import NextAuth from 'next-auth';
import type { NextApiRequest, NextApiResponse } from 'next';
import { errorMessage, log } from '../log.ts';
import { addressKey } from '../mail/outbox.ts';
import { authOptions } from './options.ts';

interface Answer {
  body: unknown;
  cookies: Record<string, string>;
}

/** Asks next-auth in this process what a browser would ask it over HTTP. */
async function ask(method: 'GET' | 'POST', action: string[], body: Record<string, string>, cookies: Record<string, string>): Promise<Answer> {
  const answer: Answer = { body: null, cookies: {} };
  const response = {
    status: () => response,
    getHeader: () => [],
    setHeader(name: string, value: string | string[]) {
      if (name.toLowerCase() !== 'set-cookie') return response;
      for (const cookie of [value].flat()) {
        const [key, ...rest] = cookie.split(';')[0]!.split('=');
        answer.cookies[key!] = decodeURIComponent(rest.join('='));
      }
      return response;
    },
    json: (value: unknown) => void (answer.body = value),
    send: (value: unknown) => void (answer.body = value),
    end: () => undefined,
  };
  const request = { method, query: { nextauth: action }, body, cookies, headers: {} };
  await NextAuth(authOptions)(request as unknown as NextApiRequest, response as unknown as NextApiResponse);
  return answer;
}

/**
 * Mails a sign-in link to `email` if that is a coordinator's; otherwise does nothing. Says nothing of which it was, not
 * even by failing. The page that calls it works without scripts, which next-auth's own client does not.
 * @param returnTo the path to go to once signed in
 */
export async function requestSignInLink(email: string, returnTo: string): Promise<void> {
  try {
    const csrf = await ask('GET', ['csrf'], {}, {});
    const { csrfToken } = csrf.body as { csrfToken: string };
    await ask('POST', ['signin', 'email'], { email: addressKey(email), callbackUrl: returnTo, csrfToken, json: 'true' }, csrf.cookies);
  } catch (error) {
    log('error', 'a sign-in link could not be written', { error: errorMessage(error) });
  }
}
