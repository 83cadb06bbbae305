/** Whether the shipped flows are sound: every state can be left or ends, policies have defaults, diagrams are fresh. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AnyStateNode } from 'xstate'
import type { AnyFlow } from '#flows/define.ts'
import { withDiagram } from '#flows/diagram.ts'
import { flows } from '#flows/index.ts'
import { exitCodes } from '../io/exit-codes.ts'
import { table } from '../io/table.ts'

export interface FlowReport {
  readonly flow: string
  readonly version: number
  readonly states: number
  readonly faults: readonly string[]
}

const statesOf = (node: AnyStateNode): readonly AnyStateNode[] => [
  node,
  ...Object.values(node.states).flatMap((child) => statesOf(child)),
]

/** A way out of a state, or of one it is in. */
const canLeave = (node: AnyStateNode): boolean => {
  const leads = [...node.transitions.values()].flat().some(({ target }) => target?.some((to) => to !== node))
  const always = (node.always ?? []).some(({ target }) => target !== undefined)
  return leads || always || (node.parent !== undefined && canLeave(node.parent))
}

const stuckStates = (flow: AnyFlow): readonly string[] =>
  statesOf(flow.machine.root)
    .filter((node) => node.parent !== undefined && node.type !== 'final' && node.type !== 'history')
    .filter((node) => Object.keys(node.states).length === 0 && !canLeave(node))
    .map((node) => `state ${node.path.join('.')} can never be left`)

const policyFaults = (flow: AnyFlow): readonly string[] => {
  const parsed = flow.policy.safeParse({})
  return parsed.success ? [] : [`the policy has no whole defaults: ${parsed.error.message}`]
}

const readmeFaults = (flow: AnyFlow): readonly string[] => {
  const file = join(import.meta.dirname, '../../flows', flow.id, 'README.md')
  try {
    const readme = readFileSync(file, 'utf8')
    return withDiagram(readme, flow.machine) === readme ? [] : ['the diagram in README.md is not the machine']
  } catch {
    return ['there is no README.md']
  }
}

export const checkFlow = (flow: AnyFlow): FlowReport => ({
  flow: flow.id,
  version: flow.version,
  states: statesOf(flow.machine.root).length - 1,
  faults: [...stuckStates(flow), ...policyFaults(flow), ...readmeFaults(flow)],
})

/** A machine that cannot be constructed throws when its flow is loaded, which is before this. */
export const runFlowCheck = ({ json }: { json: boolean }): void => {
  const reports = flows.map(checkFlow)
  if (reports.some(({ faults }) => faults.length > 0)) process.exitCode = exitCodes.refused
  console.log(
    json
      ? JSON.stringify(reports, null, 2)
      : table(reports, [
          { title: 'flow', cell: ({ flow }) => flow },
          { title: 'version', cell: ({ version }) => version },
          { title: 'states', cell: ({ states }) => states },
          {
            title: 'found',
            cell: ({ faults }) => (faults.length === 0 ? 'sound' : faults.join('; ')),
            widthMax: 160,
          },
        ]),
  )
}
