/** Which room may import what: the one place where it is written. README and docs/architecture.md print it. */

interface Room {
  readonly rooms: readonly string[]
  /** `any`: whatever package.json names. */
  readonly packages: readonly string[] | 'any'
  /** Whether it may use Node's own modules, the clock and randomness. */
  readonly node: boolean
}

const everything = ['protocol', 'flows', 'hub', 'adapters', 'simulators', 'apps', 'cli', 'test', 'bench']

export const importTable: Readonly<Record<string, Room>> = {
  protocol: { rooms: [], packages: ['zod'], node: false },
  flows: { rooms: ['protocol'], packages: ['xstate', 'zod'], node: false },
  hub: {
    rooms: ['flows', 'protocol'],
    packages: [
      '@peculiar/x509',
      'aedes',
      'fastify',
      'pino',
      'prom-client',
      'reflect-metadata',
      'ws',
      'xstate',
      'yaml',
      'zod',
    ],
    node: true,
  },
  adapters: {
    rooms: ['protocol'],
    packages: ['@peculiar/x509', 'aedes', 'mqtt', 'node-opcua', 'reflect-metadata', 'zod'],
    node: true,
  },
  simulators: {
    rooms: ['adapters', 'protocol'],
    packages: ['yaml', 'zod'],
    node: true,
  },
  apps: { rooms: ['protocol'], packages: [], node: false },
  cli: {
    rooms: everything.filter((room) => room !== 'test' && room !== 'bench'),
    packages: 'any',
    node: true,
  },
  test: { rooms: everything, packages: 'any', node: true },
  bench: { rooms: everything, packages: 'any', node: true },
}

/** Scripts that stand in a pure room and write its generated pages. */
export const scripts: ReadonlySet<string> = new Set(['protocol/generate.ts'])

/** Files that import what is named when they run: code that is deployed while the hub runs. */
export const loaders: ReadonlySet<string> = new Set(['hub/deploy/native-import.ts'])

const list = (names: readonly string[]) => (names.length === 0 ? 'nothing' : names.join(', '))

/** The table as the pages print it. */
export const printedTable = (): string =>
  [
    '| Room | may import the rooms | and the packages | Node, clock, randomness |',
    '| --- | --- | --- | --- |',
    ...Object.entries(importTable).map(([name, room]) => {
      const rooms = list(room.rooms)
      const packages = room.packages === 'any' ? 'any' : list(room.packages)
      return `| \`${name}/\` | ${rooms} | ${packages} | ${room.node ? 'yes' : 'no'} |`
    }),
  ].join('\n')
