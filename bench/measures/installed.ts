/**
 * What adapters cost that are installed and not used: the start and the memory of the hub from a tree with all of them and
 * their packages, beside one where neither is there.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { firstMessage, makeFolder, startChild, stopChild } from '../contestants/contestant.ts'
import { median } from '../statistics.ts'
import { residentMb } from './memory.ts'

export interface InstalledFigure {
  readonly tree: 'with adapters' | 'without'
  readonly readyMs: number
  readonly residentMb: number
}

export interface InstalledPlan {
  readonly base: string
  readonly rounds: number
  say(text: string): void
}

const root = join(import.meta.dirname, '../..')
/** What the hub is made of; simulators come with adapters. */
const ownRooms = ['protocol', 'flows', 'hub', 'cli', 'bench']
const otherRooms = ['adapters', 'simulators']
/** Only adapters load them. */
const packagesOfAdapters = ['mqtt', 'node-opcua']
/** Garbage of the start is collected meanwhile: nothing tells when, and what stays is what is measured. */
const settleMs = 3_000

const isSource = (name: string) => !['node_modules', 'out'].includes(name)

/** One by one: the trees themselves are planted in `bench/out`, and nothing is copied into itself. */
const copyRoom = (room: string, to: string) => {
  mkdirSync(to)
  for (const name of readdirSync(join(root, room)).filter(isSource))
    cpSync(join(root, room, name), join(to, name), {
      recursive: true,
      filter: (path) => !path.includes(`${room}/peers/node_modules`),
    })
}

const plantTree = (folder: string, tree: InstalledFigure['tree']) => {
  const place = join(folder, tree.replace(' ', '-'))
  mkdirSync(join(place, 'node_modules'), { recursive: true })
  cpSync(join(root, 'package.json'), join(place, 'package.json'))
  const isWhole = tree === 'with adapters'
  for (const room of isWhole ? [...ownRooms, ...otherRooms] : ownRooms) copyRoom(room, join(place, room))
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
  }
  const packages = isWhole
    ? readdirSync(join(root, 'node_modules')).filter((name) => !name.startsWith('.'))
    : Object.keys(dependencies).filter((name) => !packagesOfAdapters.includes(name))
  for (const name of packages) {
    mkdirSync(join(place, 'node_modules', name, '..'), { recursive: true })
    symlinkSync(join(root, 'node_modules', name), join(place, 'node_modules', name))
  }
  return place
}

interface Sample {
  readonly readyMs: number
  readonly residentMb: number
}

const measureOne = async (base: string, place: string): Promise<Sample> => {
  const data = makeFolder(base)
  const child = startChild(process.execPath, [join(place, 'bench/contestants/hub.main.ts'), data.path, '0'], {
    ipc: true,
    env: { ...process.env, NODE_COMPILE_CACHE: join(place, 'compiled') },
  })
  try {
    const { started } = await firstMessage<{ started: Record<string, number> }>(child)
    // What was only needed to start is let go by then: a hub that lasts is what is measured.
    await wait(settleMs)
    return { readyMs: started['readyMs'] ?? Number.NaN, residentMb: residentMb(child.pid ?? 0) }
  } finally {
    await stopChild(child)
    data.remove()
  }
}

/** In every round each tree once, so that a change of the machine meets both; the first start of each only compiles. */
export const measureInstalled = async (plan: InstalledPlan): Promise<readonly InstalledFigure[]> => {
  const folder = makeFolder(plan.base)
  try {
    const trees = (['with adapters', 'without'] as const).map((tree) => ({
      tree,
      place: plantTree(folder.path, tree),
      samples: [] as Sample[],
    }))
    for (const { place } of trees) await measureOne(plan.base, place)
    for (let round = 0; round < plan.rounds; round++)
      for (const { place, samples } of round % 2 === 0 ? trees : trees.toReversed())
        samples.push(await measureOne(plan.base, place))
    return trees.map(({ tree, samples }) => {
      const figure = {
        tree,
        readyMs: median(samples.map(({ readyMs }) => readyMs)),
        residentMb: median(samples.map((sample) => sample.residentMb)),
      }
      plan.say(`${tree}: ready after ${figure.readyMs.toFixed(0)} ms, ${figure.residentMb.toFixed(1)} MB`)
      return figure
    })
  } finally {
    folder.remove()
  }
}
