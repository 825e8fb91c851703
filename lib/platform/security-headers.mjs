/** Headers of every answer, for those who make answers: next.config.ts, proxy.ts and scripts/unseen.mjs. */
export const EVERYWHERE = {
  'X-Content-Type-Options': 'nosniff',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/**
 * One more where the instance's address is https: browsers then open it by nothing else for a year. Without subdomains, which
 * may be others'.
 * @param {string} appUrl
 * @returns {Record<string, string>}
 */
export function transportSecurity(appUrl) {
  return appUrl.startsWith('https:') ? { 'Strict-Transport-Security': 'max-age=31536000' } : {};
}
