/** Whether the title page of a flow fits its machine: its facts, its modes, its policy, its delays. */
import type { z } from 'zod'
import { prettifyError } from 'zod'
import type { AnyFlow } from '#flows/define.ts'
import { descriptionOf } from '#flows/setting.ts'
import { modes } from '#protocol/model.ts'
import { type Finding, finding } from './finding.ts'

const behaviours = ['run', 'quiet', 'stop']

/** Facts the machine reacts to anywhere; answers and timers come without being listened to. */
const factsOf = ({ machine }: AnyFlow): readonly string[] =>
  (machine.events as readonly string[]).filter(
    (name) => (!name.startsWith('task.') || name === 'task.unserved') && !name.startsWith('xstate.'),
  )

/** `device.*` and `*` stand for all of a kind. */
const isTaken = (names: Iterable<string>, fact: string): boolean =>
  [...names].some(
    (name) => name === fact || name === '*' || (name.endsWith('.*') && fact.startsWith(name.slice(0, -1))),
  )

const factFindings = (flow: AnyFlow): Finding[] => {
  const facts = factsOf(flow)
  const first = flow.machine.root.initial.target[0]
  const starts = flow.starts.filter(
    (fact) => !isTaken(first?.transitions.keys() ?? [], fact) || !flow.listens.includes(fact),
  )
  const listens: readonly string[] = flow.listens
  return [
    ...facts
      .filter((fact) => !fact.includes('*') && !listens.includes(fact))
      .map((fact) => finding('fact.not-listened', { at: fact, says: 'is not in `listens`' })),
    ...listens
      .filter((fact) => !isTaken(facts, fact))
      .map((fact) => finding('fact.unused', { at: fact, says: 'no state reacts to it' })),
    ...starts.map((fact) =>
      finding('start.ignored', { at: fact, says: `${first?.key ?? 'the first state'} does not take it` }),
    ),
  ]
}

const modeFindings = (flow: AnyFlow): Finding[] =>
  modes
    .filter((mode) => !behaviours.includes(flow.modes[mode]))
    .map((mode) => finding('mode.missing', { at: mode, says: 'is not in `modes`' }))

const shapeOf = (schema: z.ZodType): Readonly<Record<string, z.ZodType>> =>
  (schema as unknown as { shape?: Record<string, z.ZodType> }).shape ?? {}

const policyFindings = (flow: AnyFlow): Finding[] => {
  const parsed = flow.policy.safeParse({})
  if (!parsed.success)
    return [finding('policy.no-default', { at: 'policy', says: prettifyError(parsed.error) })]
  return Object.entries(shapeOf(flow.policy))
    .filter(([, schema]) => descriptionOf(schema) === undefined)
    .map(([name]) => finding('policy.no-words', { at: name, says: 'is not described in both languages' }))
}

const delayFindings = (flow: AnyFlow): Finding[] => {
  const delays = Object.keys(flow.machine.implementations.delays ?? {})
  return flow.gracedDelays
    .filter((name) => !delays.includes(name))
    .map((name) => finding('delay.unknown', { at: name, says: 'is not among the delays of the machine' }))
}

export const declarationFindings = (flow: AnyFlow): readonly Finding[] => [
  ...factFindings(flow),
  ...modeFindings(flow),
  ...policyFindings(flow),
  ...delayFindings(flow),
]
