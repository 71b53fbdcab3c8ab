import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    maxWorkers: 2,
    // Files share the modules of their worker: loading them anew for each took a third of the run.
    isolate: false,
    globalSetup: ['test/support/engines.ts'],
  },
});
