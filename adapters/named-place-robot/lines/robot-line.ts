/** The line to the app on the robot: the port behind which WebSocket and HTTP look the same. */
import type { Clock } from '../../sdk/ports.ts'
import type { BridgeData, BridgeErrorCode, BridgeEvent, HelloAnswer } from '../bridge.ts'

export interface RobotLine {
  readonly hello: HelloAnswer
  /** @throws RefusedByApp; DeviceUnreachable, with `begun: false` where it certainly did not arrive */
  ask(command: string, data?: BridgeData): Promise<BridgeData>
  /** Settles when the robot is out of reach for too long, or its app was started anew. */
  readonly lost: Promise<unknown>
  close(): Promise<void>
}

export interface LineParts {
  readonly url: string
  readonly token: string
  readonly answerMs: number
  readonly graceMs: number
  readonly clock: Clock
  readonly onEvent: (event: BridgeEvent) => void
  /** Something came that is not the protocol. */
  readonly onOdd: (code: OddCode) => void
  /** Told once when it is out of reach, and once when it is back within the time of grace. */
  readonly onReach: (within: boolean) => void
}

export const odds = {
  'not-json': 'A message of the robot is not JSON, or not of the bridge protocol.',
  gap: 'Events of the robot are missing.',
  'bad-event': 'An event is not what the vendor documents.',
} as const
export type OddCode = keyof typeof odds

/** The app understood, and said no. */
export class RefusedByApp extends Error {
  override readonly name = 'RefusedByApp'
  readonly code: BridgeErrorCode

  constructor(code: BridgeErrorCode) {
    super(`The app on the robot answered ${code}.`)
    this.code = code
  }
}
