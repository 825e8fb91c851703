// The ways between the rooms (ARCHITECTURE.md). `npm run structure` checks them.

/** The nouns, and what each imports besides itself and platform: some of those before it. */
const upstream = {
  coordinator: [],
  organization: ['coordinator'],
  letter: ['coordinator', 'organization'],
  update: ['coordinator', 'letter'],
  endorsement: ['coordinator', 'organization', 'letter'],
  retention: ['letter', 'endorsement'],
  revision: ['coordinator', 'organization', 'letter', 'endorsement'],
  signatories: ['coordinator', 'organization', 'letter', 'endorsement', 'revision'],
  mailing: ['coordinator', 'letter', 'update', 'endorsement'],
  delivery: [
    ...['coordinator', 'organization', 'letter', 'endorsement', 'revision', 'signatories'],
    'update',
    'mailing',
  ],
  transfer: ['organization', 'endorsement'],
};
const nouns = Object.keys(upstream);
/** Files of a noun that components may import: they neither read nor write. */
const PURE =
  'rules|schema|content|snapshot|list-settings|categories|permissions|legal-form|markdown|markdown-limits|difference|rendered-difference|slug|form-fields';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'nobody-imports-app',
      severity: 'error',
      from: { pathNot: '^app/' },
      to: { path: '^app/' },
    },
    {
      name: 'components-take-plain-data',
      comment:
        'A component imports components, types and what neither reads nor writes; the words of the interface come through next-intl.',
      severity: 'error',
      from: { path: '^components/' },
      to: {
        path: '^lib/',
        pathNot: `^lib/(?!platform)[a-z/-]+/(${PURE})\\.ts$|^lib/letter/text/paste/|^lib/platform/(i18n|languages|limits|dates|text/|forms/)|^lib/platform/db/generated/enums`,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'ui-knows-no-domain',
      severity: 'error',
      from: { path: '^components/ui/' },
      to: { path: '^lib/(?!platform/(i18n|languages))|^components/(?!ui/)' },
    },
    {
      name: 'platform-imports-no-noun',
      severity: 'error',
      from: { path: '^lib/platform/' },
      to: { path: `^lib/(${nouns.join('|')})/|^emails/|^components/` },
    },
    ...nouns.map((noun) => ({
      name: `${noun}-stays-in-its-place`,
      comment: 'Nouns form lines without circles.',
      severity: 'error',
      from: { path: `^lib/${noun}/` },
      to: { path: `^lib/(?!platform/|${[noun, ...upstream[noun]].join('/|')}/)` },
    })),
    {
      name: 'rules-do-nothing',
      comment: 'rules and order decide; they neither read nor write.',
      severity: 'error',
      from: { path: '^lib/(?!platform)[a-z/-]+/(rules|order)\\.ts$' },
      to: {
        path: '^lib/platform/',
        pathNot: '^lib/platform/(text/|dates|languages)',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'nouns-know-nothing-of-next',
      severity: 'error',
      from: { path: '^lib/(?!platform/|background/)[a-z-]+/' },
      to: {
        path: 'node_modules/(next|react|next-intl|next-auth)/|^lib/platform/(page-cache|auth/guard|i18n/navigation)',
      },
    },
    {
      name: 'pages-only-read',
      severity: 'error',
      from: { path: '^app/.*/(page|layout)\\.tsx$' },
      to: { path: '^lib/.+/commands\\.ts$' },
    },
    {
      name: 'only-queries-and-commands-touch-the-database',
      severity: 'error',
      from: {
        pathNot:
          '^lib/.+/(queries|commands)\\.ts$|^lib/coordinator/access\\.ts$|^lib/platform/|^lib/background/|^prisma/|^scripts/|^tests/',
      },
      to: {
        path: '^lib/platform/db/(client|migrate|embedded)|^lib/platform/db/generated/(?!enums)',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'one-door-to-next-auth',
      severity: 'error',
      from: { pathNot: '^lib/platform/auth/|^app/api/auth/' },
      to: { path: 'node_modules/next-auth/' },
    },
    {
      name: 'one-door-to-mail-providers',
      severity: 'error',
      from: { pathNot: '^lib/platform/mail/' },
      to: { path: 'node_modules/(resend|nodemailer)/' },
    },
    {
      name: 'emails-are-props-in-markup-out',
      severity: 'error',
      from: { path: '^emails/' },
      to: {
        path: '^lib/',
        // The terms that mails tell, the colours, the names of languages, how names and deadlines are shown, and Markdown.
        pathNot:
          '^lib/platform/(limits\\.ts|languages\\.ts|dates\\.ts|text/shown-names\\.ts|palette\\.json)$|^lib/letter/text/markdown\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-test-code-in-the-product',
      severity: 'error',
      from: {
        path: '^(app|components|lib|emails|scripts|prisma)/',
        pathNot: '^scripts/test|\\.bench\\.tsx?$',
      },
      to: { path: '^tests/' },
    },
    {
      name: 'not-to-dev-dependencies',
      severity: 'error',
      from: { path: '^(app|components|lib|emails|prisma)/' },
      to: { dependencyTypes: ['npm-dev'] },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: {
        couldNotResolve: true,
        pathNot: '^(hast|mdast)$' /* types alone: @types/hast, @types/mdast */,
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules|lib/platform/db/generated' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'],
    },
  },
};
