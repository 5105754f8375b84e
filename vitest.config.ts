import { defineConfig } from 'vitest/config'

/** Unit tests touch neither disk nor network; integration tests start the real engine, so few at a time. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          environment: 'node',
          testTimeout: 10_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          environment: 'node',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          pool: 'forks',
          // As with the end-to-end tests: a shared machine may stall for seconds.
          retry: process.env['CI'] === undefined ? 0 : 1,
        },
      },
    ],
  },
})
