/**
 * OrionStar, as its robot SDK documents it (RobotAPI: "Navigation", "Battery Management", "Leading"; SkillApi and
 * SkillCallback): names of commands are methods, events are named `method.callback`, because its callbacks belong to the
 * call. The app adds what the callbacks leave out: the destination, and the sid of the words.
 */
import { z } from 'zod'
import type { BridgeEvent } from '../bridge.ts'
import type { Dialect, News } from './dialect.ts'

/** "Status and Error Code Definition", onStatusUpdate. */
const update = { start: 1_014, cruise: 1_015, outOfMap: 1_020, noPath: 1_025 }
const obstacles: ReadonlySet<number> = new Set([1_016, 1_018, 1_023, 1_051])
const onItsWay: ReadonlySet<number> = new Set([1_017, 1_019, 1_034, 1_035, 1_036, 1_037, 1_038, 1_048, 1_050])
/** onResult: RESULT_OK (with "true"), RESULT_NAVIGATION_ARRIVED, RESULT_DESTINATION_IN_RANGE. */
const resultOk = 1
const arrivedResults: ReadonlySet<number> = new Set([102, 104])
const stopSuccess = 3
/** onError: ERROR_IN_DESTINATION is no error for who wants to be there. */
const inDestination = -113
const errors: Readonly<Record<number, string>> = {
  [-107]: 'unknown-place',
  [-108]: 'unknown-place',
  [-109]: 'blocked',
  [-116]: 'not-localised',
  [-120]: 'navigation-failed',
  [-124]: 'blocked',
  [-125]: 'blocked',
  [-136]: 'blocked',
  [-1]: 'busy',
  [-6]: 'busy',
  [-9]: 'busy',
}

type Reader = (data: unknown, homeBase: string) => News | 'bad' | undefined
const reads =
  <S extends z.ZodType>(schema: S, news: (data: z.output<S>, homeBase: string) => News | undefined): Reader =>
  (data, homeBase) => {
    const parsed = schema.safeParse(data)
    return parsed.success ? news(parsed.data, homeBase) : 'bad'
  }

const destName = z.string().min(1).optional()
const Update = z.object({ destName, status: z.int() })
const Result = z.object({ destName, status: z.int(), response: z.string().optional() })
const Failure = z.object({ destName, errorCode: z.int() })
const Sid = z.object({ sid: z.string().optional() })

/** Charging has no destination of its own: it is the base. */
const onUpdate = reads(Update, ({ destName: place, status }, homeBase): News | undefined => {
  const about = { kind: 'way', place: place ?? homeBase } as const
  if (status === update.start) return { ...about, phase: 'moving', first: true }
  if (status === update.cruise) return { kind: 'mode', mode: 'patrolling', on: true }
  if (status === update.outOfMap) return { ...about, phase: 'ended', code: 'outside-map' }
  if (status === update.noPath) return { ...about, phase: 'ended', code: 'blocked' }
  if (obstacles.has(status)) return { ...about, phase: 'moving', obstacle: true }
  return onItsWay.has(status) ? { ...about, phase: 'moving', obstacle: false } : undefined
})

const onResult = reads(Result, ({ destName: place, status, response }, homeBase): News => {
  const about = { kind: 'way', place: place ?? homeBase } as const
  const isOk = status === resultOk && (response === undefined || response === 'true')
  if (isOk || arrivedResults.has(status)) return { ...about, phase: 'arrived' }
  return { ...about, phase: 'ended', code: status === stopSuccess ? 'stopped' : 'navigation-failed' }
})

const onError = reads(Failure, ({ destName: place, errorCode }, homeBase): News => {
  const about = { kind: 'way', place: place ?? homeBase } as const
  if (errorCode === inDestination) return { ...about, phase: 'arrived' }
  return { ...about, phase: 'ended', code: errors[errorCode] ?? 'navigation-failed' }
})

const voice = (state: 'speaking' | 'spoken' | 'failed') =>
  reads(Sid, ({ sid }) => ({ kind: 'voice', state, ...(sid !== undefined && { id: sid }) }))

const readers: Readonly<Record<string, Reader>> = {
  'startNavigation.onStatusUpdate': onUpdate,
  'startNavigation.onResult': onResult,
  'startNavigation.onError': onError,
  'startNaviToAutoChargeAction.onStatusUpdate': onUpdate,
  'startNaviToAutoChargeAction.onResult': onResult,
  'startNaviToAutoChargeAction.onError': onError,
  'startCruise.onResult': () => ({ kind: 'mode', mode: 'patrolling', on: false }),
  'startFocusFollow.onStatusUpdate': () => ({ kind: 'mode', mode: 'following', on: true }),
  'startFocusFollow.onResult': () => ({ kind: 'mode', mode: 'following', on: false }),
  'startFocusFollow.onError': () => ({ kind: 'mode', mode: 'following', on: false }),
  'playText.onStart': voice('speaking'),
  'playText.onComplete': voice('spoken'),
  'playText.onStop': voice('failed'),
  'playText.onError': voice('failed'),
  onQueryAsrResult: reads(z.object({ asrResult: z.string() }), ({ asrResult }) => ({
    kind: 'heard',
    text: asrResult,
  })),
  status_battery: reads(
    z.object({ level: z.number().min(0).max(100), isCharging: z.boolean() }),
    ({ level, isCharging }) => ({ kind: 'battery', percent: level, charging: isCharging }),
  ),
}

/** "Destination range", "recommended value is 0.2"; "recommended 30*1000". */
const coordinateDeviation = 0.2
const avoidTimeoutMs = 30_000
const chargeTimeoutMs = 180_000

export const createOrionStar = (homeBase: string): Dialect => ({
  vendor: 'OrionStar',
  model: 'RobotOS',
  read: ({ event, data }: BridgeEvent) =>
    Object.hasOwn(readers, event) ? readers[event]?.(data, homeBase) : undefined,
  goTo: (place) => ({
    command: 'startNavigation',
    data: { destName: place, coordinateDeviation, time: avoidTimeoutMs },
  }),
  goHome: () => ({ command: 'startNaviToAutoChargeAction', data: { timeout: chargeTimeoutMs } }),
  stop: () => [
    { command: 'stopNavigation', data: {} },
    { command: 'stopAutoChargeAction', data: {} },
  ],
  speak: ({ id, text, voice: language }) => ({ command: 'playText', data: { sid: id, text, language } }),
  hush: () => ({ command: 'stopTTS', data: {} }),
  // Listening while it speaks it would hear itself.
  ask: ({ id, text, voice: language }) => ({
    say: { command: 'playText', data: { sid: id, text, language } },
    listen: { command: 'setRecognizable', data: { enable: true } },
  }),
  stopListening: () => ({ command: 'setRecognizable', data: { enable: false } }),
  greeting: () => undefined,
})
