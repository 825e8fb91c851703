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
