/** What is stored of a running instance, as a migration takes it. */
import type { StoredInstance } from '#flows/define.ts'
import type { BranchState, InstanceRow } from './state.ts'

export interface StoredTables {
  readonly timers: Pick<BranchState['timers'], 'get'>
  readonly tasks: Pick<BranchState['tasks'], 'values'>
}

const timersOf = ({ timers }: StoredTables, row: InstanceRow): StoredInstance['timers'] =>
  row.timers.flatMap((name) => {
    const timer = timers.get(`${row.id}#${name}`)
    return timer?.event ? [{ name, deadline: timer.deadline, event: timer.event as { type: string } }] : []
  })

export const storedInstance = (state: StoredTables, row: InstanceRow): StoredInstance => ({
  snapshot: JSON.parse(row.snapshot) as StoredInstance['snapshot'],
  timers: timersOf(state, row),
  tasks: state.tasks
    .values()
    .filter((task) => task.instance === row.id)
    .map((task) => task.intent.ref),
})
