/** What must hold for everything any flow wants. Shared by the model tests and the property tests. */
import { CapabilityKey, capabilities, isCapability } from '#protocol/capabilities.ts'
import { type FlowEvent, isTaskEnding } from '#protocol/flow-events.ts'
import { idPattern } from '#protocol/ids.ts'
import type { Intent, TaskIntent } from '#protocol/intents.ts'
import { isPlainJson } from './plain-json.ts'

const codePattern = /^[a-z][a-z0-9.-]*$/

const claimFault = (key: string, leaseMs: number | undefined): string | undefined => {
  if (!/^[a-z-]+:([a-z-]+:)?.+$/.test(key)) return `claim ${key} is not named purpose:id or purpose:what:id`
  return leaseMs !== undefined && !(leaseMs > 0) ? `claim ${key} has no time` : undefined
}

const taskFault = (task: TaskIntent): string | undefined => {
  if (!CapabilityKey.safeParse(task.capability).success) return `capability ${task.capability}`
  for (const step of [task, ...(task.onCancel === undefined ? [] : [task.onCancel])]) {
    if (!isCapability(step.capability)) continue
    const parsed = capabilities[step.capability].command.strict().safeParse(step.command)
    if (!parsed.success) return `command of ${step.capability}: ${parsed.error.message}`
  }
  for (const name of ['ackWithinMs', 'startWithinMs', 'runWithinMs', 'expiresInMs'] as const) {
    if (!Number.isInteger(task[name]) || task[name] <= 0) return `${name} is ${task[name]}`
  }
  if (!Number.isInteger(task.priority) || task.priority < 0 || task.priority > 9)
    return `priority ${task.priority}`
  if (!Number.isInteger(task.attemptsMax) || task.attemptsMax < 1 || task.attemptsMax > 10)
    return 'attemptsMax'
  if (task.ref === '') return 'no ref'
  const zones = [...(task.who.zones ?? []), ...(task.who.nearZone === undefined ? [] : [task.who.nearZone])]
  for (const id of [...zones, ...(task.who.only ?? [])])
    if (!idPattern.test(id)) return `who: "${id}" is no id`
  if (task.who.only?.length === 0) return 'who: only nobody'
  return task.claims.map((claim) => claimFault(claim.key, claim.leaseMs)).find((fault) => fault !== undefined)
}

/** @returns what is wrong with one intent, or undefined. */
export const intentFault = (intent: Intent): string | undefined => {
  const json = isPlainJson(intent)
  if (json !== undefined) return json
  if ('because' in intent && !codePattern.test(intent.because.code)) return `because ${intent.because.code}`
  if (intent.type === 'task') return taskFault(intent)
  if (intent.type === 'claim') return claimFault(intent.claim.key, intent.claim.leaseMs)
  return undefined
}

export interface Ledger {
  /** Refs of tasks that are open now. */
  readonly open: ReadonlySet<string>
  told(event: FlowEvent): void
  wanted(intents: readonly Intent[]): void
}

/**
 * Follows one instance and throws on the first broken promise: a bad intent, a name used twice while open, a cancel
 * of what was never asked, or more tasks of a once-only capability than allowed.
 */
export const createLedger = (atMost: Readonly<Record<string, number>>): Ledger => {
  const open = new Set<string>()
  const used = new Set<string>()
  const counts = new Map<string, number>()
  return {
    open,
    told: (event) => {
      if ('ref' in event && isTaskEnding(event.type)) open.delete(event.ref)
    },
    wanted: (intents) => {
      for (const intent of intents) {
        const fault = intentFault(intent)
        if (fault !== undefined) throw new Error(`${fault} in ${JSON.stringify(intent)}`)
        if (intent.type === 'cancel') {
          if (!used.has(intent.ref)) throw new Error(`cancels ${intent.ref}, which it never asked for`)
          open.delete(intent.ref)
        }
        if (intent.type !== 'task') continue
        if (open.has(intent.ref)) throw new Error(`asks for ${intent.ref} while it is open`)
        open.add(intent.ref)
        used.add(intent.ref)
        const count = (counts.get(intent.capability) ?? 0) + 1
        counts.set(intent.capability, count)
        const limit = atMost[intent.capability]
        if (limit !== undefined && count > limit) {
          throw new Error(`${count} tasks of ${intent.capability}, at most ${limit} allowed`)
        }
      }
    },
  }
}
