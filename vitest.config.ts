import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** `unit` is pure and runs in seconds; `integration` starts real servers; `browser` opens pages in a real Chromium. */
export default defineConfig({
  test: {
    reporters: ['default', './test/support/slowest-files.ts'],
    // The files of a process share its modules, which keep nothing but what they compiled.
    isolate: false,
    env: { TZ: 'UTC' },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/integration/**', 'test/browser/**', 'node_modules/**'],
          // By itself vitest leaves one core alone: of two cores, half.
          maxWorkers: availableParallelism(),
          // A hang is what this finds; how long work takes is measured in CPU time (test/support/cpu-time.ts).
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          globalSetup: ['test/integration/global-setup.ts'],
          // One more than there are cores, for tests wait much. With more still, servers and workers get too little time, and
          // a decision can outlast its workflow task.
          maxWorkers: availableParallelism() + 1,
          sequence: { groupOrder: 1 },
          testTimeout: 400_000,
          hookTimeout: 600_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/browser/global-setup.ts'],
          // Each file has a whole app and a browser.
          maxWorkers: availableParallelism(),
          sequence: { groupOrder: 2 },
          // A whole story takes a minute where nothing else runs, and two where two share the cores with their servers.
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
