import { defineConfig } from 'vitest/config'

const shared = { environment: 'node', testTimeout: 120_000, hookTimeout: 180_000 } as const
const database = {
  ...shared,
  include: ['src/**/*.db.test.ts', 'test/**/*.db.test.ts'],
  exclude: ['node_modules/**', 'dist/**'],
  globalSetup: ['test/template.ts'],
  // Each file opens a database and a program of its own; loading the program's modules anew for each took a third of the time.
  isolate: false,
}
const engines = (process.env['AVOW_TEST_ENGINES'] ?? 'pglite,postgres').split(',')

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          ...shared,
          name: 'pure',
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: [
            'node_modules/**',
            'dist/**',
            '**/*.db.test.ts',
            'test/browser/**',
            'test/crash/**',
            'test/start/**',
            'test/house/red/**',
          ],
        },
      },
      ...engines.map((engine) => ({
        extends: true as const,
        test: { ...database, name: engine, env: { AVOW_TEST_ENGINE: engine } },
      })),
      {
        extends: true,
        test: {
          ...shared,
          name: 'start',
          include: ['test/start/**/*.test.ts'],
          testTimeout: 180_000,
          globalSetup: ['test/template.ts'],
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'crash',
          include: ['test/crash/**/*.test.ts'],
          testTimeout: 900_000,
          fileParallelism: false,
          globalSetup: ['test/template.ts'],
        },
      },
    ],
  },
})
