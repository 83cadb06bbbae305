/** The apps on the simulated robots: the vendor's commands in, the vendor's callbacks out, with the fields as documented. */
import { z } from 'zod'
import type { BridgeData, BridgeErrorCode } from '../bridge.ts'
import type { Body, BodyReport } from './body.ts'

export interface App {
  /** @returns why the app does not pass it on; undefined: done */
  command(name: string, data: BridgeData): BridgeErrorCode | undefined
  /** The callback for what the body did. */
  callback(report: BodyReport): { readonly event: string; readonly data: BridgeData } | undefined
}

export interface AppParts {
  readonly body: Body
  readonly homeBase: string
  readonly onMode: (mode: string) => void
}

type Commands = Readonly<Record<string, (data: BridgeData) => BridgeErrorCode | undefined>>

const takes =
  <S extends z.ZodType>(schema: S, act: (data: z.output<S>) => BridgeErrorCode | undefined | void) =>
  (data: BridgeData): BridgeErrorCode | undefined => {
    const parsed = schema.safeParse(data)
    return parsed.success ? (act(parsed.data) ?? undefined) : 'bad-command'
  }

const run = (commands: Commands, name: string, data: BridgeData): BridgeErrorCode | undefined =>
  Object.hasOwn(commands, name) ? commands[name]?.(data) : 'unsupported'

/** Wiki "Locations": DescriptionId. */
const temiWay = {
  start: { status: 'start', descriptionId: 0, description: '' },
  calculating: { status: 'calculating', descriptionId: 1_020, description: 'Calculating' },
  going: { status: 'going', descriptionId: 10_007, description: 'Going' },
  obstacle: { status: 'going', descriptionId: 2_003, description: 'Lidar Obstacle' },
  complete: { status: 'complete', descriptionId: 500, description: 'Complete' },
  abort: { status: 'abort', descriptionId: 0, description: 'Abort General' },
} as const
const temiAbortByUser = { status: 'abort', descriptionId: 1_005, description: 'Abort by user' }
const temiAbortNoMovement = { status: 'abort', descriptionId: 1_003, description: 'Abort no movement' }
const temiVoice = { started: 'STARTED', completed: 'COMPLETED', stopped: 'CANCELED' } as const

export const createTemiApp = ({ body, onMode }: AppParts): App => {
  const commands: Commands = {
    goTo: takes(z.object({ location: z.string() }), ({ location }) => {
      if (!body.knows(location)) return 'unknown-place'
      body.go(location)
    }),
    stopMovement: takes(z.object({}), () => body.stop()),
    speak: takes(z.object({ id: z.string(), speech: z.string(), language: z.string() }), ({ id, speech }) =>
      body.speak(id, speech),
    ),
    cancelAllTtsRequests: takes(z.object({}), () => body.hush()),
    askQuestion: takes(z.object({ question: z.string() }), ({ question }) => {
      body.speak('question', question)
      body.listen('ZH_CN')
    }),
    finishConversation: takes(z.object({}), () => {}),
    setMode: takes(z.object({ mode: z.enum(['DEFAULT', 'GREET', 'PRIVACY']) }), ({ mode }) => onMode(mode)),
  }
  const wayOf = ({ place, status, byHand }: Extract<BodyReport, { what: 'way' }>) => {
    const isBlocked = status === 'abort' && body.faults.has('blocked')
    const words = byHand === true ? temiAbortByUser : isBlocked ? temiAbortNoMovement : temiWay[status]
    // temi keeps the names of its places in small letters.
    return { event: 'onGoToLocationStatusChanged', data: { location: place.toLowerCase(), ...words } }
  }
  return {
    command: (name, data) => run(commands, name, data),
    callback(report) {
      if (report.what === 'way') return wayOf(report)
      if (report.what === 'voice') {
        const { id, text: speech, status } = report
        return { event: 'onTtsStatusChanged', data: { id, speech, status: temiVoice[status] } }
      }
      if (report.what === 'heard')
        return { event: 'onAsrResult', data: { asrResult: report.text, sttLanguage: report.voice } }
      return { event: 'onBatteryStatusChanged', data: { ...body.battery } }
    },
  }
}

const orionUpdates = { start: 1_014, calculating: 1_036, going: 1_036, obstacle: 1_018 } as const
const canNotArrive = { errorCode: -109, errorString: 'Obstacle avoidance timeout, destination unreachable' }
const orionVoice = {
  started: 'playText.onStart',
  completed: 'playText.onComplete',
  stopped: 'playText.onStop',
}

export const createOrionStarApp = ({ body, homeBase }: AppParts): App => {
  const commands: Commands = {
    startNavigation: takes(
      z.object({ destName: z.string(), coordinateDeviation: z.number(), time: z.number() }),
      ({ destName }) => {
        if (!body.knows(destName)) return 'unknown-place'
        body.go(destName)
      },
    ),
    startNaviToAutoChargeAction: takes(z.object({ timeout: z.number() }), () => body.go(homeBase)),
    stopNavigation: takes(z.object({}), () => body.stop()),
    stopAutoChargeAction: takes(z.object({}), () => body.stop()),
    playText: takes(z.object({ sid: z.string(), text: z.string() }), ({ sid, text }) =>
      body.speak(sid, text),
    ),
    stopTTS: takes(z.object({}), () => body.hush()),
    setRecognizable: takes(z.object({ enable: z.boolean() }), ({ enable }) => {
      if (enable) body.listen('')
    }),
  }
  const wayOf = ({ place, status }: Extract<BodyReport, { what: 'way' }>) => {
    const isHome = place === homeBase
    const call = isHome ? 'startNaviToAutoChargeAction' : 'startNavigation'
    const about = isHome ? {} : { destName: place }
    if (status === 'complete')
      return { event: `${call}.onResult`, data: { ...about, status: 1, response: 'true' } }
    if (status === 'abort' && body.faults.has('blocked'))
      return { event: `${call}.onError`, data: { ...about, ...canNotArrive } }
    if (status === 'abort')
      return { event: `${call}.onResult`, data: { ...about, status: 3, response: 'stop' } }
    return { event: `${call}.onStatusUpdate`, data: { ...about, status: orionUpdates[status], data: '' } }
  }
  return {
    command: (name, data) => run(commands, name, data),
    callback(report) {
      if (report.what === 'way') return wayOf(report)
      if (report.what === 'voice') return { event: orionVoice[report.status], data: { sid: report.id } }
      if (report.what === 'heard') return { event: 'onQueryAsrResult', data: { asrResult: report.text } }
      return { event: 'status_battery', data: { ...body.battery } }
    },
  }
}
