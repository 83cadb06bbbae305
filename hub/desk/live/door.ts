/**
 * Where pages come in that want to listen. Whose page it is, is looked at before anything is loaded for it: a page of
 * another site gets no line, whatever cookie its browser sends along.
 */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { UsherError } from '#protocol/errors.ts'
import type { Clock } from '../../engine/hub-time.ts'
import type { CommittedBatch } from '../../engine/sequencer.ts'
import type { LookParts } from '../../look/parts.ts'
import type { SessionCookie } from '../cookies.ts'
import { failureOf } from '../failures.ts'
import type { OwnNames } from '../same-origin.ts'
import type { Sessions } from '../sessions.ts'
import { checkPage, refuse } from './knock.ts'
import type { Line } from './line.ts'

export interface StreamHeard {
  readonly device: string
  readonly name: string
  readonly data: Readonly<Record<string, unknown>>
}

/** What the line follows besides the engine. */
export interface LineSide {
  /** Calls back with every committed batch until called off. */
  readonly watch: (callback: (batch: CommittedBatch) => void) => () => void
  /** Calls back with what sensors and robots stream, until called off. */
  readonly watchStreams: (callback: (heard: StreamHeard) => void) => () => void
  readonly onBadStream: (device: string) => void
  /** What is sent is held against the contract: for tests, since every page does the same. */
  readonly checked?: boolean
  /** So long after the last page went nothing is followed any more. */
  readonly idleMs?: number
}

export interface DoorParts {
  readonly side: LineSide
  readonly look: LookParts
  /** As they are now: where the hub is reached is known once it listens. */
  readonly settings: () => { readonly own: OwnNames; readonly cookie: SessionCookie }
  readonly sessions: () => Sessions
  readonly clock: Clock
  readonly log: { error(fields: object, text: string): void; warn(fields: object, text: string): void }
}

export interface LineDoor {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  stop(): Promise<void>
}

export const createLineDoor = (parts: DoorParts): LineDoor => {
  const { side, look, sessions, clock, log } = parts
  let line: Promise<Line> | undefined
  let isStopped = false
  const load = async (cookie: SessionCookie): Promise<Line> => {
    const { openLine } = await import('./line.ts')
    const onBug = (error: unknown, request: string) =>
      log.error({ err: error, request }, 'the line of a page failed')
    const opened: Line = openLine({
      ...side,
      look,
      sessions: sessions(),
      cookie,
      clock,
      onBug,
      onIdle: () => {
        // Where nobody looks nothing is made to be looked at; the next page finds a new one.
        line = undefined
        opened.stop().catch((error: unknown) => onBug(error, 'live'))
      },
    })
    return opened
  }
  const letIn = async (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const { own, cookie } = parts.settings()
    checkPage(request, own)
    if (isStopped) throw new UsherError('hub.stopping')
    line ??= load(cookie)
    const ready = await line.catch((error: unknown) => {
      // The next one tries again.
      line = undefined
      throw error
    })
    if (!socket.destroyed) ready.upgrade(request, socket, head)
  }
  return {
    upgrade: (request, socket, head) => {
      // Nobody else listens to it yet.
      socket.on('error', () => socket.destroy())
      letIn(request, socket, head).catch((error: unknown) => {
        if (failureOf(error).isBug) log.error({ err: error }, 'the line of the pages could not be opened')
        refuse(request, socket, error)
      })
    },
    stop: async () => {
      isStopped = true
      await line?.then(
        (ready) => ready.stop(),
        () => undefined,
      )
      line = undefined
    },
  }
}
