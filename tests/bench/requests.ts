/** Requests, sent as fast as they are answered or at a given rate. */
import autocannon from 'autocannon';

/** Those of one client at a time, as many as browsers that load at once. */
const CONNECTIONS = 32;

type Sent = Partial<autocannon.Options> & { url: string };

/** Sends for some seconds; an answer other than `expected` fails the benchmark. */
export async function load(options: Sent, expected: number): Promise<autocannon.Result> {
  const result = await autocannon({ connections: CONNECTIONS, ...options });
  const answers = Object.entries(result.statusCodeStats ?? {}).map(
    ([status, { count }]) => `${count} × ${status}`,
  );
  const wrong = result.errors > 0 || answers.some((answer) => !answer.endsWith(` ${expected}`));
  if (wrong || answers.length === 0)
    throw new Error(
      `${options.url}: ${answers.join(', ')}, ${result.errors} errors, expected ${expected}`,
    );
  return result;
}

let counter = 0;

/** A sign-up of an organization that has not signed yet, from a network and a domain of its own. */
const signUp = () => ({
  nameJa: `東京平和の会${counter + 1}`,
  reading: 'とうきょうへいわのかい',
  nameEn: `Organization ${(counter += 1)}`,
  website: 'https://example.org/',
  country: 'JP',
  representativeName: 'H',
  representativeRole: 'R',
  representativeEmail: `office@bench-${counter}.example`,
  visibility: 'named',
  mayEndorse: true,
  privacyConsent: true,
  language: 'en',
});

/** An address of a network of its own. */
export const aNetwork = (n: number): string =>
  `2001:${(n >> 16).toString(16)}:${(n & 0xffff).toString(16)}::1`;

/** Sends a sign-up each time to an endpoint of the API. */
export const signUps = (url: string, headers: Record<string, string> = {}): Sent => ({
  url,
  requests: [
    {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      setupRequest: (request) => {
        const body = JSON.stringify(signUp());
        return {
          ...request,
          headers: { ...request.headers, 'x-forwarded-for': aNetwork(counter) },
          body,
        };
      },
    },
  ],
});
