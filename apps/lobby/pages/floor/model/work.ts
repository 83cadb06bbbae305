/** Who is at what just now, as the floor shows it. */
import type { Point } from '#protocol/desk/live/lobby-rows.ts'
import type { LiveTask } from '#protocol/desk/live/work-rows.ts'
import type { Guided } from './trails.ts'

const nearness = { started: 0, accepted: 1, offered: 2 } as const
type Held = keyof typeof nearness

const isHeld = (task: LiveTask): task is LiveTask & { phase: Held } =>
  task.endedAt === null && task.phase in nearness

/** Of each member the task that it is furthest with. */
export const tasksByMember = (tasks: readonly LiveTask[]): ReadonlyMap<string, LiveTask> => {
  const held = tasks
    .filter(isHeld)
    .sort((a, b) => nearness[a.phase] - nearness[b.phase] || a.createdAt - b.createdAt)
  const of = new Map<string, LiveTask>()
  for (const task of held) if (task.member !== null && !of.has(task.member)) of.set(task.member, task)
  return of
}

/** Guides on their way, each with where it leads to. */
export const guidesOf = (
  tasks: readonly LiveTask[],
  goalOf: (to: NonNullable<LiveTask['to']>) => Point | null,
): readonly Guided[] =>
  tasks.flatMap(({ id, capability, phase, member, to }) =>
    capability === 'guide' && phase === 'started' && member !== null
      ? [{ device: member, task: id, goal: to === null ? null : goalOf(to) }]
      : [],
  )

/** What was or is done for a visitor, newest first. */
export const tasksAbout = (
  tasks: readonly LiveTask[],
  visit: { readonly id: string; readonly tickets: readonly string[] },
): readonly LiveTask[] =>
  tasks
    .filter(
      ({ subject }) =>
        subject.visit === visit.id ||
        (subject.ticket !== undefined && visit.tickets.includes(subject.ticket)),
    )
    .sort((a, b) => b.createdAt - a.createdAt)
