import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts', 'scripts/**/*.test.ts'],
    environment: 'node',
    // Two cores; the suites start servers and child processes of their own.
    maxWorkers: 2,
    testTimeout: 20_000,
  },
});
