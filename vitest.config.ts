import { defineConfig } from 'vitest/config';

const TIMED = 'tests/unit/linear-time.test.ts';

export default defineConfig({
  // As `paths` in tsconfig.json.
  resolve: { alias: { '@': import.meta.dirname } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts'],
          exclude: [TIMED],
          testTimeout: 30_000, // for a loaded machine: speed is not what they assert
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        // By itself, since it compares times.
        test: { name: 'timed', include: [TIMED], maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          globalSetup: ['tests/support/postgres.ts'],
          setupFiles: ['tests/support/worker.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          sequence: { groupOrder: 2 }, // after the unit tests, which tell sooner
        },
      },
    ],
  },
});
