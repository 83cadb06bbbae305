/** What crowding asks for: robots leave, screens direct, people are called. */
import type { CommandOf } from '#protocol/capabilities.ts'
import type { Intent, TaskIntent } from '#protocol/intents.ts'
import type { Intend } from '../define.ts'
import { isKnown } from '../open-tasks.ts'
import { allWords } from '../words.ts'
import type { Step } from './decide.ts'

const leave = ({ context, event }: Step, robot: string, priority: number): TaskIntent | undefined => {
  const { havens, robots } = event.view
  const to = havens[robots.indexOf(robot) % Math.max(1, havens.length)]
  if (to === undefined || !event.view.robotsMay) return undefined
  return {
    type: 'task',
    ref: `leave-${robot}`,
    capability: 'dock',
    command: { to, charge: false } satisfies CommandOf<'dock'>,
    subject: { device: robot, ...(context.zone === null ? {} : { zone: context.zone }) },
    who: { members: 'devices', only: [robot] },
    priority,
    claims: [],
    ackWithinMs: 2_000,
    startWithinMs: 5_000,
    runWithinMs: event.policy.clearForMs,
    expiresInMs: 30_000,
    attemptsMax: 1,
    because: { code: context.device === null ? 'zone-crowded' : 'keep-clear' },
  }
}

const direct = ({ event }: Step, screen: string, zone: string): TaskIntent => ({
  type: 'task',
  ref: `direct-${screen}`,
  capability: 'display',
  command: {
    content: { template: 'crowding', words: allWords(event.policy.words, event.view.languages) },
    showForMs: event.policy.showForMs,
  } satisfies CommandOf<'display'>,
  subject: { zone, device: screen },
  who: { members: 'devices', only: [screen] },
  priority: 6,
  claims: [],
  ackWithinMs: 2_000,
  startWithinMs: 5_000,
  runWithinMs: event.policy.showForMs + 30_000,
  expiresInMs: 30_000,
  attemptsMax: 1,
  because: { code: 'zone-crowded' },
})

const call = ({ event }: Step, role: string, zone: string): TaskIntent => ({
  type: 'task',
  ref: `call-${role}`,
  capability: 'call-staff',
  command: { at: { zone }, reason: 'zone-crowded' } satisfies CommandOf<'call-staff'>,
  subject: { zone },
  who: { members: 'people', roles: [role], nearZone: zone },
  priority: 7,
  claims: [],
  ackWithinMs: 30_000,
  startWithinMs: 60_000,
  runWithinMs: 900_000,
  expiresInMs: event.policy.answerWithinMs,
  attemptsMax: 3,
  because: { code: 'zone-crowded' },
})

/** What is not under way and not settled: robots that came in meanwhile, screens whose time is up. */
export const missing = (step: Step): TaskIntent[] => {
  const { context, event } = step
  const { view, policy } = event
  const zone = context.zone ?? view.zone?.id
  if (zone === undefined) return []
  return [
    ...view.robots.map((robot) => leave(step, robot, 6)),
    ...view.screens.slice(0, policy.screensMax).map((screen) => direct(step, screen, zone)),
    ...policy.roles.map((role) => call(step, role, zone)),
  ].filter((task): task is TaskIntent => task !== undefined && !isKnown(context, task.ref))
}

export const tend = (step: Step): Intend => missing(step)

const crowdAlert = (zone: string | null) => `crowded:zone:${zone ?? ''}`
const keepClearAlert = (device: string | null) => `keep-clear:device:${device ?? ''}`

export const raiseCrowded = ({ context, event }: Step): Intend => {
  const { zone } = event.view
  const subject = context.zone === null ? {} : { zone: context.zone }
  const alert: Intent = {
    type: 'alert',
    key: crowdAlert(context.zone),
    priority: 'high',
    because: {
      code: 'zone-crowded',
      params: { zone: context.zone ?? '', people: zone?.count ?? 0, limit: zone?.limit ?? 0 },
    },
    subject,
  }
  if (event.view.robots.length === 0 || (event.view.robotsMay && event.view.havens.length > 0)) return alert
  const code = event.view.robotsMay ? 'no-place-out-of-the-way' : 'robots-may-not-move'
  return [alert, { type: 'pass', because: { code }, subject }]
}

const withdraw = (refs: readonly string[], reason: string): Intent[] =>
  refs.map((ref) => ({ type: 'cancel', ref, reason }))

/** Robots on their way out go on; what directs people and who was called is no longer needed. */
export const endCrowded = ({ context, event }: Step): Intend => {
  const unknown = (event.view.zone?.count ?? null) === null
  return [
    ...withdraw(
      context.open.filter((ref) => !ref.startsWith('leave-')),
      unknown ? 'count-unknown' : 'crowding-over',
    ),
    ...(unknown
      ? [
          {
            type: 'pass',
            because: { code: 'count-unknown' },
            subject: context.zone === null ? {} : { zone: context.zone },
          } as const,
        ]
      : []),
    { type: 'alert.clear', key: crowdAlert(context.zone) },
  ]
}

export const wayOut = (step: Step): TaskIntent[] =>
  step.event.view.robots
    .map((robot) => leave(step, robot, 7))
    .filter((task): task is TaskIntent => task !== undefined && !isKnown(step.context, task.ref))

export const raiseKeepClear = (step: Step): Intend => {
  const { context } = step
  return [
    {
      type: 'alert',
      key: keepClearAlert(context.device),
      priority: 'urgent',
      because: { code: 'robot-in-keep-clear', params: { device: context.device ?? '' } },
      subject: {
        ...(context.device === null ? {} : { device: context.device }),
        ...(context.zone === null ? {} : { zone: context.zone }),
      },
    },
    ...wayOut(step),
  ]
}

export const clearKeepClear = ({ context }: Step): Intend => ({
  type: 'alert.clear',
  key: keepClearAlert(context.device),
})
