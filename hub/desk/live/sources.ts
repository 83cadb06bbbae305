/**
 * Where each table of the pages comes from: how one of its rows is made now, and which of them a change of the hub's
 * tables may have changed. Rows are known here by the key of the hub's table, which is not always the row's id.
 */
import type { LiveRow, LiveTableName } from '#protocol/desk/live/tables.ts'
import { isResting } from '../../branch/resting.ts'
import { branchOf, fileOf } from '../../branch/rows.ts'
import { createView } from '../../branch/view.ts'
import { servedKey } from '../../calls/link/rows.ts'
import { callOwner, callPrefix } from '../../calls/port.ts'
import type { FlowSet } from '../../engine/flow-set.ts'
import type { BranchState } from '../../engine/state.ts'
import { liveCall, liveExpert } from './call-projection.ts'
import type { EndedTasks } from './ended-tasks.ts'
import {
  liveBranch,
  liveCounter,
  liveDevice,
  livePlace,
  liveService,
  liveTicket,
  liveVisit,
  liveZone,
  type Whereabouts,
} from './lobby-projection.ts'
import { liveSale } from './sale-projection.ts'
import { liveAlert, liveCampaign, liveEscalation, liveFlow, livePerson, liveTask } from './work-projection.ts'

export interface Sight {
  readonly branch: string
  readonly state: BranchState
  /** Hub time. */
  readonly at: number
  readonly flows: Pick<FlowSet, 'list' | 'get'>
  readonly ended: EndedTasks
  /** Where a device is, as pages are to be told; `told`: where the branch has it. */
  readonly whereIs: (device: string, told: Whereabouts | null) => Whereabouts | null
}

interface Source<Name extends LiveTableName> {
  keys(sight: Sight): readonly string[]
  /** undefined: there is none. */
  row(sight: Sight, key: string): LiveRow<Name> | undefined
}

const branchKey = 'branch'
const taskOwner = 'task/'

/** What ends an open task or passes it on; see what sets them in the dispatcher. */
const deadlines = ['ack', 'start', 'run', 'lost', 'expire'] as const

const dueAt = ({ state }: Sight, task: string): number | null => {
  let first: number | null = null
  for (const name of deadlines) {
    const timer = state.timers.get(`${taskOwner}${task}#${name}`)
    if (timer !== undefined && (first === null || timer.deadline < first)) first = timer.deadline
  }
  return first
}

/** As it said itself, or where it stands by the branch file. */
const toldBy = (state: BranchState, { spot, place }: RowOf<'devices'>): Whereabouts | null => {
  const at = spot?.pose ?? state.places.get(spot?.place ?? place ?? '')?.at
  return at == null ? null : { x: at.x, y: at.y, theta: at.theta ?? null }
}

type PlainTable =
  | 'zones'
  | 'places'
  | 'counters'
  | 'services'
  | 'tickets'
  | 'visits'
  | 'alerts'
  | 'escalations'
  | 'sales'

type RowOf<Table extends keyof BranchState> = NonNullable<ReturnType<BranchState[Table]['get']>>

/** One row for one row. */
const plain = <Name extends PlainTable>(
  name: Name,
  project: (row: RowOf<Name>) => LiveRow<Name>,
): Source<Name> => ({
  keys: ({ state }) => state[name].keys(),
  row: ({ state }, key) => {
    const row = state[name].get(key) as RowOf<Name> | undefined
    return row === undefined ? undefined : project(row)
  },
})

export const sources: { readonly [Name in LiveTableName]: Source<Name> } = {
  branch: {
    keys: () => [branchKey],
    row: ({ state, branch }) =>
      liveBranch(branchOf(state), { id: branch, title: fileOf(state)?.title ?? {} }),
  },
  zones: plain('zones', liveZone),
  places: plain('places', livePlace),
  counters: plain('counters', liveCounter),
  services: plain('services', liveService),
  tickets: plain('tickets', liveTicket),
  visits: plain('visits', liveVisit),
  devices: {
    keys: ({ state }) => state.devices.keys(),
    row: ({ state, whereIs }, key) => {
      const row = state.devices.get(key)
      return row === undefined ? undefined : liveDevice(row, whereIs(key, toldBy(state, row)))
    },
  },
  people: {
    keys: ({ state }) => state.staff.keys(),
    row: ({ state }, key) => {
      const row = state.staff.get(key)
      return row === undefined ? undefined : livePerson(row)
    },
  },
  tasks: {
    keys: ({ state, ended }) => [...new Set([...ended.ids(), ...state.tasks.keys()])],
    row: (sight, key) => {
      const row = sight.state.tasks.get(key) ?? sight.ended.get(key)
      return row === undefined ? undefined : liveTask(row, dueAt(sight, key))
    },
  },
  alerts: plain('alerts', liveAlert),
  escalations: plain('escalations', liveEscalation),
  flows: {
    keys: ({ flows }) => flows.list.map(({ id }) => id),
    row: ({ flows, state }, key) => {
      const flow = flows.get(key)
      if (flow === undefined) return undefined
      return liveFlow(flow, {
        set: state.flowSettings.get(key),
        proposal: state.flowProposals.get(key),
        resting: isResting(state, key),
      })
    },
  },
  campaigns: {
    keys: ({ state }) => state.campaigns.keys(),
    row: ({ state, at }, key) => {
      const row = state.campaigns.get(key)
      return row === undefined ? undefined : liveCampaign(row, createView(state, at).plays(key))
    },
  },
  experts: {
    keys: ({ state }) => state.experts.keys(),
    row: ({ state }, key) => {
      const row = state.experts.get(key)
      const people = fileOf(state)?.experts?.people
      return row === undefined
        ? undefined
        : liveExpert(
            row,
            people?.find(({ id }) => id === key),
          )
    },
  },
  sales: plain('sales', liveSale),
  calls: {
    keys: ({ state }) => state.calls.keys(),
    row: ({ state }, key) => {
      const row = state.calls.get(key)
      const wrapUp = state.timers.get(`${callOwner(key)}#wrap-up`)
      if (row === undefined) return undefined
      const { story } = state.served.get(servedKey(row.branch ?? '', row.escalation)) ?? {}
      return liveCall(row, { wrapUpUntil: wrapUp?.deadline ?? null, story })
    },
  },
}

/** All rows of a table. */
export const every = Symbol('every')

export interface Touched {
  readonly table: LiveTableName
  readonly key: string | typeof every
}

/** The name of the table is the same on both sides. */
const alike: ReadonlySet<string> = new Set([
  'zones',
  'places',
  'counters',
  'services',
  'tickets',
  'visits',
  'devices',
  'tasks',
  'alerts',
  'escalations',
  'campaigns',
  'experts',
  'calls',
  'sales',
] satisfies LiveTableName[])

/** A place that moved takes along what stands there. */
const besides: Readonly<Record<string, readonly Touched[]>> = {
  places: [{ table: 'devices', key: every }],
  branch: [
    { table: 'branch', key: branchKey },
    // The day begins when the branch's clock says so.
    { table: 'campaigns', key: every },
  ],
  // The file in force, the versions of flows and what rests: few rows, that seldom change.
  meta: [
    { table: 'branch', key: branchKey },
    { table: 'flows', key: every },
    { table: 'experts', key: every },
  ],
}

const others: Readonly<Record<string, (key: string) => Touched | undefined>> = {
  staff: (key) => ({ table: 'people', key }),
  endedTasks: (key) => ({ table: 'tasks', key }),
  flowSettings: (key) => ({ table: 'flows', key }),
  flowProposals: (key) => ({ table: 'flows', key }),
  plays: (key) => ({ table: 'campaigns', key }),
  timers: (key) => {
    if (key.startsWith(taskOwner))
      return { table: 'tasks', key: key.slice(taskOwner.length, key.indexOf('#')) }
    if (key.startsWith(callPrefix) && key.endsWith('#wrap-up'))
      return { table: 'calls', key: key.slice(callPrefix.length, key.indexOf('#')) }
    return undefined
  },
}

/** @returns which rows of the pages a changed row of the hub may have changed. */
export const touchedBy = (table: string, key: string): readonly Touched[] => {
  const one = alike.has(table) ? { table: table as LiveTableName, key } : others[table]?.(key)
  return [...(one === undefined ? [] : [one]), ...(besides[table] ?? [])]
}
