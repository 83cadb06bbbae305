/** What a flow wants on its ways through the samples: whether it may be wanted, and has the keys that keep it single. */
import { repeatRule } from '#protocol/capabilities.ts'
import type { Intent } from '#protocol/intents.ts'
import { type Exploration, pathsOf } from './explore.ts'
import { type Finding, type FindingCode, finding } from './finding.ts'
import { intentFault, keyFault } from './intent-fault.ts'
import { stemOf } from './tasks.ts'

type Fault = readonly [FindingCode, string]

const keyFaultOf = (what: string, key: unknown): Fault[] => {
  const fault = keyFault(key)
  return fault === undefined ? [] : [['effect.no-key', `${what}: ${fault}`]]
}

const effectFaults = (intent: Intent): readonly Fault[] => {
  switch (intent.type) {
    case 'task':
      if (intent.claims.length === 0 && repeatRule(intent.capability) === 'at-most-once')
        return [
          ['effect.no-claim', `${intent.capability} is done at most once, and nothing is claimed for it`],
        ]
      return intent.claims.flatMap(({ key }) => keyFaultOf('claim', key))
    case 'claim':
      return keyFaultOf('claim', intent.claim.key)
    case 'release':
      return keyFaultOf('release', intent.claim)
    case 'alert':
    case 'alert.clear':
      return keyFaultOf(intent.type, intent.key)
    case 'mark':
      return keyFaultOf(`mark ${intent.name}`, intent.id)
    case 'escalate':
      return Object.keys(intent.subject).length === 0
        ? [['effect.no-key', 'escalate: it names nobody and no place']]
        : []
    default:
      return []
  }
}

const faultsOf = (intent: Intent): readonly Fault[] => {
  const effects = effectFaults(intent)
  const invalid = intentFault(intent)
  return invalid === undefined || effects.length > 0 ? effects : [['intent.invalid', invalid]]
}

const nameOf = (intent: Intent): string => ('ref' in intent ? stemOf(intent.ref) : intent.type)

export const wishFindings = (exploration: Exploration): readonly Finding[] => {
  const pathOf = pathsOf(exploration)
  return exploration.taken.flatMap((taken) =>
    taken.intents.flatMap((intent) =>
      faultsOf(intent).map(([code, says]) =>
        finding(code, { at: `${taken.to.state}: ${nameOf(intent)}`, path: pathOf(taken), says }),
      ),
    ),
  )
}

/** What it threw, on the way there. */
export const faultFindings = ({ found }: Exploration): readonly Finding[] =>
  found.flatMap(({ situation: { fault, state }, path }) => {
    if (fault === null) return []
    const code =
      fault.includes('json.not-plain') || fault.includes('not plain JSON') ? 'forbidden.context' : 'throws'
    return [
      finding(fault.includes('It uses ') ? 'forbidden.global' : code, {
        at: state || 'begin',
        path,
        says: fault,
      }),
    ]
  })
