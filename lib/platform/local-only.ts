import { createHash, timingSafeEqual } from 'node:crypto';

const LOCAL_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function hostnameOf(host: string): string | undefined {
  try {
    return new URL(`http://${host}`).hostname;
  } catch {
    return undefined;
  }
}

/**
 * Whether a person at this machine asks. Our HTTP server (scripts/server.mjs) puts its process's random `LOCAL_PROOF` on
 * requests that come over the loopback interface with no forwarding header, and strips it from all others, so a client
 * cannot claim it. The host's name must be local too: otherwise a site whose name is made to point here (DNS
 * rebinding) could have its visitor's browser ask. Without `LOCAL_PROOF`, nobody is local.
 */
export function fromThisMachine(headers: Headers): boolean {
  const proof = process.env.LOCAL_PROOF;
  const claim = headers.get('x-undersigned-local');
  if (!proof || !claim || !timingSafeEqual(sha256(proof), sha256(claim))) return false;
  return LOCAL_NAMES.has(hostnameOf(headers.get('host') ?? '') ?? '');
}
