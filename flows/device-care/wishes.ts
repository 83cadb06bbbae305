/** What device care asks for: alerts (one for the branch when many are lost at once), and a way to the charger. */
import type { Intent, Subject } from '#protocol/intents.ts'
import {
  type Ailment,
  afterLook,
  type CareContext,
  dockRef,
  type Given,
  isWell,
  type Look,
  sendsToCharge,
  toClear,
  toRaise,
} from './decide.ts'
import { chargingClaim } from './view.ts'

/** One alert for all, when a switch or a router took many with it. */
const groupKey = 'devices-lost'
const keyOf = (ailment: Ailment, device: string) => `device-${ailment}:${device}`

const priorities = {
  lost: 'high',
  faulted: 'high',
  stuck: 'high',
  battery: 'normal',
  updating: 'normal',
  silent: 'normal',
} as const

const subjectOf = (context: CareContext, { view }: Look): Subject => ({
  device: context.device,
  ...(view.device?.zone ? { zone: view.device.zone } : {}),
})

const raise = (context: CareContext, look: Look, ailment: Ailment): Intent => {
  const { view, policy } = look
  const grouped = ailment === 'lost' && view.lostNow >= policy.groupMin
  const code = grouped ? 'device-care.many-lost' : `device-care.${ailment}`
  return {
    type: 'alert',
    key: grouped ? groupKey : keyOf(ailment, context.device),
    // At night nobody is in the lobby to act on it.
    priority: view.mode === 'closed' ? 'low' : priorities[ailment],
    because: {
      code,
      params: grouped
        ? { lost: view.lostNow }
        : { device: context.device, health: view.device?.health ?? '' },
    },
    subject: grouped ? {} : subjectOf(context, look),
  }
}

const clear = (context: CareContext, look: Look, ailment: Ailment): readonly Intent[] => [
  { type: 'alert.clear', key: keyOf(ailment, context.device) },
  // The last of many that comes back ends the alert for all.
  ...(ailment === 'lost' && look.view.lostNow === 0 ? [{ type: 'alert.clear' as const, key: groupKey }] : []),
]

/** Beyond the way itself: the time to set out, and until the robot tells that it charges. */
const chargingNewsMs = 120_000

const charge = (context: CareContext, look: Look): readonly Intent[] => {
  const charger =
    look.view.chargers.find((one) => one.zone === look.view.device?.zone) ?? look.view.chargers[0]
  if (charger === undefined) return []
  const percent = look.view.device?.battery?.percent ?? 0
  return [
    {
      type: 'task',
      ref: dockRef(context),
      capability: 'dock',
      command: { to: { place: charger.id, zone: charger.zone }, charge: true },
      subject: subjectOf(context, look),
      who: { members: 'devices', only: [context.device] },
      priority: percent <= look.policy.criticalPercent ? 6 : 3,
      claims: [
        {
          key: chargingClaim(context.device),
          kind: 'lease',
          keep: true,
          leaseMs: look.policy.chargeMs + chargingNewsMs,
        },
      ],
      ackWithinMs: 5_000,
      startWithinMs: 60_000,
      runWithinMs: look.policy.chargeMs,
      expiresInMs: look.policy.chargeMs,
      attemptsMax: 1,
      because: { code: 'device-care.battery-low', params: { device: context.device, percent } },
    },
  ]
}

/** It charges, or did not get there: another may go. */
export const passTurn = ({ context }: Pick<Given, 'context'>): readonly Intent[] =>
  context.docks === 0 ? [] : [{ type: 'release', claim: chargingClaim(context.device) }]

export const care = ({ context, event }: Given): readonly Intent[] => [
  ...(isWell(event) ? passTurn({ context }) : []),
  ...toClear(context, event).flatMap((ailment) => clear(context, event, ailment)),
  ...toRaise(context, event).map((ailment) => raise(context, event, ailment)),
  ...(sendsToCharge(context, event) ? charge(afterLook(context, event), event) : []),
]
