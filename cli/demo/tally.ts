/** Counts what the demo has achieved so far, for its summary line. */
import type { TaskRow } from '#hub/dispatch/rows.ts'
import type { CommittedBatch } from '#hub/engine/sequencer.ts'
import type { BranchState } from '#hub/engine/state.ts'
import type { Tongue } from '../io/language.ts'
import { rowsOf } from './rows-of.ts'
import type { Line } from './screen.ts'

export interface Tally {
  note(batch: Pick<CommittedBatch, 'changes' | 'decisions'>): void
  summary(state: BranchState, about: { at: number; tongue: Tongue }): Line
}

export const isGreeting = (task: TaskRow): boolean =>
  task.flow === 'greeting' &&
  task.intent.claims.some(({ key, kind }) => kind === 'once' && key.startsWith('greet:'))

/** The invitation flow's own word for its only success. */
export const divertedCode = 'diverted.finished'

export const createTally = (): Tally => {
  let greeted = 0
  let promoted = 0
  let diverted = 0
  return {
    note: ({ changes, decisions }) => {
      for (const task of rowsOf<TaskRow>(changes, 'endedTasks')) {
        if (task.phase !== 'done') continue
        if (isGreeting(task)) greeted++
        if (task.intent.capability === 'promote') promoted++
      }
      diverted += decisions.filter(({ record }) => record.code === divertedCode).length
    },
    summary: (state, { tongue }) => {
      const waiting = state.tickets.values().filter((ticket) => ticket.state === 'waiting').length
      const open = state.tasks.size
      const text =
        tongue === 'zh'
          ? `等候 ${waiting} · 已问候 ${greeted} · 分流办结 ${diverted} · 已推荐 ${promoted} · 进行中任务 ${open}`
          : `waiting ${waiting} · greeted ${greeted} · diverted and finished ${diverted} · promoted ${promoted} · open tasks ${open}`
      return { kind: 'summary', who: '', text }
    },
  }
}
