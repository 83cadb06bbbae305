/** The house rules of a machine, read from its configuration. */
import type { AnyStateMachine, AnyStateNode } from 'xstate'

type Config = Record<string, unknown>

const isRecord = (value: unknown): value is Config =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const list = (value: unknown): unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value]

const actionFault = (action: unknown, where: string): string | undefined => {
  if (typeof action === 'string') return undefined
  if (!isRecord(action) || typeof action['type'] !== 'string') return `${where}: an inline action`
  if (typeof action['params'] === 'function' && action['type'] !== 'intend')
    return `${where}: computed params`
  // A function written in place is called `params` after its property.
  const { name } = (action['params'] ?? {}) as { name?: string }
  if (action['type'] === 'intend' && (name === undefined || name === '' || name === 'params')) {
    return `${where}: what is intended has no name`
  }
  return undefined
}

const transitionFaults = (transition: unknown, where: string): string[] => {
  if (typeof transition === 'string' || !isRecord(transition)) return []
  const faults = list(transition['actions']).map((action) => actionFault(action, where))
  if (typeof transition['guard'] === 'function') faults.push(`${where}: an inline guard`)
  return faults.filter((fault) => fault !== undefined)
}

const stateFaults = (config: Config, path: string): string[] => {
  const faults: string[] = []
  if (config['invoke'] !== undefined) faults.push(`${path}: invoke`)
  for (const name of ['entry', 'exit']) {
    for (const action of list(config[name])) {
      const fault = actionFault(action, `${path} ${name}`)
      if (fault !== undefined) faults.push(fault)
    }
  }
  for (const name of ['on', 'after']) {
    for (const [trigger, transitions] of Object.entries((config[name] ?? {}) as Config)) {
      if (name === 'after' && /^\d+$/.test(trigger)) faults.push(`${path}: a delay without a name`)
      for (const transition of list(transitions))
        faults.push(...transitionFaults(transition, `${path} ${trigger}`))
    }
  }
  for (const transition of list(config['always']))
    faults.push(...transitionFaults(transition, `${path} always`))
  for (const [name, child] of Object.entries((config['states'] ?? {}) as Config)) {
    faults.push(...stateFaults(child as Config, `${path}.${name}`))
  }
  return faults
}

export const machineFaults = (machine: AnyStateMachine): string[] => stateFaults(machine.config, machine.id)

/** States in which an instance can rest: no children, not final, not passed through at once. */
export const restingStates = (node: AnyStateNode): AnyStateNode[] => {
  const children = Object.values(node.states)
  if (children.length > 0) return children.flatMap(restingStates)
  const passedThrough = (node.always ?? []).some((transition) => transition.guard === undefined)
  return node.type === 'final' || passedThrough ? [] : [node]
}

const lineage = (node: AnyStateNode): AnyStateNode[] =>
  node.parent === undefined ? [node] : [node, ...lineage(node.parent as AnyStateNode)]

export const hasDeadline = (node: AnyStateNode): boolean =>
  lineage(node).some((each) => each.after.length > 0)

export const hasExit = (node: AnyStateNode): boolean =>
  lineage(node).some((each) => [...each.transitions.values()].some((transitions) => transitions.length > 0))

/** Facts the machine reacts to anywhere. */
export const factsOf = (machine: AnyStateMachine): string[] =>
  (machine.events as string[])
    .filter((name) => !name.startsWith('task.') || name === 'task.unserved')
    .filter((name) => !name.startsWith('xstate.'))
    .toSorted()
