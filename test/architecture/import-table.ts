/** Which room may import what: the one place where it is written. README and docs/architecture.md print it. */

interface Room {
  readonly rooms: readonly string[]
  /** Single files of further rooms that it may import, by their alias: what such a room made to be used from outside. */
  readonly entrances?: readonly string[]
  /** `any`: whatever package.json names. */
  readonly packages: readonly string[] | 'any'
  /** Whose modules, clock and randomness it may use: Node's, a browser's, or none at all. */
  readonly runs: 'anywhere' | 'browser' | 'node'
}

const everything = ['protocol', 'flows', 'hub', 'adapters', 'simulators', 'apps', 'cli', 'test', 'bench']

export const importTable: Readonly<Record<string, Room>> = {
  protocol: { rooms: [], packages: ['zod'], runs: 'anywhere' },
  flows: { rooms: ['protocol'], packages: ['xstate', 'zod'], runs: 'anywhere' },
  hub: {
    rooms: ['flows', 'protocol'],
    packages: [
      '@peculiar/x509',
      'aedes',
      'fastify',
      'pino',
      'prom-client',
      'reflect-metadata',
      'socket.io',
      'werift',
      'ws',
      'xstate',
      'yaml',
      'zod',
    ],
    runs: 'node',
  },
  adapters: {
    rooms: ['protocol'],
    packages: ['@peculiar/x509', 'aedes', 'mqtt', 'node-opcua', 'reflect-metadata', 'zod'],
    runs: 'node',
  },
  simulators: {
    rooms: ['adapters', 'protocol'],
    packages: ['yaml', 'zod'],
    runs: 'node',
  },
  apps: {
    rooms: ['protocol'],
    entrances: ['#adapters/sdk/browser.ts'],
    packages: [
      'd3-selection',
      'd3-zoom',
      'lucide-react',
      'react',
      'react-aria-components',
      'react-dom',
      'socket.io-client',
      'zod',
    ],
    runs: 'browser',
  },
  cli: {
    rooms: everything.filter((room) => room !== 'test' && room !== 'bench'),
    packages: 'any',
    runs: 'node',
  },
  test: { rooms: everything, packages: 'any', runs: 'node' },
  bench: { rooms: everything, packages: 'any', runs: 'node' },
}

/** What runs in Node in a room that does not: it writes the room's generated pages, or builds it. With its packages. */
export const scripts: Readonly<Record<string, readonly string[]>> = {
  'protocol/generate.ts': [],
  'apps/build/build.ts': ['@vitejs/plugin-react', 'vite'],
  'apps/build/main.ts': [],
  'apps/build/stamp.ts': [],
}

/** Files that import what is named when they run: code that is deployed while the hub runs. */
export const loaders: ReadonlySet<string> = new Set(['hub/deploy/native-import.ts'])

const runsIn = { anywhere: 'no', browser: "the browser's", node: 'yes' } as const

const list = (names: readonly string[]) => (names.length === 0 ? 'nothing' : names.join(', '))

/** The table as the pages print it. */
export const printedTable = (): string =>
  [
    '| Room | may import the rooms | and the packages | Node, clock, randomness |',
    '| --- | --- | --- | --- |',
    ...Object.entries(importTable).map(([name, room]) => {
      const only = (room.entrances ?? []).map((path) => `\`${path.slice(1)}\` alone`)
      const rooms = list([...room.rooms, ...only])
      const packages = room.packages === 'any' ? 'any' : list(room.packages)
      return `| \`${name}/\` | ${rooms} | ${packages} | ${runsIn[room.runs]} |`
    }),
  ].join('\n')
