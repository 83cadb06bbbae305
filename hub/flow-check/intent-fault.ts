/** What the dispatcher, a device or the model would refuse in what a flow wants. */
import { CapabilityKey, capabilities, isCapability } from '#protocol/capabilities.ts'
import { idPattern } from '#protocol/ids.ts'
import type { Intent, TaskIntent } from '#protocol/intents.ts'
import { canonicalJson } from '../engine/canonical.ts'

const codePattern = /^[a-z][a-z0-9.-]*$/

/** A key names its purpose and its subject; a subject that was missing when it was made up shows. */
export const keyFault = (key: unknown): string | undefined => {
  if (typeof key !== 'string' || key === '') return 'there is no key'
  if (/(?:^|[:/-])(?:undefined|null|NaN|\[object [A-Za-z]+\])(?:$|[:/-])/.test(key))
    return `key ${key} names nothing`
  return /[:-](?:$|:)/.test(key) ? `key ${key} lacks a part` : undefined
}

const claimFault = (key: string, leaseMs: number | undefined): string | undefined => {
  if (!/^[a-z-]+:([a-z-]+:)?.+$/.test(key)) return `claim ${key} is not named purpose:id or purpose:what:id`
  return leaseMs !== undefined && !(leaseMs > 0) ? `claim ${key} has no time` : undefined
}

const commandFault = (task: TaskIntent): string | undefined => {
  for (const one of [task, ...(task.onCancel === undefined ? [] : [task.onCancel])]) {
    if (!isCapability(one.capability)) continue
    const parsed = capabilities[one.capability].command.strict().safeParse(one.command)
    if (!parsed.success) return `command of ${one.capability}: ${parsed.error.message}`
  }
  return undefined
}

const whoFault = ({ who }: TaskIntent): string | undefined => {
  const zones = [...(who.zones ?? []), ...(who.nearZone === undefined ? [] : [who.nearZone])]
  for (const id of [...zones, ...(who.only ?? [])]) if (!idPattern.test(id)) return `who: "${id}" is no id`
  return who.only?.length === 0 ? 'who: only nobody' : undefined
}

const taskFault = (task: TaskIntent): string | undefined => {
  if (!CapabilityKey.safeParse(task.capability).success) return `capability ${task.capability}`
  for (const name of ['ackWithinMs', 'startWithinMs', 'runWithinMs', 'expiresInMs'] as const)
    if (!Number.isInteger(task[name]) || task[name] <= 0) return `${name} is ${task[name]}`
  if (!Number.isInteger(task.priority) || task.priority < 0 || task.priority > 9)
    return `priority ${task.priority}`
  if (!Number.isInteger(task.attemptsMax) || task.attemptsMax < 1 || task.attemptsMax > 10)
    return `attemptsMax is ${task.attemptsMax}`
  if (task.ref === '') return 'no ref'
  return (
    commandFault(task) ??
    whoFault(task) ??
    task.claims.map((claim) => claimFault(claim.key, claim.leaseMs)).find((fault) => fault !== undefined)
  )
}

/** @returns what is wrong with one intent, or undefined. */
export const intentFault = (intent: Intent): string | undefined => {
  try {
    canonicalJson(intent)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  if ('because' in intent && !codePattern.test(intent.because.code)) return `because ${intent.because.code}`
  if (intent.type === 'task') return taskFault(intent)
  return intent.type === 'claim' ? claimFault(intent.claim.key, intent.claim.leaseMs) : undefined
}
