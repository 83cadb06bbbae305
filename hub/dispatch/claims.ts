/**
 * What may happen once, and what only one may have at a time. A once-claim is never released; a lease ends with its
 * task, on release or at its end. Decided from state alone: a key that exists is never inserted again.
 */
import type { ClaimWish } from '#protocol/intents.ts'
import type { DeviceRow } from '#protocol/model.ts'
import type { BranchState } from '../engine/state.ts'
import type { Turn } from '../engine/turn.ts'
import type { Origin } from './origin.ts'
import type { ClaimRow, TaskRow } from './rows.ts'
import { isPerson, repeatRuleOn } from './traits.ts'

/** Held by a member from an offer to the end of it, and after a cancel until the member confirms. */
export const occupiedKey = (member: string) => `occupied/${member}`
export const soundKey = (sound: string) => `sound/${sound}`
/** Before the start, what a once-claim will cover is only reserved: whoever never began has used nothing up. */
export const reservedKey = (onceKey: string) => `reserved/${onceKey}`
/** A device kept free for somebody on the way to it: by its kind, as in `kiosk:k-1`, or just as a device. */
export const keptFreeKeys = (device: DeviceRow) => [`${device.kind}:${device.id}`, `device:${device.id}`]

/** A kept lease that nobody releases ends after this, so that a forgotten one cannot block a lobby for the day. */
const keptLeaseMs = 3_600_000

const claimTimer = (key: string) => `claim/${key}`

/** Whether a device is taken: by an offer, by work, by an unconfirmed cancel, or kept free for somebody. */
export const isDeviceOccupied = (state: Pick<BranchState, 'claims' | 'devices'>, device: string): boolean => {
  const row = state.devices.get(device)
  const kept = row === undefined ? [] : keptFreeKeys(row)
  return state.claims.has(occupiedKey(device)) || kept.some((key) => state.claims.has(key))
}

export interface LeaseTerms {
  readonly until: number | null
  readonly keep: boolean
}

export const takeLease = (turn: Turn, task: TaskRow, lease: LeaseTerms & { readonly key: string }) => {
  const { key, until, keep } = lease
  turn.state.claims.put(key, {
    key,
    kind: 'lease',
    task: task.id,
    flow: task.flow,
    instance: task.instance,
    priority: task.intent.priority,
    since: turn.at,
    until,
    keep,
  })
  if (until === null) turn.clearTimer(claimTimer(key), 'end')
  else turn.setTimer(claimTimer(key), 'end', { deadline: until, graced: true })
}

export const wishTerms = (turn: Turn, wish: ClaimWish): LeaseTerms => {
  const keep = wish.keep === true
  const ms = wish.leaseMs ?? (keep ? keptLeaseMs : null)
  return { until: ms === null ? null : turn.at + ms, keep }
}

/** A flow's own claim, without a task. @returns false when it is taken already. */
export const takeWithoutTask = (turn: Turn, origin: Origin, wish: ClaimWish): boolean => {
  const { claims } = turn.state
  if (claims.has(wish.key)) return false
  const once = wish.kind === 'once'
  const until = once ? null : turn.at + (wish.leaseMs ?? keptLeaseMs)
  claims.put(wish.key, {
    key: wish.key,
    kind: wish.kind,
    task: '',
    flow: origin.flow,
    instance: origin.instance,
    priority: 0,
    since: turn.at,
    until,
    keep: !once,
  })
  if (until !== null) turn.setTimer(claimTimer(wish.key), 'end', { deadline: until, graced: true })
  return true
}

/** Nobody comes back to a visit after that long: its id is gone, and so is what happened to it once. */
const forgetMs = 86_400_000
const visitTimer = (visit: string) => `claim/visit:${visit}`

/** Once-claims are never released; those of a visit that is over leave with the last trace of its id. */
export const visitOver = (turn: Turn, visit: string) =>
  turn.setTimer(visitTimer(visit), 'forget', { deadline: turn.at + forgetMs, graced: false })

/** @returns whether the timer was one of a visit that is over. */
export const forgetVisit = (turn: Turn, owner: string): boolean => {
  if (!owner.startsWith(visitTimer(''))) return false
  const visit = owner.slice(visitTimer('').length)
  if (turn.state.visits.has(visit)) visitOver(turn, visit)
  else
    for (const { key, kind } of turn.state.claims.values())
      if (kind === 'once' && key.endsWith(`:${visit}`)) turn.state.claims.drop(key)
  return true
}

/** @returns false when another task has it: then this one must not begin. */
export const takeOnce = (turn: Turn, task: TaskRow, key: string): boolean => {
  const held = turn.state.claims.get(key)
  if (held !== undefined) return held.kind === 'once' && held.task === task.id
  turn.state.claims.put(key, {
    key,
    kind: 'once',
    task: task.id,
    flow: task.flow,
    instance: task.instance,
    priority: task.intent.priority,
    since: turn.at,
    until: null,
    keep: true,
  })
  return true
}

export const dropLease = (turn: Turn, key: string) => {
  if (turn.state.claims.get(key)?.kind !== 'lease') return
  turn.state.claims.drop(key)
  turn.clearTimer(claimTimer(key), 'end')
  turn.stir()
}

/** Drops what `task` still holds of `keys`; a lease that has gone to another stays there. */
export const dropLeasesOf = (turn: Turn, task: string, keys: readonly string[]) => {
  for (const key of keys) {
    if (turn.state.claims.get(key)?.task === task) dropLease(turn, key)
  }
}

/** How much more important a task must be to take over a lease of this kind; undefined: leases that are waited for. */
const takeOverMargin = (key: string): number | undefined => {
  // Attention is ordered by priority: ticket call, assistance, diversion, greeting, promotion.
  if (key.startsWith('attention:')) return 1
  // Cutting somebody short in mid-sentence needs a better reason than the next announcement.
  if (key.startsWith('sound/')) return 2
  return undefined
}

export const mayTakeOver = (held: ClaimRow, priority: number): boolean => {
  const margin = takeOverMargin(held.key)
  return held.kind === 'lease' && margin !== undefined && priority >= held.priority + margin
}

/** The latest time at which the hub gives up on what was started; undefined: it has no start, or is over. */
const overBy = ({ state, settings }: Pick<Turn, 'state' | 'settings'>, task: TaskRow): number | undefined => {
  const run = state.timers.get(`task/${task.id}#run`)
  if (run !== undefined) return run.deadline
  const start = state.timers.get(`task/${task.id}#start`)
  return start === undefined ? undefined : start.deadline + task.intent.runWithinMs + settings.resendMs
}

/** A rank this much higher cuts short whatever holds a visitor's attention; a nearer one lets a greeting finish. */
const cuttingMargin = 2

/**
 * Half a greeting is worse than none, and can never be made good: what was started and may not be repeated is let
 * finish by the rank next to it, where it must be over before that one is too late. So nobody waits in vain for it.
 */
const letsFinish = (
  turn: Pick<Turn, 'state' | 'settings' | 'view'>,
  held: ClaimRow,
  task: TaskRow,
): boolean => {
  if (task.intent.priority >= held.priority + cuttingMargin) return false
  const holder = turn.state.tasks.get(held.task)
  const member = holder?.attempts.at(-1)?.member
  if (holder === undefined || member === undefined) return false
  const device = isPerson(member) ? undefined : turn.view.device(member)
  if (repeatRuleOn(holder.intent.capability, device) !== 'at-most-once') return false
  const over = overBy(turn, holder)
  return over !== undefined && over < task.expiresAt
}

export type Judgement =
  /** `from`: leases of less important holders, to be taken over. */
  | { readonly ok: true; readonly from: readonly ClaimRow[] }
  | { readonly ok: false; readonly why: 'already-claimed' | 'claim-held'; readonly key: string }

/** Whether a task could have its claims now. */
export const judgeWishes = (sight: Pick<Turn, 'state' | 'settings' | 'view'>, task: TaskRow): Judgement => {
  const { state } = sight
  const from: ClaimRow[] = []
  for (const wish of task.intent.claims) {
    const held = state.claims.get(wish.key)
    if (held !== undefined && held.task !== task.id) {
      if (held.kind === 'once' || wish.kind === 'once')
        return { ok: false, why: 'already-claimed', key: wish.key }
      // What an instance kept from an earlier task goes on to its next one.
      const kept = held.instance === task.instance && !state.tasks.has(held.task)
      if (!kept && (!mayTakeOver(held, task.intent.priority) || letsFinish(sight, held, task)))
        return { ok: false, why: 'claim-held', key: wish.key }
      from.push(held)
    }
    const reserved = wish.kind === 'once' ? state.claims.get(reservedKey(wish.key)) : undefined
    if (reserved !== undefined && reserved.task !== task.id)
      return { ok: false, why: 'claim-held', key: wish.key }
  }
  return { ok: true, from }
}

const renamed = (key: string, from: string, into: string): string | undefined => {
  const parts = key.split(/([:/])/)
  if (!parts.includes(from)) return undefined
  return parts.map((part) => (part === from ? into : part)).join('')
}

const uniteKey = (turn: Turn, claim: ClaimRow, key: string): string | undefined => {
  const { claims } = turn.state
  const there = claims.get(key)
  const moved: ClaimRow = { ...claim, key }
  if (claim.kind === 'once') {
    // Both names stay claimed: neither visit's past is forgotten. A lease of that name gives way.
    if (there?.kind === 'once') {
      // Both may have happened: from now on neither task may try again, even if its own device did not begin.
      if (there.task !== claim.task) claims.put(key, { ...there, task: '' })
      return undefined
    }
    const loser = there?.task
    if (there !== undefined) dropLease(turn, key)
    claims.put(key, moved)
    return loser
  }
  const wins = there === undefined || (there.kind === 'lease' && claim.priority > there.priority)
  dropLease(turn, claim.key)
  if (!wins) return there?.task === claim.task ? undefined : claim.task
  const loser = there?.task
  if (there !== undefined) dropLease(turn, key)
  claims.put(key, moved)
  if (moved.until !== null) turn.setTimer(claimTimer(key), 'end', { deadline: moved.until, graced: true })
  return loser === claim.task ? undefined : loser
}

const renameWishes = (turn: Turn, from: string, into: string) => {
  for (const task of turn.state.tasks.values()) {
    const names = (key: string) => renamed(key, from, into) !== undefined
    const about = task.intent.subject.visit === from
    if (!about && !task.intent.claims.some((wish) => names(wish.key)) && !task.leases.some(names)) continue
    turn.state.tasks.put(task.id, {
      ...task,
      leases: task.leases.map((key) => renamed(key, from, into) ?? key),
      intent: {
        ...task.intent,
        subject: about ? { ...task.intent.subject, visit: into } : task.intent.subject,
        claims: task.intent.claims.map((wish) => ({
          ...wish,
          key: renamed(wish.key, from, into) ?? wish.key,
        })),
      },
    })
  }
}

/**
 * Visit `from` was `into` all along: what one has claimed, both have.
 * @returns the tasks that lost a lease by it and must be cancelled.
 */
export const uniteVisits = (turn: Turn, from: string, into: string): readonly string[] => {
  const losers: string[] = []
  for (const claim of turn.state.claims.values()) {
    const key = renamed(claim.key, from, into)
    if (key === undefined || !turn.state.claims.has(claim.key)) continue
    const loser = uniteKey(turn, claim, key)
    if (loser !== undefined && loser !== '') losers.push(loser)
    turn.record({ kind: 'claim', code: 'claim.united', visit: into, params: { from: claim.key, key } })
  }
  renameWishes(turn, from, into)
  return [...new Set(losers)].sort()
}
