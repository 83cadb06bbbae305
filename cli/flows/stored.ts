/** What is stored of a flow: asked of the running hub on a data directory, or read from a recorded day. */
import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { TaskRow } from '#hub/dispatch/rows.ts'
import type { InstanceRow, TimerRow } from '#hub/engine/state.ts'
import type { StoredOf } from '#hub/flow-check/migrations.ts'
import { UsherError } from '#protocol/errors.ts'

/** By the id of the flow. */
export type StoredBy = (flow: string) => Promise<readonly StoredOf[]>

const fromHub = (data: string): StoredBy => {
  return async (flow) => {
    const [{ openControl }, { controlPath }] = await Promise.all([
      import('#hub/ops/control.ts'),
      import('#hub/ops/paths.ts'),
    ])
    const control = await openControl(controlPath(data))
    try {
      return await control.request<readonly StoredOf[]>('flows.stored', { flow })
    } finally {
      control.close()
    }
  }
}

const rowsOf = <T>(tables: ReadonlyMap<string, readonly (readonly [string, unknown])[]>, name: string): T[] =>
  (tables.get(name) ?? []).map(([, row]) => row as T)

const fromDay = async (file: string): Promise<StoredBy> => {
  const [{ readDayFile }, { hereOf }, { storedOf }] = await Promise.all([
    import('../journal/read-day.ts'),
    import('../journal/open-day.ts'),
    import('#hub/flow-check/migrations.ts'),
  ])
  const { state } = await readDayFile(file, hereOf())
  const timers = new Map(state.get('timers') as Iterable<readonly [string, TimerRow]> | undefined)
  const tables = {
    instances: { values: () => rowsOf<InstanceRow>(state, 'instances') },
    timers,
    tasks: { values: () => rowsOf<TaskRow>(state, 'tasks') },
  }
  return (flow) => Promise.resolve(storedOf(tables, flow))
}

/** @throws UsherError `config.unreadable`, `hub.unreachable`, or `journal.*` for a day that does not hold. */
export const storedIn = async (where: string | undefined): Promise<StoredBy> => {
  if (where === undefined) return () => Promise.resolve([])
  const path = resolve(where)
  if (!existsSync(path)) throw new UsherError('config.unreadable', path)
  return statSync(path).isDirectory() ? fromHub(path) : fromDay(path)
}
