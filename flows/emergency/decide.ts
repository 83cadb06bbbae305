/** Who is told what in an emergency, and who has yet to be reached. Pure. */
import type { CommandOf } from '#protocol/capabilities.ts'
import type { Seen } from '#protocol/flow-events.ts'
import type { Intent, TaskIntent } from '#protocol/intents.ts'
import type { Intend } from '../define.ts'
import { answered, isKnown, noTasks, type OpenTasks, opened } from '../open-tasks.ts'
import { allWords } from '../words.ts'
import type { EmergencyPolicy } from './policy.ts'
import type { EmergencyView } from './view.ts'

export type EmergencyEvent = Seen<EmergencyView, EmergencyPolicy>

export interface EmergencyContext extends OpenTasks {
  readonly lookAgainMs: number
}

interface Step {
  readonly context: EmergencyContext
  readonly event: EmergencyEvent
}

export const newEmergency = (): EmergencyContext => ({ ...noTasks, lookAgainMs: 5_000 })

const alertKey = 'emergency:branch:mode'
const leaveRef = (robot: string) => `leave-${robot}`
const showRef = (device: string) => `show-${device}`

const urgent = {
  priority: 9,
  claims: [],
  ackWithinMs: 1_500,
  startWithinMs: 3_000,
  attemptsMax: 3,
  because: { code: 'emergency' },
} as const

const show = ({ event }: Step, { device, wipe }: { device: string; wipe: boolean }): TaskIntent => ({
  ...urgent,
  type: 'task',
  ref: showRef(device),
  capability: 'display',
  command: {
    content: { template: 'emergency', words: allWords(event.policy.words, event.view.languages) },
    showForMs: event.policy.showForMs,
    wipe,
  } satisfies CommandOf<'display'>,
  subject: { device },
  who: { members: 'devices', only: [device] },
  runWithinMs: event.policy.showForMs + 30_000,
  expiresInMs: 30_000,
})

/** Robots share the places out among them; where there are too few, two stand side by side rather than in an exit. */
const leave = ({ event }: Step, robot: string): TaskIntent | undefined => {
  const { havens, robots } = event.view
  const to = havens[robots.indexOf(robot) % Math.max(1, havens.length)]
  if (to === undefined) return undefined
  return {
    ...urgent,
    type: 'task',
    ref: leaveRef(robot),
    capability: 'dock',
    command: { to, charge: false } satisfies CommandOf<'dock'>,
    subject: { device: robot },
    who: { members: 'devices', only: [robot] },
    runWithinMs: event.policy.clearForMs,
    expiresInMs: 30_000,
  }
}

/** What is not under way and not settled: new devices, and those that failed. */
const missing = (step: Step): TaskIntent[] => {
  const { context, event } = step
  const { view } = event
  const robots = view.stopped ? [] : view.robots
  return [
    ...view.kiosks.map((device) => show(step, { device, wipe: true })),
    ...view.screens.map((device) => show(step, { device, wipe: false })),
    ...robots.map((robot) => leave(step, robot)),
  ].filter((task): task is TaskIntent => task !== undefined && !isKnown(context, task.ref))
}

export const isEmergency = ({ event }: Step): boolean => event.view.mode === 'emergency'

/** A task a person cancelled, and a robot that is out of the way, are not asked for again. */
const settles = (event: EmergencyEvent): boolean => {
  if (event.type === 'task.done') return event.ref.startsWith('leave-')
  return event.type === 'task.cancelled' && event.reason !== 'movement-stopped'
}

export const hearAnswer = ({ context, event }: Step): EmergencyContext => ({
  ...context,
  ...answered(context, event, settles(event)),
})

export const rememberTended = (step: Step): EmergencyContext => ({
  ...step.context,
  ...opened(
    step.context,
    missing(step).map((task) => task.ref),
  ),
  lookAgainMs: step.event.policy.lookAgainMs,
})

export const tend = (step: Step): Intend => missing(step)

export const begin = (step: Step): Intend => {
  const { view } = step.event
  const stuck = view.robots.length > 0 && (view.stopped || view.havens.length === 0)
  const passes: Intent[] = stuck
    ? [
        {
          type: 'pass',
          because: { code: view.stopped ? 'movement-stopped' : 'no-place-out-of-the-way' },
          subject: {},
        },
      ]
    : []
  return [
    { type: 'cancel-others', reason: 'emergency' },
    { type: 'alert', key: alertKey, priority: 'urgent', because: { code: 'emergency' }, subject: {} },
    ...passes,
  ]
}

/** Ended by hand: screens and kiosks go back to what they show otherwise. */
export const end = ({ context }: Step): Intend => [
  ...context.open.map((ref): Intent => ({ type: 'cancel', ref, reason: 'emergency-ended' })),
  { type: 'alert.clear', key: alertKey },
]
