import { join } from 'node:path'
import { configDefaults, defineConfig } from 'vitest/config'
import { LongestFirst } from './test/support/run-order.ts'

/**
 * They start nothing and leave nothing behind, neither listeners nor state: they share a process, in which what they
 * import is loaded once. What is not named here has a process of its own.
 */
const sharing = [
  'test/{branch,broker,dispatch,engine,flows,look,ops,protocol,style}/**/*.test.ts',
  // Those left out put something of their own in the place of a global.
  'test/apps/**/!(screen-look|shift).test.ts',
  'test/calls/{branch-file,engine,routing,shift,ticket,turn}.test.ts',
  'test/cli/promotion/*.test.ts',
  'test/content/!(door).test.ts',
  'test/pairing/!(chromium).test.ts',
  'test/cli/{day,figures,floor,journal,report,score,simulate,statistics,what-if}/*.test.ts',
  'test/cli/effect/!(commands).test.ts',
  'test/desk/!(chromium|slow).test.ts',
  'test/flow-check/!(check-source|shipped).test.ts',
  'test/simulators/!(process).test.ts',
  'test/simulators/lobby/*.test.ts',
  'test/adapters/named-place-robot/{documented,journey,token,units,voice}.test.ts',
  'test/adapters/people-sensing/{counter,documented,frigate,intake,milesight-xovis,onvif-axis}.test.ts',
  'test/adapters/queue-system/{book,commands,csv-tail,documented,mapping}.test.ts',
  'test/adapters/rosbridge/{config,goals,wire}.test.ts',
  'test/adapters/sdk/{apology,out-tray,promises,secrets}.test.ts',
  'test/adapters/xibo/{proof,requests,tasks}.test.ts',
  'test/architecture.test.ts',
]

const tablet = 'test/tablet/**/*.test.ts'

export default defineConfig({
  test: {
    // On two cores: at any time one or two of the long files wait for a device or a clock.
    maxWorkers: 4,
    sequence: { sequencer: LongestFirst },
    // Deployed flows are found by Node's own module hooks, which a rewritten import would pass by.
    server: { deps: { external: [/hub\/deploy\/native-import\.ts$/] } },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What a page or a process shows a moment later: how long a moment is, is for the machine.
    expect: { poll: { timeout: 20_000 } },
    reporters: ['default'],
    // The tests start some hundred processes from the same sources: what one of them compiled, the next need not.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/usher-tests') },
    projects: [
      {
        extends: true,
        test: {
          name: 'alone',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...sharing, tablet],
        },
      },
      // A browser, a hub and a simulated branch each: on a busy machine a page takes its time.
      {
        extends: true,
        test: { name: 'tablet', include: [tablet], testTimeout: 90_000, hookTimeout: 90_000 },
      },
      { extends: true, test: { name: 'sharing', include: sharing, isolate: false } },
    ],
  },
})
