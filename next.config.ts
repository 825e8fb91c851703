import path from 'node:path';
import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';
import { MISSING_PAGE_HEADER } from './lib/platform/connection.ts';
import { LETTER_FORM_BYTES } from './lib/platform/limits.ts';
import { EVERYWHERE, RESTRICTIONS, scriptPolicy } from './lib/platform/security-headers.mjs';
import { SOURCE_PARTS } from './lib/platform/source.ts';

/**
 * The policy of what is no page; proxy.ts replaces it for pages (ADR 64). In development, pages have
 * it, too: reloading changed code takes `eval` and scripts without a nonce.
 */
const csp = `${RESTRICTIONS}; ${
  process.env.NODE_ENV === 'development'
    ? scriptPolicy("'unsafe-inline'", "'unsafe-eval'")
    : scriptPolicy()
}`;

/**
 * Files that routes read at run time, for the standalone build: Next traces only imports (ADR 25).
 */
const READ_AT_RUN_TIME = {
  '/*': [
    'lib/delivery/pdf/letter.typ',
    'lib/delivery/pdf/typst-child.mjs',
    'node_modules/@myriaddreamin/**/*',
    'node_modules/@expo-google-fonts/*/**/*.ttf',
    'node_modules/@embedpdf/fonts-sc/fonts/*.otf',
  ],
  '/api/source': SOURCE_PARTS.flatMap((part) => [part, `${part}/**/*`, `${part}/.well-known/**/*`]),
};

const config: NextConfig = {
  // Tests build into another folder, so that a running instance is unaffected (scripts/build.ts).
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  // For `npm run build:standalone` only: `next start` does not serve a standalone build.
  output: process.env.NEXT_OUTPUT === 'standalone' ? 'standalone' : undefined,
  outputFileTracingIncludes: READ_AT_RUN_TIME,
  // Baseline pages for benchmarks are excluded from all other builds.
  pageExtensions: [
    'tsx',
    'ts',
    ...(process.env.UNDERSIGNED_BENCH ? ['bench.tsx', 'bench.ts'] : []),
  ],
  // proxy.ts reads forms first and refuses larger ones. It receives more than the limit, so that it
  // can detect them.
  experimental: {
    serverActions: { bodySizeLimit: LETTER_FORM_BYTES },
    proxyClientMaxBodySize: 2 * LETTER_FORM_BYTES,
  },
  // proxy.ts redirects instead, with our headers; Next's redirect has none.
  skipTrailingSlashRedirect: true,
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // No page has a picture to be resized; strangers could ask for it all the same.
  images: { unoptimized: true },
  cacheHandler: path.resolve('lib/platform/page-cache/handler.mjs'),
  cacheMaxMemorySize: 0,
  // The pages' `revalidate` is 2 seconds; a cache in front may serve one of them for a second more while
  // it asks for a new one (ADR 0005).
  expireTime: 3,
  serverExternalPackages: [
    'pg',
    '@prisma/client',
    'nodemailer',
    '@myriaddreamin/typst-ts-node-compiler',
  ],
  // Next modifies its tsconfig, so it has a separate one. `npm test` checks types.
  typescript: { ignoreBuildErrors: true, tsconfigPath: 'tsconfig.next.json' },
  rewrites: async () => ({
    beforeFiles: [
      {
        source: '/:locale(ja|en)/:path*',
        has: [{ type: 'header', key: MISSING_PAGE_HEADER }],
        destination: '/:locale/missing/:path*',
      },
    ],
    afterFiles: [],
    fallback: [],
  }),
  // Strict-Transport-Security depends on APP_URL, which is unknown at build time; proxy.ts sets it.
  headers: async () => [
    {
      source: '/:path*',
      headers: Object.entries(EVERYWHERE).map(([key, value]) => ({ key, value })),
    },
    // The local mailbox has its own policy (app/dev/mailbox); the browser would enforce both.
    { source: '/((?!dev/|dev$).*)', headers: [{ key: 'Content-Security-Policy', value: csp }] },
    // Public APIs and pictures can be embedded by any site; files for coordinators cannot.
    {
      source: '/api/(letters/(?![^/]+/contacts|[^/]+/imports|[^/]+/entries).*|picture\\.png)',
      headers: [{ key: 'Cross-Origin-Resource-Policy', value: 'cross-origin' }],
    },
    // Some URLs contain secrets, so other sites get no referrer. Not `no-referrer`: it would make
    // browsers send `Origin: null` with forms submitted without JavaScript, which are refused.
    {
      source: '/:locale/drafts/:path*',
      headers: [{ key: 'X-Robots-Tag', value: 'noindex, nofollow' }],
    },
    {
      source:
        '/:locale/(confirm|affirm|reaffirm|unsubscribe|drafts|entry|invited|nomination|attested|mailings|admin)/:path*',
      headers: [{ key: 'Referrer-Policy', value: 'same-origin' }],
    },
    {
      source: '/api/(unsubscribe|invited|mailings)/:path*',
      headers: [{ key: 'Referrer-Policy', value: 'same-origin' }],
    },
  ],
};

export default createNextIntlPlugin('./lib/platform/i18n/request.ts')(config);
