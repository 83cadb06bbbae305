/** Which tasks are shown where, and in which order. Pure, so that it can be proven. */
import type { LiveTask } from '#protocol/desk/live/work-rows.ts'

export const stages = ['all', 'waiting', 'running', 'mine'] as const
export type Stage = (typeof stages)[number]

export interface Filter {
  readonly stage: Stage
  /** null: of all flows. */
  readonly flow: string | null
}

export interface Looking {
  readonly filter: Filter
  /** Who looks. */
  readonly me: string
}

export interface Listed {
  /** A person has yet to say yes; the first to end is the first. */
  readonly suggested: readonly LiveTask[]
  /** Newest first. */
  readonly open: readonly LiveTask[]
  /** The last to end is the first. */
  readonly ended: readonly LiveTask[]
}

const running: ReadonlySet<LiveTask['phase']> = new Set(['accepted', 'started'])

export const isMine = ({ askedBy, member }: LiveTask, me: string): boolean =>
  askedBy === me || member === `person/${me}`

const isOfStage = (task: LiveTask, { filter, me }: Looking): boolean => {
  switch (filter.stage) {
    case 'all':
      return true
    case 'waiting':
      return task.endedAt === null && !running.has(task.phase)
    case 'running':
      return running.has(task.phase)
    case 'mine':
      return isMine(task, me)
  }
}

const later = (a: number, b: number) => b - a
const byId = (a: LiveTask, b: LiveTask) => (a.id < b.id ? -1 : 1)

export const isSuggestion = ({ suggested, phase, endedAt }: LiveTask): boolean =>
  suggested && phase === 'queued' && endedAt === null

export const listTasks = (tasks: readonly LiveTask[], looking: Looking): Listed => {
  const { flow } = looking.filter
  const fitting = tasks.filter((task) => (flow === null || task.flow === flow) && isOfStage(task, looking))
  const isOpen = ({ endedAt }: LiveTask) => endedAt === null
  return {
    suggested: fitting
      .filter(isSuggestion)
      .sort((a, b) => (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) || byId(a, b)),
    open: fitting
      .filter((task) => isOpen(task) && !isSuggestion(task))
      .sort((a, b) => later(a.createdAt, b.createdAt) || byId(a, b)),
    ended: fitting
      .filter((task) => !isOpen(task))
      .sort((a, b) => later(a.endedAt ?? 0, b.endedAt ?? 0) || byId(a, b)),
  }
}

/** Once more is worth trying for what nobody did. */
export const canRetry = ({ phase, endedAt }: LiveTask): boolean =>
  endedAt !== null && phase !== 'done' && phase !== 'unknown'

/** Those of which there is something to choose, by id. */
export const flowsOf = (tasks: readonly LiveTask[]): readonly string[] =>
  [...new Set(tasks.map(({ flow }) => flow))].sort()

/** How long an ended one stays where it was: whoever looked at it sees what became of it. */
export const lingerMs = 6_000

export const isLingering = ({ endedAt }: LiveTask, now: number): boolean =>
  endedAt !== null && now - endedAt < lingerMs
