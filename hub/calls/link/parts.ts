/** What both ends of the line have of their hub. */
import type { BrowseSaid } from '#protocol/calls/browse.ts'
import type { CallRow } from '#protocol/calls/rows.ts'
import type { Participant, SignalTo } from '#protocol/calls/signalling.ts'
import type { SentStory } from '#protocol/calls/story.ts'
import type { Clock } from '../../engine/hub-time.ts'
import type { Engine } from '../../engine/open-engine.ts'
import type { CommittedBatch } from '../../engine/sequencer.ts'
import type { FarSide } from '../line/side.ts'
import type { LinkCommand } from './commands.ts'
import type { LinkLimits } from './pipe.ts'

export interface LinkParts {
  readonly engine: Pick<Engine, 'state' | 'submit' | 'read' | 'position'>
  readonly watch: (callback: (batch: CommittedBatch) => void) => () => void
  readonly clock: Clock
  readonly limits: LinkLimits
  /** The sockets of the calls at this hub. */
  readonly room: {
    farChanged(call: string): void
    farSays(call: string, from: Participant, said: SignalTo): void
    farBrowses(call: string, from: Participant, said: BrowseSaid): void
  }
  /** What came before a call of this branch. */
  readonly storyOf: (call: CallRow) => Promise<SentStory>
  readonly onRefused: (code: string) => void
  readonly log: {
    error(fields: object, text: string): void
    warn(fields: object, text: string): void
    info(fields: object, text: string): void
  }
}

export interface LinkEnd {
  readonly far: FarSide
  start(): Promise<void>
  stop(): Promise<void>
}

export const submitTo =
  ({ engine }: Pick<LinkParts, 'engine'>) =>
  (command: LinkCommand) =>
    engine.submit({ body: { kind: 'command', command } })
