import path from 'node:path';
import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';
import { MISSING_PAGE_HEADER } from './lib/platform/connection.ts';
import { LETTER_FORM_BYTES } from './lib/platform/limits.ts';
import { EVERYWHERE } from './lib/platform/security-headers.mjs';
import { SOURCE_PARTS } from './lib/platform/source.ts';

const csp = [
  "default-src 'self'",
  // Cached pages cannot carry a nonce, and Next puts its data into inline scripts.
  `script-src 'self' 'unsafe-inline'${process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : ''}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** What routes read from disk at run time, for the standalone build: Next traces imports only (ADR 25). */
const READ_AT_RUN_TIME = {
  '/*': [
    'lib/delivery/pdf/letter.typ',
    'lib/delivery/pdf/typst-child.mjs',
    'node_modules/@myriaddreamin/**/*',
    'node_modules/@expo-google-fonts/{noto-serif-jp,source-serif-4}/*/*.ttf',
    'node_modules/@patdx/kuromoji/dict/*',
  ],
  '/api/source': SOURCE_PARTS.flatMap((part) => [part, `${part}/**/*`, `${part}/.well-known/**/*`]),
};

const config: NextConfig = {
  // Tests build beside a running product without touching it (scripts/build.ts).
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  // `npm run build:standalone`. Off otherwise: `next start` does not serve a standalone build.
  output: process.env.NEXT_OUTPUT === 'standalone' ? 'standalone' : undefined,
  outputFileTracingIncludes: READ_AT_RUN_TIME,
  // Pages that benchmarks measure against are in no other build.
  pageExtensions: [
    'tsx',
    'ts',
    ...(process.env.UNDERSIGNED_BENCH ? ['bench.tsx', 'bench.ts'] : []),
  ],
  // proxy.ts reads forms first and refuses larger ones. It is shown more than the limit, so that it can tell.
  experimental: {
    serverActions: { bodySizeLimit: LETTER_FORM_BYTES },
    proxyClientMaxBodySize: 2 * LETTER_FORM_BYTES,
  },
  // proxy.ts does, with our headers; Next's own redirect has none.
  skipTrailingSlashRedirect: true,
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  cacheHandler: path.resolve('lib/platform/page-cache/handler.mjs'),
  cacheMaxMemorySize: 0,
  // Caches between us and the reader may keep a page as long as other server processes may (ADR 0005).
  expireTime: 10,
  serverExternalPackages: [
    'pg',
    '@prisma/client',
    'nodemailer',
    '@myriaddreamin/typst-ts-node-compiler',
  ],
  // Next writes into its tsconfig; it has one of its own, so that ours stays as it is. Types are a step of `npm test`.
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
  // Strict-Transport-Security depends on APP_URL, which a build does not know: proxy.ts sends it.
  headers: async () => [
    {
      source: '/:path*',
      headers: Object.entries(EVERYWHERE).map(([key, value]) => ({ key, value })),
    },
    // The local mailbox has a policy of its own (app/dev/mailbox); two policies would both apply.
    { source: '/((?!dev/|dev$).*)', headers: [{ key: 'Content-Security-Policy', value: csp }] },
    // What the public may read, pages of any other site may show.
    {
      source: '/api/letters/:path*',
      headers: [{ key: 'Cross-Origin-Resource-Policy', value: 'cross-origin' }],
    },
    // Addresses here hold secrets; no other site may learn them. Not `no-referrer`: with it a form sent without scripts
    // names no origin, and is refused.
    {
      source: '/:locale/drafts/:path*',
      headers: [{ key: 'X-Robots-Tag', value: 'noindex, nofollow' }],
    },
    {
      source: '/:locale/(confirm|reaffirm|affirm|drafts|admin)/:path*',
      headers: [{ key: 'Referrer-Policy', value: 'same-origin' }],
    },
  ],
};

export default createNextIntlPlugin('./lib/platform/i18n/request.ts')(config);
