/** Whom a task is for and where it is, in a few words: `访客 A012 → 自助区`, or where it is done: `访客 · 入口`. */
import type { LiveTask } from '#protocol/desk/live/work-rows.ts'
import type { Names } from '../../said/names.ts'

/** The first of these that a task has says whom it is for; then where. */
const whom = ['ticket', 'visit', 'campaign'] as const
const where = ['counter', 'zone', 'device', 'service'] as const

export const subjectOf = (
  { subject, to, member }: Pick<LiveTask, 'subject' | 'to' | 'member'>,
  names: Names,
): string => {
  const named = (kinds: readonly (keyof LiveTask['subject'])[]): string | undefined => {
    for (const kind of kinds) {
      const id = subject[kind]
      // Where the one who does it is meant, its name stands beside anyway.
      if (id !== undefined && !(kind === 'device' && id === member)) return names.of(kind, id)
    }
    return undefined
  }
  const target =
    to === null || (to.zone === null && to.place === null)
      ? undefined
      : to.zone === null
        ? names.of('place', to.place ?? '')
        : names.of('zone', to.zone)
  const person = named(whom)
  const there = target ?? named(where)
  if (person === undefined) return there ?? ''
  if (there === undefined || there === person) return person
  return `${person}${target === undefined ? ' · ' : ' → '}${there}`
}
