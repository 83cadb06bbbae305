/** What must hold after every simulated day, judged by the devices' own logs, the journal and the state. */
import type { TaskRow } from '#hub/dispatch/rows.ts'
import { canonicalJson } from '#hub/engine/canonical.ts'
import { digestOf, readEntry, replay } from '#hub/engine/replay.ts'
import { defaultSettings } from '#hub/engine/settings.ts'
import { createMemoryStore } from '#hub/store/memory-store.ts'
import type { Store, StoredEntry } from '#hub/store/port.ts'
import {
  attemptsBegunTwice,
  greetedTwice,
  promotedAtOnce,
  tasksBegunTwice,
} from '#simulators/devices/oracle.ts'
import { branchName } from './branch.ts'
import type { Day } from './world.ts'

const show = (what: unknown) => JSON.stringify(what).slice(0, 600)

const nothingTwice = ({ logs }: Day): string[] => [
  ...greetedTwice(logs).map((twice) => `greeted twice: ${show(twice)}`),
  ...attemptsBegunTwice(logs).map((twice) => `an attempt was begun twice: ${show(twice)}`),
  ...tasksBegunTwice(logs).map((twice) => `a task was begun twice: ${show(twice)}`),
  ...promotedAtOnce(logs).map((twice) => `two promotions at once: ${show(twice)}`),
]

/** Every event a device has an acknowledgement for is in the journal, or was answered with an error. */
const nothingLost = (day: Day, numbers: ReadonlySet<string>): string[] => {
  const told = new Set(day.logs.filter((line) => line.kind === 'told').map(({ device }) => device))
  return day.logs.flatMap((line) => {
    if (line.kind !== 'acknowledged' || !line.topic.includes('/event/')) return []
    if (numbers.has(`${line.device}/${line.boot}/${line.n}`) || told.has(line.device)) return []
    return [`acknowledged and lost: ${show(line)}`]
  })
}

/** By then every deadline of the task has passed, with a minute for what was granted after a restart. */
const lastMoment = ({ createdAt, intent }: TaskRow) => {
  const { expiresInMs, attemptsMax, ackWithinMs, startWithinMs, runWithinMs } = intent
  return createdAt + expiresInMs + attemptsMax * (ackWithinMs + startWithinMs + runWithinMs) + 60_000
}

const everythingEnded = ({ hub }: Day): string[] => {
  const { state } = hub.engine
  const { at } = hub.engine.position()
  const open = state.tasks
    .values()
    .filter((task) => at > lastMoment(task))
    .map((task) => `a task never ended: ${show(task)}`)
  const parked = state.instances.values().filter((row) => row.parked !== null)
  const leases = state.claims
    .values()
    .filter((row) => row.kind === 'lease' && row.until === null && !row.key.startsWith('attention'))
  return [
    ...open,
    ...parked.map((row) => `an instance was parked: ${show(row)}`),
    ...leases
      .filter((row) => !state.tasks.has(row.task) && !row.keep)
      .map((row) => `a lease outlived its task: ${show(row)}`),
  ]
}

const allEntries = async (store: Pick<Store, 'entries'>): Promise<StoredEntry[]> => {
  const all: StoredEntry[] = []
  for (;;) {
    const page = await store.entries(branchName, { from: all.length + 1 })
    if (page.length === 0) return all
    all.push(...page)
  }
}

const sameWhenReplayed = async (day: Day): Promise<{ faults: string[]; numbers: ReadonlySet<string> }> => {
  const store = createMemoryStore({ disk: day.disk })
  const stored = await allEntries(store)
  const verdict = await store.verify(branchName)
  const faults = verdict.ok ? [] : [`the chain is broken: ${show(verdict)}`]
  const entries = stored.flatMap((row) => readEntry(row) ?? [])
  const numbers = new Set<string>()
  for (const { body, numbering } of entries) {
    if (numbering !== undefined && 'device' in body)
      numbers.add(`${body.device}/${numbering.boot}/${numbering.n}`)
  }
  const rows = replay({ flows: day.flows, settings: { ...defaultSettings, seed: day.seed } }, entries)
  const live = await day.hub.engine.read(() => digestOf(day.hub.engine.rows))
  if (digestOf(rows) !== live) faults.push(`replay differs: ${firstDifference(day, rows.all())}`)
  return { faults, numbers }
}

const firstDifference = ({ hub }: Day, replayed: readonly (readonly [string, string, unknown])[]): string => {
  const index = new Map(replayed.map(([table, key, row]) => [`${table}/${key}`, row]))
  for (const [table, key, row] of hub.engine.rows.all()) {
    const other = index.get(`${table}/${key}`)
    if (other === undefined || canonicalJson(other) !== canonicalJson(row))
      return `${table}/${key}: ${show(row)} / ${show(other)}`
    index.delete(`${table}/${key}`)
  }
  return `only replayed: ${[...index.keys()].slice(0, 5).join(', ')}`
}

/** @returns what is broken, in words; empty: the day was right. */
export const judge = async (day: Day): Promise<readonly string[]> => {
  const { faults, numbers } = await sameWhenReplayed(day)
  return [
    ...day.bugs.map((bug) => `a bug: ${bug}`),
    ...nothingTwice(day),
    ...nothingLost(day, numbers),
    ...everythingEnded(day),
    ...faults,
  ]
}
