import { configDefaults, defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: ['test/postgres.ts'],
    include: ['{src,test,demo,bench,web}/**/*.test.{ts,tsx}'],
    exclude: [...configDefaults.exclude, 'dist/**'],
    pool: 'forks',
    maxWorkers: 2,
    // How long anything takes is measured in bench/; here a machine that is busy is no failure.
    testTimeout: 180_000,
    hookTimeout: 600_000,
  },
})
