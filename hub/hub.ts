/** What a hub is made of, and what it is to whoever started it. */
import type { AnyFlow } from '#flows/define.ts'
import type { LinkLimits } from './calls/link/pipe.ts'
import type { Desk } from './desk/desk.ts'
import type { Clock } from './engine/hub-time.ts'
import type { Engine } from './engine/open-engine.ts'
import type { CommittedBatch } from './engine/sequencer.ts'
import type { Rehearse } from './look/rehearsal.ts'
import type { Companions } from './ops/companions.ts'
import type { HubConfig } from './ops/config.ts'
import type { Log } from './ops/log.ts'
import type { DurableStore } from './store/upkeep.ts'

export interface HubParts {
  readonly config: HubConfig
  /** Default: the hub of a branch. `desk`: experts for many branches, and no lobby. */
  readonly role?: 'branch' | 'desk'
  /** Opened ahead, where starting quickly matters; the hub closes it. Otherwise the one of the settings' directory. */
  readonly store?: DurableStore
  readonly flows: readonly AnyFlow[]
  /** Of the line between branch and expert desk. Default: lost within five seconds. */
  readonly linkLimits?: LinkLimits
  readonly versions: { readonly hub: string; readonly xstate: string }
  readonly clock: Clock
  readonly log: Log
  /** Programs that run under its care; absent where there are none. */
  readonly companions?: Companions
  /** Lives a recorded day again under another setting; absent: nobody is told what it would have done. */
  readonly rehearse?: Rehearse
  /** What is on disk is unknown, or another writer exists: the process should end with this. */
  readonly onFatal: (error: unknown) => void
}

export interface Hub {
  readonly branch: string
  readonly ports: {
    readonly mqtt: number | undefined
    readonly mqtts: number | undefined
    readonly ws: number | undefined
    readonly wss: number | undefined
    readonly http: number
  }
  /** Path of the local socket. */
  readonly control: string
  readonly engine: Engine
  readonly store: DurableStore
  /** What people reach with a browser. */
  readonly desk: Desk
  /** Calls back with every committed batch until called off. */
  watch(callback: (batch: CommittedBatch) => void): () => void
  /** Takes no more, commits what it took, tells the devices, closes. */
  stop(): Promise<void>
}
