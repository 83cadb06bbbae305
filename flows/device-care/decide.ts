/** The judgements of device care: what ails a device, from when people should hear of it, what is raised and cleared. */
import type { Seen } from '#protocol/flow-events.ts'
import { isItsTurn } from './charging.ts'
import type { CarePolicy } from './policy.ts'
import type { CareView, DeviceSeen } from './view.ts'

export const ailments = ['lost', 'faulted', 'stuck', 'updating', 'battery', 'silent'] as const
export type Ailment = (typeof ailments)[number]

/** An ailment and the time from which people should hear of it. */
export interface Concern {
  readonly ailment: Ailment
  readonly dueAt: number
}

/** An alert made for this device: kept after it was cleared, so that one that comes and goes is not told each time. */
export interface Told {
  readonly ailment: Ailment
  readonly at: number
  readonly open: boolean
}

export interface CareContext {
  readonly device: string
  readonly told: readonly Told[]
  readonly docks: number
  readonly docking: boolean
  readonly dockedAt: number | null
}

export type CareEvent = Seen<CareView, CarePolicy>
export interface Given {
  readonly context: CareContext
  readonly event: CareEvent
}
export type Look = Pick<CareEvent, 'at' | 'view' | 'policy'>

const silentAt = (device: DeviceSeen, policy: CarePolicy): number | null =>
  device.link === 'online' && device.heartbeatMs !== null && device.heardAt !== null
    ? device.heardAt + policy.silentBeats * device.heartbeatMs
    : null

/** A device out of service is known to be so; one that updates may be away. */
export const concernsOf = ({ at, view, policy }: Look): readonly Concern[] => {
  const { device } = view
  if (device === null || device.willingness === 'out-of-service') return []
  if (device.health === 'updating')
    return [{ ailment: 'updating', dueAt: device.healthAt + (device.updatingForMs ?? policy.updatingMs) }]
  const found: Concern[] = []
  if (device.link === 'lost' && !device.gatewayLost)
    found.push({ ailment: 'lost', dueAt: device.linkAt + policy.lostMs })
  if (device.health === 'faulted') found.push({ ailment: 'faulted', dueAt: device.healthAt })
  if (device.blockedSince !== null && device.willingness === 'open')
    found.push({ ailment: 'stuck', dueAt: device.blockedSince + policy.stuckMs })
  const { battery } = device
  if (battery !== null && !battery.charging && battery.percent <= policy.criticalPercent)
    found.push({ ailment: 'battery', dueAt: at })
  const silent = silentAt(device, policy)
  if (silent !== null && silent <= at) found.push({ ailment: 'silent', dueAt: silent })
  return found
}

/** A robot with little left, that may go and has where to go. In an emergency robots have another way to go. */
export const needsCharge = ({ view, policy }: Pick<Look, 'view' | 'policy'>): boolean => {
  const { device, chargers, mode } = view
  if (device === null || device.kind !== 'robot' || mode === 'emergency' || chargers.length === 0)
    return false
  if (device.link !== 'online' || device.willingness !== 'open' || !device.canDock) return false
  const { battery } = device
  return battery !== null && !battery.charging && battery.percent <= policy.lowPercent
}

export const isWell = (look: Look): boolean => concernsOf(look).length === 0 && !needsCharge(look)

const lastTold = (context: CareContext, ailment: Ailment) =>
  context.told.find((one) => one.ailment === ailment)

/** When the alert for this concern is next made: at once, throttled after a short recovery, or as a repetition. */
const alertAt = (context: CareContext, concern: Concern, policy: CarePolicy): number => {
  const last = lastTold(context, concern.ailment)
  if (last === undefined) return concern.dueAt
  return Math.max(concern.dueAt, last.at + (last.open ? policy.repeatMs : policy.throttleMs))
}

export const toRaise = (context: CareContext, look: Look): readonly Ailment[] =>
  concernsOf(look)
    .filter((concern) => alertAt(context, concern, look.policy) <= look.at)
    .map((concern) => concern.ailment)

export const toClear = (context: CareContext, look: Look): readonly Ailment[] => {
  const present = concernsOf(look).map((concern) => concern.ailment)
  return context.told.filter((one) => one.open && !present.includes(one.ailment)).map((one) => one.ailment)
}

/** After a way that led to no charge there is a pause. */
const mayGoAgainAt = ({ dockedAt }: CareContext, { at, policy }: Look): number =>
  dockedAt === null ? at : dockedAt + policy.chargeAgainMs

export const sendsToCharge = (context: CareContext, look: Look): boolean =>
  needsCharge(look) &&
  !context.docking &&
  mayGoAgainAt(context, look) <= look.at &&
  isItsTurn(context.device, look.view, look.policy)

/** The context after a look: what was raised, cleared and sent. */
export const afterLook = (context: CareContext, look: Look): CareContext => {
  const raised = toRaise(context, look)
  const cleared = toClear(context, look)
  const sent = sendsToCharge(context, look)
  const told = ailments.flatMap((ailment): Told[] => {
    if (raised.includes(ailment)) return [{ ailment, at: look.at, open: true }]
    const last = lastTold(context, ailment)
    if (last === undefined) return []
    return [cleared.includes(ailment) ? { ...last, open: false } : last]
  })
  return {
    ...context,
    told,
    docks: context.docks + (sent ? 1 : 0),
    docking: sent || context.docking,
    dockedAt: sent ? look.at : context.dockedAt,
  }
}

export const hasOpenAlert = (context: CareContext): boolean => context.told.some((one) => one.open)

/** Something was told so lately that a relapse must not be told at once. */
export const remembers = (context: CareContext, { at, policy }: Pick<Look, 'at' | 'policy'>): boolean =>
  context.told.some((one) => one.open || at - one.at < policy.throttleMs)

const checkMinMs = 1_000
const checkMaxMs = 600_000

/** The earliest moment at which something is due, if nothing happens before. */
export const nextCheckMs = (context: CareContext, look: Look): number => {
  const dues = concernsOf(look).map((concern) => alertAt(context, concern, look.policy))
  const again = mayGoAgainAt(context, look)
  // Whose turn it is, is looked at by the minute.
  if (needsCharge(look) && !context.docking && again > look.at) dues.push(again)
  const earliest = Math.min(...dues, look.at + checkMaxMs)
  return Math.max(checkMinMs, earliest - look.at)
}

export const dockRef = (context: CareContext) => `dock-${context.docks}`
export const isDock = ({ context, event }: Given): boolean => 'ref' in event && event.ref === dockRef(context)
