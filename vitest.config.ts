import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Most of the long files wait for the processes that they start.
    maxWorkers: 3,
    // Deployed flows are found by Node's own module hooks, which a rewritten import would pass by.
    server: { deps: { external: [/hub\/deploy\/native-import\.ts$/] } },
    testTimeout: 30_000,
    hookTimeout: 30_000,
    reporters: ['default'],
  },
})
