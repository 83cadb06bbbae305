/** What a machine may not hold: actors, effects of its own, delays that nobody stores, the world outside. */
import type { AnyStateMachine, AnyStateNode } from 'xstate'
import { type Finding, type FindingCode, finding } from './finding.ts'
import { nameOf, type Structure } from './structure.ts'

type Config = Readonly<Record<string, unknown>>

const list = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value]

/** The kind of one of XState's own actions: they are functions with a type. */
const kindOf = (action: unknown): string | undefined => {
  const type = typeof action === 'function' && 'type' in action ? action.type : undefined
  return typeof type === 'string' && type.startsWith('xstate.') ? type : undefined
}

const judge = (action: unknown, name: string): readonly [FindingCode, string] | undefined => {
  const kind = kindOf(action)
  if (name === 'intend' || kind === 'xstate.assign') return undefined
  if (kind === 'xstate.spawnChild') return ['forbidden.actor', `${name} starts an actor`]
  if (kind === 'xstate.raise') return ['forbidden.delay', `${name} raises an event by itself`]
  if (kind !== undefined) return ['forbidden.action', `${name} is ${kind}`]
  return typeof action === 'function' ? ['forbidden.action', `${name} is a function of its own`] : undefined
}

const named = (machine: AnyStateMachine, name: string) =>
  judge((machine.implementations.actions as Config)[name], name)

const actionFault = (machine: AnyStateMachine, action: unknown) => {
  if (typeof action === 'function') return judge(action, 'an inline action')
  if (typeof action === 'string') return named(machine, action)
  const type = (action as { type?: unknown } | null)?.type
  return typeof type === 'string' ? named(machine, type) : undefined
}

const transitionsIn = (config: Config): readonly unknown[] => [
  ...['on', 'after'].flatMap((part) =>
    Object.values((config[part] ?? {}) as Config).flatMap((value) => [...list(value)]),
  ),
  ...list(config['always']),
  ...list(config['onDone']),
]

const actionsIn = (config: Config): readonly unknown[] => [
  ...list(config['entry']),
  ...list(config['exit']),
  ...transitionsIn(config).flatMap((transition) =>
    typeof transition === 'object' && transition !== null ? [...list((transition as Config)['actions'])] : [],
  ),
]

const stateFaults = (machine: AnyStateMachine, node: AnyStateNode): (readonly [FindingCode, string])[] => {
  const config = node.config as Config
  const numbers = Object.keys((config['after'] ?? {}) as Config).filter((name) => /^\d+$/.test(name))
  return [
    ...(config['invoke'] === undefined ? [] : [['forbidden.actor', 'invokes an actor'] as const]),
    ...numbers.map((name) => ['forbidden.delay', `after ${name} has no name`] as const),
    ...actionsIn(config).flatMap((action) => {
      const fault = actionFault(machine, action)
      return fault === undefined ? [] : [fault]
    }),
  ]
}

export const forbiddenFindings = (
  machine: AnyStateMachine,
  { states, paths }: Structure,
): readonly Finding[] => {
  const actors = Object.keys((machine.implementations.actors ?? {}) as Config)
  const inStates = [machine.root, ...states].flatMap((node) =>
    stateFaults(machine, node).map(([code, says]) =>
      finding(code, { at: nameOf(node) || machine.id, path: paths.get(node) ?? [], says }),
    ),
  )
  return [
    ...actors.map((name) =>
      finding('forbidden.actor', { at: machine.id, says: `declares the actor ${name}` }),
    ),
    ...inStates,
  ]
}
