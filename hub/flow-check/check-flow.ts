/** Everything that can be found in one flow before it may meet customers. */
import type { AnyFlow } from '#flows/define.ts'
import type { Scenario } from '#flows/samples/scenario.ts'
import type { FlowSource } from '../deploy/flow-folder.ts'
import { declarationFindings } from './declaration.ts'
import { type Exploration, explore } from './explore.ts'
import { excuse, type Finding, finding, firstOfEach } from './finding.ts'
import { forbiddenFindings } from './forbidden.ts'
import { genericSamples } from './generic-samples.ts'
import { migrationFindings, type StoredOf } from './migrations.ts'
import { purityFindings } from './purity.ts'
import { type RestsAs, restingFindings } from './resting.ts'
import { type Claimed, claimFindings, claimsOf } from './shared-claims.ts'
import { stateFindings } from './states.ts'
import { nameOf, type Structure, structureOf } from './structure.ts'
import { answerFindings, retryFindings } from './tasks.ts'
import { faultFindings, wishFindings } from './wishes.ts'

export interface CheckInput {
  readonly flow: AnyFlow
  /** Absent for a shipped flow: the house's own rules look at its source. */
  readonly source?: FlowSource
  /** The flow's own; without them the check makes some up. */
  readonly samples?: readonly Scenario[]
  /** What is stored of it, where a hub's data are at hand. */
  readonly stored?: readonly StoredOf[]
  /** The version in force, where this one is older. */
  readonly higher?: AnyFlow
  /** Claims of the other flows in force. */
  readonly others?: readonly Claimed[]
  /** How the shipped flow of this name rests while it is measured. */
  readonly shippedRests?: RestsAs | null
  /** How far the search goes; absent: as far as is good for a flow of usual size. */
  readonly stepsMax?: number
}

export interface FlowReport {
  readonly flow: string
  readonly version: number
  readonly states: number
  /** Situations that were looked at. */
  readonly situations: number
  readonly samples: 'own' | 'made up'
  readonly findings: readonly Finding[]
  readonly claims: readonly Claimed[]
}

const unreached = (structure: Structure, explorations: readonly Exploration[]): Finding[] => {
  const seen = new Set(
    explorations.flatMap(({ found }) =>
      found.flatMap(({ situation }) => situation.state.split(' ').flatMap((state) => [state])),
    ),
  )
  const begins = (name: string) => [...seen].some((state) => state === name || state.startsWith(`${name}.`))
  return (
    structure.states
      .filter((node) => structure.paths.has(node) && node.type !== 'history')
      // What is passed through at once, and where an instance is only begun, is never rested in.
      .filter((node) => (node.always ?? []).length === 0 && structure.paths.get(node)?.length !== 0)
      .filter((node) => !begins(nameOf(node)))
      .map((node) =>
        finding('state.unreached', {
          at: nameOf(node),
          path: structure.paths.get(node) ?? [],
          says: 'by arrows alone this would lead here; no sample does',
        }),
      )
  )
}

/** An endless circle or an actor would not let a search come to its end. */
const isSearchable = (findings: readonly Finding[]): boolean =>
  !findings.some(
    ({ code }) => code === 'loop.always' || code === 'forbidden.actor' || code === 'policy.no-default',
  )

const searched = (
  { flow, samples, stepsMax }: CheckInput,
  structure: Structure,
): { readonly findings: readonly Finding[]; readonly explorations: readonly Exploration[] } => {
  const scenarios = samples ?? genericSamples(flow)
  const explorations = scenarios.map((scenario) => explore(flow, scenario, stepsMax))
  const findings = explorations.flatMap((exploration) => [
    ...faultFindings(exploration),
    ...wishFindings(exploration),
    ...answerFindings(flow, exploration),
    ...retryFindings(flow, exploration.scenario),
    ...(exploration.cut
      ? [finding('search.cut', { at: exploration.scenario.name, says: 'give it fewer worlds or facts' })]
      : []),
  ])
  return { findings: [...findings, ...unreached(structure, explorations)], explorations }
}

export const checkFlow = (input: CheckInput): FlowReport => {
  const { flow, source, samples, stored = [], higher, others = [], shippedRests = null } = input
  const structure = structureOf(flow.machine)
  const fixed = [
    ...stateFindings(structure),
    ...forbiddenFindings(flow.machine, structure),
    ...declarationFindings(flow),
    ...(source === undefined ? [] : purityFindings(source)),
    ...migrationFindings(flow, stored, higher),
    ...restingFindings(flow, shippedRests),
  ]
  const { findings, explorations } = isSearchable(fixed)
    ? searched(input, structure)
    : { findings: [], explorations: [] }
  const claims = claimsOf(flow.id, explorations)
  const all = [
    ...fixed,
    ...findings,
    ...claimFindings(
      claims,
      others.filter((one) => one.flow !== flow.id),
    ),
  ]
  return {
    flow: flow.id,
    version: flow.version,
    states: structure.states.length,
    situations: explorations.reduce((sum, { found }) => sum + found.length, 0),
    samples: samples === undefined ? 'made up' : 'own',
    findings: excuse(flow, firstOfEach(all), others.length === 0),
    claims,
  }
}
