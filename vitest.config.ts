import { defineConfig } from 'vitest/config';

/** Two projects: `unit` is pure and runs in seconds; `integration` starts real servers. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/integration/**', 'node_modules/**'],
          // The files of a process share its modules, which keep nothing but what they compiled.
          isolate: false,
          // By itself vitest leaves one core alone: of two cores, half.
          maxWorkers: '100%',
          // A hang is what this finds; how long work takes is measured in CPU time (test/support/cpu-time.ts).
          testTimeout: 60_000,
          hookTimeout: 60_000,
          env: { TZ: 'UTC' },
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          globalSetup: ['test/integration/global-setup.ts'],
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 600_000,
          env: { TZ: 'UTC' },
        },
      },
    ],
  },
});
