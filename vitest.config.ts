import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Two cores are shared with the broker and the processes the tests start.
    maxWorkers: 2,
    // Deployed flows are found by Node's own module hooks, which a rewritten import would pass by.
    server: { deps: { external: [/hub\/deploy\/native-import\.ts$/] } },
    testTimeout: 30_000,
    hookTimeout: 30_000,
    reporters: ['default'],
  },
})
