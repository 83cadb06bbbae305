/** Who else could be asked for a task: what the hub found when it last looked, else whoever could by the rows. */
import type { LiveDevice } from '#protocol/desk/live/lobby-rows.ts'
import type { LivePerson, LiveTask } from '#protocol/desk/live/work-rows.ts'
import type { ExplainAnswer, ToldCandidate } from '#protocol/desk/look/explain.ts'
import { type Names, personPrefix } from '../../said/names.ts'
import { isStranger } from '../../why/sort-candidates.ts'

export interface Other {
  readonly id: string
  readonly title: string
  readonly score: number | null
  /** Why the hub would not ask this one; null: it would. */
  readonly out: string | null
}

export interface Rows {
  readonly devices: readonly LiveDevice[]
  readonly people: readonly LivePerson[]
}

/** What only people do. */
const peopleOnly: ReadonlySet<string> = new Set(['call-staff'])

const fromLook = ({ member, score, out }: ToldCandidate): Other => ({
  id: member.id,
  title: member.title,
  score,
  out: out?.words ?? (score === null ? '' : null),
})

const fromRows = (task: LiveTask, { devices, people }: Rows, names: Names): Other[] => {
  const can = devices.filter(
    ({ capabilities, link, willingness }) =>
      capabilities.includes(task.capability) && link === 'online' && willingness === 'open',
  )
  const some = (id: string): Other => ({ id, title: names.member(id), score: null, out: null })
  return [
    ...(peopleOnly.has(task.capability) ? [] : can.map(({ id }) => some(id))),
    ...people.filter(({ onDuty }) => onDuty).map(({ id }) => some(`${personPrefix}${id}`)),
  ]
}

export interface OthersOf {
  readonly answer: ExplainAnswer | undefined
  readonly rows: Rows
  readonly names: Names
}

/** Best first; those that the hub would not ask last. */
export const othersFor = (task: LiveTask, { answer, rows, names }: OthersOf): readonly Other[] => {
  const look = answer?.tasks.find(({ id }) => id === task.id)?.looks.at(-1)
  const all = (look?.candidates ?? []).filter(({ out }) => !isStranger(out?.code ?? null)).map(fromLook)
  const found = all.some(({ out }) => out === null) ? all : [...fromRows(task, rows, names), ...all]
  const seen = new Set(task.member === null || task.endedAt !== null ? [] : [task.member])
  return found
    .filter(({ id }) => !seen.has(id) && seen.add(id))
    .sort((a, b) => Number(a.out !== null) - Number(b.out !== null) || (b.score ?? -1) - (a.score ?? -1))
}
