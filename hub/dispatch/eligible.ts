/** Who may do a task now, and for everyone else the one reason that is told when somebody asks "why not this one?". */
import { batteryLowPercent, chargedEnoughPercent } from '#protocol/battery.ts'
import type { BranchView, DeviceRow, StaffRow } from '#protocol/model.ts'
import { keptFreeKeys, mayTakeOver, occupiedKey, soundKey } from './claims.ts'
import { commandWhereabouts, deviceWhereabouts } from './geometry.ts'
import type { ClaimRow, MemberRow, TaskRow } from './rows.ts'
import { recentOffers } from './score.ts'
import {
  canSpeak,
  isExclusive,
  isMobile,
  isShownOn,
  languagesOn,
  movesOn,
  personPrefix,
  repeatRuleOn,
  speaksOn,
} from './traits.ts'
import { isTooFar, tooFar } from './way.ts'

/** What the choice looks at; nothing in it changes while choosing. */
export interface Situation {
  readonly view: BranchView
  readonly at: number
  readonly interruptionsMax: number
  /** No voice now. */
  readonly quiet: boolean
  claim(key: string): ClaimRow | undefined
  task(id: string): TaskRow | undefined
  member(id: string): MemberRow | undefined
}

export interface Standing {
  /** Why it is passed over; null: it may do it. */
  readonly out: string | null
  /** It is only busy with this less important task. */
  readonly preempts: string | null
}

/** Reasons that waiting does not change. */
const lastingReasons: ReadonlySet<string> = new Set([
  'not-named',
  'excluded',
  'spent',
  'kind',
  'capability',
  'zone',
  'role',
])
export const isLasting = (reason: string) => lastingReasons.has(reason)

/** Three missed heartbeats: connected, but silent. */
const heartbeatsMissed = 3
/** From here on nobody's rest matters: an emergency. */
const emergencyPriority = 9
const preemptMargin = 2

const free: Standing = { out: null, preempts: null }
const because = (out: string): Standing => ({ out, preempts: null })

const named = (task: TaskRow, member: string, id: string): string | null => {
  const { only, except } = task.intent.who
  if (only !== undefined && !only.includes(id) && !only.includes(member)) return 'not-named'
  if (except !== undefined && (except.includes(id) || except.includes(member))) return 'excluded'
  return task.spent.includes(member) ? 'spent' : null
}

const deviceCondition = (device: DeviceRow, at: number): string | null => {
  if (device.willingness !== 'open') return device.willingness
  // Away for an update as it announced: telling of its link would sound like a breakdown.
  if (device.health === 'updating') return device.health
  if (device.link !== 'online') return `link-${device.link}`
  if (device.health === 'faulted') return device.health
  if (device.firmware?.standing === 'declined') return 'firmware-declined'
  if (device.manifest === null) return 'no-manifest'
  const { heartbeatMs } = device.manifest
  const silent =
    heartbeatMs !== undefined &&
    device.heardAt !== null &&
    at - device.heardAt > heartbeatsMissed * heartbeatMs
  return silent ? 'silent' : null
}

/** A device that asks for no work now (in use, in somebody's hands) is left in peace, but for who names it, and in an emergency. */
const isUnwilling = ({ intent }: TaskRow, { state }: DeviceRow): boolean =>
  state?.willing === false && intent.who.only === undefined && intent.priority < emergencyPriority

const deviceMovement = (situation: Situation, task: TaskRow, device: DeviceRow): string | null => {
  const { capability } = task.intent
  if (!movesOn(capability, device)) return null
  if (situation.view.branch.stopped !== null) return 'movement-stopped'
  if (device.blockedSince !== null) return 'blocked'
  const { battery } = device
  if (battery === null || capability === 'dock') return null
  if (battery.charging) return battery.percent < chargedEnoughPercent ? 'charging' : null
  return battery.percent < batteryLowPercent ? 'battery-low' : null
}

/** Several chairs, one sound zone: where this member would be heard doing this task. */
export const soundKeyOf = (view: BranchView, task: TaskRow, device: DeviceRow): string | null => {
  if (!speaksOn(task.intent, device)) return null
  const there = isMobile(device) ? commandWhereabouts(view, task.intent).zone : null
  const zone = there ?? deviceWhereabouts(view, device).zone
  const sound = zone === null ? undefined : view.zone(zone)?.sound
  return sound === undefined ? null : soundKey(sound)
}

const deviceVoice = (situation: Situation, task: TaskRow, device: DeviceRow): string | null => {
  const { view } = situation
  if (!speaksOn(task.intent, device)) return null
  if (situation.quiet && task.intent.priority < emergencyPriority) return 'quiet-hours'
  const key = soundKeyOf(view, task, device)
  const held = key === null ? undefined : situation.claim(key)
  if (held === undefined || held.task === task.id) return null
  return mayTakeOver(held, task.intent.priority) ? null : 'sound-zone'
}

const startSent = (task: TaskRow) => {
  const last = task.attempts.at(-1)
  return last !== undefined && last.endedAt === null && last.startSentAt !== null
}

/**
 * Preemption: on a screen whatever is more important replaces what is shown. Elsewhere the other task must be less
 * important by two, and must not be one that may have begun and cannot be repeated. A person at work is let finish.
 */
const mayPreempt = (victim: TaskRow, task: TaskRow, device: DeviceRow | undefined): boolean => {
  if (device !== undefined && isShownOn(task.intent.capability, device)) {
    return isShownOn(victim.intent.capability, device) && victim.intent.priority < task.intent.priority
  }
  if (victim.intent.priority > task.intent.priority - preemptMargin) return false
  if (!startSent(victim)) return true
  return device !== undefined && repeatRuleOn(victim.intent.capability, device) === 'until-done'
}

const occupancy = (
  situation: Situation,
  task: TaskRow,
  who: { member: string; device: DeviceRow | undefined },
): Standing => {
  if (!isExclusive(task.intent.capability)) return free
  const held = situation.claim(occupiedKey(who.member))
  if (held === undefined || held.task === task.id) return free
  const victim = situation.task(held.task)
  // Ended or moved on, but this member has not yet said that it stopped.
  if (victim?.attempts.at(-1)?.member !== who.member) return because('clearing')
  // One wait for a member to come free is enough: the next look does not throw out another.
  if (task.waitingFor === 'preempting') return because('busy')
  return mayPreempt(victim, task, who.device) ? { out: null, preempts: victim.id } : because('busy')
}

const deviceUse = (situation: Situation, task: TaskRow, device: DeviceRow): Standing => {
  if (isExclusive(task.intent.capability)) {
    if (device.session !== null && device.kind === 'kiosk') return because('in-use')
    const keptFor = keptFreeKeys(device).find((key) => situation.claim(key) !== undefined)
    if (keptFor !== undefined && !task.intent.claims.some((wish) => wish.key === keptFor))
      return because('reserved')
    const occupied = situation.claim(occupiedKey(device.id)) !== undefined
    if (!occupied && device.state?.busy === true) return because('busy-itself')
  }
  return occupancy(situation, task, { member: device.id, device })
}

export const deviceStanding = (situation: Situation, task: TaskRow, device: DeviceRow): Standing => {
  const { who, capability } = task.intent
  if (who.kinds !== undefined && !who.kinds.includes(device.kind)) return because('kind')
  const name = named(task, device.id, device.id)
  if (name !== null) return because(name)
  const manifest = device.manifest
  if (manifest !== null && !Object.hasOwn(manifest.capabilities, capability)) return because('capability')
  const { zone } = deviceWhereabouts(situation.view, device)
  if (who.zones !== undefined && (zone === null || !who.zones.includes(zone)))
    return because(isMobile(device) ? 'elsewhere' : 'zone')
  const languages = languagesOn(capability, device)
  if (who.language !== undefined && languages !== undefined && !canSpeak(languages, who.language))
    return because('language')
  const unable =
    deviceCondition(device, situation.at) ??
    deviceMovement(situation, task, device) ??
    deviceVoice(situation, task, device)
  if (unable !== null) return because(unable)
  if (isUnwilling(task, device)) return because('unwilling')
  const standing = deviceUse(situation, task, device)
  if (standing.out !== null) return standing
  const way = { intent: task.intent, device }
  return isTooFar(situation.view, way, { at: situation.at, expiresAt: task.expiresAt })
    ? because(tooFar)
    : standing
}

export const personStanding = (situation: Situation, task: TaskRow, person: StaffRow): Standing => {
  const { who, priority } = task.intent
  const member = `${personPrefix}${person.id}`
  const name = named(task, member, person.id)
  if (name !== null) return because(name)
  if (who.roles !== undefined && !who.roles.some((role) => person.roles.includes(role)))
    return because('role')
  if (!person.onDuty) return because('off-duty')
  if (who.language !== undefined && !canSpeak(person.languages, who.language)) return because('language')
  if (who.zones !== undefined && (person.zone === null || !who.zones.includes(person.zone)))
    return because('elsewhere')
  if (priority < emergencyPriority) {
    if (person.doNotDisturb) return because('do-not-disturb')
    if (person.serving !== null) return because('serving')
    if (recentOffers(situation.member(member), situation.at) >= situation.interruptionsMax)
      return because('interrupted-enough')
  }
  return occupancy(situation, task, { member, device: undefined })
}
