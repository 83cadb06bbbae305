/** What counter vacancy sees of the branch: one counter, and how long people wait for what it serves. */
import { type BranchView, type CounterRow, fresh, type Mode } from '#protocol/model.ts'

export interface VacancyView {
  readonly mode: Mode
  readonly counter: Pick<CounterRow, 'id' | 'state' | 'staffed' | 'serving' | 'zone'> | null
  /** The longest wait for any of its services; null: nobody waits, or nobody knows. */
  readonly longestWaitMs: number | null
}

const longestWait = (view: BranchView, service: string): number | null => {
  const reported = fresh(view.service(service)?.longestWaitMs, view.at)
  if (reported !== undefined) return fresh(view.service(service)?.waiting, view.at) === 0 ? null : reported
  const oldest = view
    .tickets()
    .filter((ticket) => ticket.service === service && ticket.state === 'waiting')
    .reduce((at, ticket) => Math.min(at, ticket.issuedAt), view.at + 1)
  return oldest > view.at ? null : view.at - oldest
}

export const viewVacancy = (view: BranchView, id: string): VacancyView => {
  const counter = view.counter(id)
  if (counter === undefined) return { mode: view.branch.mode, counter: null, longestWaitMs: null }
  const waits = counter.services
    .map((service) => longestWait(view, service))
    .filter((wait): wait is number => wait !== null)
  return {
    mode: view.branch.mode,
    counter: {
      id: counter.id,
      state: counter.state,
      staffed: counter.staffed,
      serving: counter.serving,
      zone: counter.zone,
    },
    longestWaitMs: waits.length === 0 ? null : Math.max(...waits),
  }
}
