/**
 * Where pages come in that take part in a call: pages of this hub, whoever they are; their ticket is their right. Nothing is
 * loaded before the first of them comes, or before somebody is waited for who stood in a call when the hub stopped.
 */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { BrowseSaid } from '#protocol/calls/browse.ts'
import type { Participant, SignalTo } from '#protocol/calls/signalling.ts'
import { UsherError } from '#protocol/errors.ts'
import { failureOf } from '../../desk/failures.ts'
import { checkPage, refuse } from '../../desk/live/knock.ts'
import type { OwnNames } from '../../desk/same-origin.ts'
import type { Clock } from '../../engine/hub-time.ts'
import type { CallLine } from './line.ts'
import {
  type CallSide,
  type FarSide,
  type IceSide,
  lineLimits,
  type RecorderEar,
  type RecorderSeat,
  type RecordingOf,
} from './side.ts'
import type { Tickets } from './ticket.ts'

export interface CallDoorParts {
  readonly side: CallSide
  readonly ice: IceSide
  readonly tickets: Tickets
  readonly far?: FarSide | undefined
  readonly recordingOf?: RecordingOf | undefined
  /** As they are now: where the hub is reached is known once it listens. */
  readonly own: () => OwnNames
  readonly clock: Clock
  readonly onRefused: (code: string) => void
  readonly log: { error(fields: object, text: string): void }
}

export interface CallDoor {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Once the desk knows its calls. */
  start(): void
  /** After each change of a call: who is in it no longer is told so. */
  changed(call: string): void
  farChanged(call: string): void
  farSays(call: string, from: Participant, said: SignalTo): void
  farBrowses(call: string, from: Participant, said: BrowseSaid): void
  seatRecorder(call: string, ear: RecorderEar): Promise<RecorderSeat>
  stop(): Promise<void>
}

export const createCallDoor = (parts: CallDoorParts): CallDoor => {
  const { log } = parts
  let line: Promise<CallLine> | undefined
  let opened: CallLine | undefined
  let isStopped = false
  const onBug = (error: unknown, request: string) =>
    log.error({ err: error, request }, 'the line of a call failed')
  const load = async (): Promise<CallLine> => {
    const { openCallLine } = await import('./line.ts')
    opened = openCallLine({ ...parts, limits: lineLimits, onBug })
    return opened
  }
  const open = () => {
    line ??= load().catch((error: unknown) => {
      // The next one tries again.
      line = undefined
      throw error
    })
    return line
  }
  const letIn = async (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    checkPage(request, parts.own())
    if (isStopped) throw new UsherError('hub.stopping')
    const ready = await open()
    if (!socket.destroyed) ready.upgrade(request, socket, head)
  }
  return {
    upgrade: (request, socket, head) => {
      // Nobody else listens to it yet.
      socket.on('error', () => socket.destroy())
      letIn(request, socket, head).catch((error: unknown) => {
        if (failureOf(error).isBug) log.error({ err: error }, 'the line of the calls could not be opened')
        refuse(request, socket, error)
      })
    },
    start: () => {
      if (parts.side.present().length > 0)
        open().catch((error: unknown) =>
          log.error({ err: error }, 'the line of the calls could not be opened'),
        )
    },
    changed: (call) => opened?.changed(call),
    farChanged: (call) => opened?.farChanged(call),
    farSays: (...given) => opened?.farSays(...given),
    farBrowses: (...given) => opened?.farBrowses(...given),
    seatRecorder: async (call, ear) => (await open()).seatRecorder(call, ear),
    stop: async () => {
      isStopped = true
      await line?.then(
        (ready) => ready.stop(),
        () => undefined,
      )
    },
  }
}
