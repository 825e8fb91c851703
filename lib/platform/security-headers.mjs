/** Headers of every response; used by next.config.ts, proxy.ts and scripts/raw-request-guard.mjs. */
export const EVERYWHERE = {
  'X-Content-Type-Options': 'nosniff',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/**
 * Strict-Transport-Security for one year if the instance uses https. Without subdomains, which may
 * belong to others.
 * @param {string} appUrl
 * @returns {Record<string, string>}
 */
export function transportSecurity(appUrl) {
  return appUrl.startsWith('https:') ? { 'Strict-Transport-Security': 'max-age=31536000' } : {};
}

/**
 * The Content Security Policy of pages but for scripts (ADR 64). Every kind of content is named, since
 * scripts would fall under `default-src`, too, and a browser enforces all policies that a page has.
 */
export const RESTRICTIONS = [
  "connect-src 'self'",
  "font-src 'self'",
  "frame-src 'none'",
  "img-src 'self' data:",
  "manifest-src 'self'",
  "media-src 'none'",
  "object-src 'none'",
  "style-src 'self' 'unsafe-inline'",
  "worker-src 'self'", // the calculation that sign-ups under pressure are asked for
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Which scripts a page may run: files of ours, and inline ones by nonce or hash.
 * @param {...string} inline such as `'nonce-…'`
 */
export const scriptPolicy = (...inline) => ["script-src 'self'", ...inline].join(' ');
