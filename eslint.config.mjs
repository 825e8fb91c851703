import { defineConfig, globalIgnores } from 'eslint/config';
import next from 'eslint-config-next/core-web-vitals';
import typescript from 'eslint-config-next/typescript';

export default defineConfig([
  ...next,
  ...typescript,
  globalIgnores(['.next*/**', '.data/**', 'lib/platform/db/generated/**', 'next-env.d.ts']),
  {
    rules: {
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        {
          // One place knows what the instance is told (lib/platform/env.ts); everything else is given it.
          selector: "MemberExpression[object.name='process'][property.name='env']",
          message:
            'Only lib/platform/env.ts, the database client, scripts and tests read the environment.',
        },
      ],
    },
  },
  {
    files: [
      'lib/platform/env.ts',
      'lib/platform/db/*.ts',
      'scripts/**',
      'tests/**',
      '*.config.*',
      'instrumentation.ts',
    ],
    rules: { 'no-restricted-syntax': 'off' },
  },
]);
