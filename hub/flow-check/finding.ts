/** What a check can find in a flow: a stable code, where it is, and the path of events that leads there. */
import type { AnyFlow, Excuse } from '#flows/define.ts'

export type Severity = 'error' | 'warning'

interface FindingRow {
  readonly severity: Severity
  /** Why it matters. */
  readonly why: string
}

const row = (severity: Severity, why: string): FindingRow => ({ severity, why })

/** docs/guides/flows.md lists exactly these. */
export const findingRows = {
  'state.unreachable': row('error', 'No way leads to this state: it is left over, or an arrow is missing.'),
  'state.unreached': row(
    'warning',
    'None of the samples leads here: a guard never holds, or a sample is missing.',
  ),
  'state.dead-end': row('error', 'An instance that comes here stays for ever: no way out, no timer, no end.'),
  'state.no-deadline': row('error', 'An instance waits here without a deadline for what may never come.'),
  'task.unhandled': row('error', 'A task can end in this way here, and nobody hears it.'),
  'task.unheard': row('error', 'A task is asked for as the instance ends: nobody hears what became of it.'),
  'loop.always': row('error', 'Transitions without an event go round in a circle.'),
  'loop.retry': row('error', 'A task that fails is asked for again without a bound.'),
  'effect.no-claim': row(
    'error',
    'The capability is not to be repeated, and no claim keeps a second task from it.',
  ),
  'effect.no-key': row('error', 'Without a key that names its subject, two of these cannot be told apart.'),
  'intent.invalid': row('error', 'The dispatcher, or a device, would refuse this.'),
  'claim.collides': row('error', 'Two flows take the same claim for ever: the second never acts.'),
  'claim.no-order': row(
    'error',
    'Two flows share a lease with the same priority: chance decides who gives way.',
  ),
  'migration.missing': row('error', 'What is stored of an older version cannot go on with this one.'),
  'forbidden.actor': row('error', 'Restoring an actor runs it again: answers of the world come as events.'),
  'forbidden.action': row(
    'error',
    'Only `assign` and `intend` survive a restart; all else would be lost or done twice.',
  ),
  'forbidden.delay': row('error', 'Only `after` with a named delay is stored, and can be given its grace.'),
  'forbidden.context': row('error', 'What is not plain JSON is not the same after a restart.'),
  'forbidden.global': row(
    'error',
    'A decision by the clock, by chance or by the world outside cannot be replayed.',
  ),
  'policy.no-default': row('error', 'A flow that nobody has set must work: each setting needs a default.'),
  'policy.no-words': row('warning', 'People who set it need to know what it does, in both languages.'),
  'mode.missing': row('error', 'The branch has a mode in which nobody knows what the flow does.'),
  'fact.not-listened': row(
    'error',
    'The machine reacts to a fact that the flow does not listen to: it never comes.',
  ),
  'fact.unused': row('warning', 'The flow listens to a fact that its machine does not react to.'),
  'resting.dropped': row(
    'warning',
    'A measured flow that does not rest as the shipped one does spoils what it is compared with.',
  ),
  'start.ignored': row('error', 'A fact starts an instance whose first state does not take it.'),
  'delay.unknown': row('error', 'A graced delay of this name does not exist.'),
  throws: row('error', 'The instance would be parked here.'),
  'readme.stale': row('error', 'The page of a shipped flow shows its machine as it is.'),
  'search.cut': row(
    'warning',
    'There are more situations than the check looks at; what it says may be incomplete.',
  ),
  'excuse.unused': row('warning', 'Nothing is found that this excuse is for: it may hide something later.'),
} as const satisfies Record<string, FindingRow>

export type FindingCode = keyof typeof findingRows

export interface Finding {
  readonly code: FindingCode
  readonly severity: Severity
  /** The state, with `: task` where one is concerned; or the part of the declaration. */
  readonly at: string
  /** Events and the states they lead to, from the beginning; empty where no path is needed. */
  readonly path: readonly string[]
  readonly says: string
  /** Why the flow means it to be so: it no longer counts. */
  readonly excused: string | null
}

export const finding = (
  code: FindingCode,
  { at, path = [], says }: { at: string; path?: readonly string[]; says: string },
): Finding => ({ code, severity: findingRows[code].severity, at, path, says, excused: null })

/** `*` stands for anything. */
const matches = (pattern: string, text: string): boolean => {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`).test(text)
}

const excuseOf = (excuses: readonly Excuse[], { code, at }: Finding) =>
  excuses.find((excuse) => excuse.finding === code && matches(excuse.at, at))

/** What a flow declares to be meant so is shown with its reason. */
export const excused = ({ excuses = [] }: AnyFlow, findings: readonly Finding[]): readonly Finding[] =>
  findings.map((one) => ({ ...one, excused: excuseOf(excuses, one)?.because ?? null }))

/** An excuse for nothing is a finding too. @param alone no other flow is here that its claims could meet. */
export const excuse = (flow: AnyFlow, findings: readonly Finding[], alone: boolean): readonly Finding[] => {
  const excuses = flow.excuses ?? []
  const used = new Set(findings.flatMap((one) => excuseOf(excuses, one) ?? []))
  return [
    ...excused(flow, findings),
    ...excuses
      .filter((one) => !used.has(one) && !(alone && one.finding.startsWith('claim.')))
      .map((one) => finding('excuse.unused', { at: `${one.finding} at ${one.at}`, says: one.because })),
  ]
}

/** The first of each kind and place has the shortest path. */
export const firstOfEach = (findings: readonly Finding[]): readonly Finding[] => {
  const known = new Set<string>()
  return findings.filter(({ code, at, says }) => {
    const name = `${code}\n${at}\n${says}`
    if (known.has(name)) return false
    known.add(name)
    return true
  })
}

export const isFatal = ({ severity, excused }: Finding): boolean => severity === 'error' && excused === null
