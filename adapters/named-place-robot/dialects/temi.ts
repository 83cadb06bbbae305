/**
 * temi, as its SDK documents it (github.com/robotemi/sdk, wiki pages "Locations", "Speech", "Movement", "Follow",
 * "temi Center", "Utils"): names of commands are methods of `Robot`, names of events are methods of its listeners, and
 * fields are their parameters.
 */
import { z } from 'zod'
import type { BridgeEvent } from '../bridge.ts'
import type { Dialect, News } from './dialect.ts'

const GoTo = z.object({
  location: z.string().min(1),
  status: z.string(),
  descriptionId: z.int().optional(),
})

/** OnGoToLocationStatusChangedListener: START, CALCULATING, GOING, REPOSING; older apps say "obstacle detected". */
const onItsWay: ReadonlySet<string> = new Set([
  'start',
  'calculating',
  'going',
  'reposing',
  'obstacle detected',
])
/** Wiki "Locations", table DescriptionId: 2000 "Obstacle" to 2009 "Stuck Wheel". */
const isObstacle = (id: number | undefined) => id !== undefined && id >= 2_000 && id <= 2_009
/** The same table. */
const aborts: Readonly<Record<number, string>> = {
  1003: 'blocked',
  1004: 'navigation-timeout',
  1005: 'stopped-by-hand',
  1006: 'outside-map',
}

const way = (data: unknown): News | 'bad' | undefined => {
  const parsed = GoTo.safeParse(data)
  if (!parsed.success) return 'bad'
  const { location: place, status, descriptionId } = parsed.data
  if (onItsWay.has(status)) {
    const obstacle = status === 'obstacle detected' || isObstacle(descriptionId)
    return { kind: 'way', place, phase: 'moving', first: status === 'start', obstacle }
  }
  if (status === 'complete') return { kind: 'way', place, phase: 'arrived' }
  if (status !== 'abort') return undefined
  const code = isObstacle(descriptionId) ? 'blocked' : (aborts[descriptionId ?? 0] ?? 'navigation-failed')
  return { kind: 'way', place, phase: 'ended', code }
}

/** TtsRequest.Status: PENDING and PROCESSING say nothing yet. */
const Tts = z.object({ id: z.string().optional(), status: z.string() })
const voiceStates = {
  STARTED: 'speaking',
  COMPLETED: 'spoken',
  ERROR: 'failed',
  NOT_ALLOWED: 'failed',
  CANCELED: 'failed',
} as const

const Asr = z.object({ asrResult: z.string(), sttLanguage: z.string().optional() })
const Battery = z.object({ level: z.number().min(0).max(100), isCharging: z.boolean() })
const Status = z.object({ status: z.string() })
const Movement = z.object({ type: z.string(), status: z.string() })

type Reader = (data: unknown) => News | 'bad' | undefined
const reads =
  <S extends z.ZodType>(schema: S, news: (data: z.output<S>) => News | undefined): Reader =>
  (data) => {
    const parsed = schema.safeParse(data)
    return parsed.success ? news(parsed.data) : 'bad'
  }

/** OnGreetModeStateChangedListener.GREETING. */
const greetingState = 3
const over: ReadonlySet<string> = new Set(['complete', 'abort'])

const readers: Readonly<Record<string, Reader>> = {
  onGoToLocationStatusChanged: way,
  onTtsStatusChanged: reads(Tts, ({ id, status }) => {
    const state = Object.entries(voiceStates).find(([name]) => name === status)?.[1]
    return state === undefined ? undefined : { kind: 'voice', state, ...(id !== undefined && { id }) }
  }),
  onAsrResult: reads(Asr, ({ asrResult, sttLanguage }) => ({
    kind: 'heard',
    text: asrResult,
    ...(sttLanguage !== undefined && { language: sttLanguage }),
  })),
  onBatteryStatusChanged: reads(Battery, ({ level, isCharging }) => ({
    kind: 'battery',
    percent: level,
    charging: isCharging,
  })),
  onBeWithMeStatusChanged: reads(Status, ({ status }) => ({
    kind: 'mode',
    mode: 'following',
    on: status !== 'abort',
  })),
  // Only what somebody drives by hand comes here (skidJoy, turnBy); journeys have their own listener.
  onMovementStatusChanged: reads(Movement, ({ status }) => ({
    kind: 'mode',
    mode: 'driven-by-hand',
    on: !over.has(status) && status !== 'node inactive',
  })),
  onRobotDragStateChanged: reads(z.object({ isDragged: z.boolean() }), ({ isDragged }) => ({
    kind: 'mode',
    mode: 'driven-by-hand',
    on: isDragged,
  })),
  onRobotLifted: reads(z.object({ isLifted: z.boolean() }), ({ isLifted }) => ({
    kind: 'mode',
    mode: 'lifted',
    on: isLifted,
  })),
  onGreetModeStateChanged: reads(z.object({ state: z.int() }), ({ state }) =>
    state === greetingState ? { kind: 'greeted' } : undefined,
  ),
}

export const createTemi = (homeBase: string): Dialect => ({
  vendor: 'temi',
  model: 'temi',
  read: ({ event, data }: BridgeEvent) =>
    Object.hasOwn(readers, event) ? readers[event]?.(data) : undefined,
  goTo: (location) => ({ command: 'goTo', data: { location } }),
  goHome: () => ({ command: 'goTo', data: { location: homeBase } }),
  stop: () => [{ command: 'stopMovement', data: {} }],
  speak: ({ id, text, voice }) => ({
    command: 'speak',
    data: { id, speech: text, language: voice, isShowOnConversationLayer: false },
  }),
  hush: () => ({ command: 'cancelAllTtsRequests', data: {} }),
  ask: ({ text }) => ({ listen: { command: 'askQuestion', data: { question: text } } }),
  stopListening: () => ({ command: 'finishConversation', data: {} }),
  greeting: (on) => ({ command: 'setMode', data: { mode: on ? 'GREET' : 'DEFAULT' } }),
})
