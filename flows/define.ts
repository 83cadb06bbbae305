/** What a flow is. A flow folder holds flow.ts (this declaration: its title page), machine.ts and decide.ts. */
import type { AnyStateMachine, EventObject } from 'xstate'
import type { z } from 'zod'
import type { FactType, FlowEvent, Seen } from '#protocol/flow-events.ts'
import type { Intent } from '#protocol/intents.ts'
import { type BranchView, type Mode, modes } from '#protocol/model.ts'

/**
 * `run`: works as always. `quiet`: instances follow events, but what they want is passed over and recorded.
 * `stop`: as quiet, and open tasks are cancelled when the mode begins.
 */
export type ModeBehaviour = 'run' | 'quiet' | 'stop'

export type ModeTable = Readonly<Record<Mode, ModeBehaviour>>

/** For a flow that does the same whatever the branch is doing. */
export const inEveryMode = (behaviour: ModeBehaviour): ModeTable =>
  Object.fromEntries(modes.map((mode) => [mode, behaviour])) as ModeTable

/** How a flow rests in the blocks of a measuring plan in which it is to rest. What runs is finished all the same. */
export interface Resting {
  /** Instances that stay as long as the branch is open (a queue, the screens): they watch on, and begin nothing. */
  readonly standing?: (key: string) => boolean
  /** Facts that may begin an instance all the same, because it only takes note of what others did. */
  readonly notes?: readonly FactType[]
}

/** Maps what was stored by an older version; returning undefined parks the instance for a person to see. */
export type Migration = (old: StoredInstance) => StoredInstance | undefined

/** Something the check finds and that is meant to be so: it is shown with its reason and no longer counts. */
export interface Excuse {
  /** Code of the finding. */
  readonly finding: string
  /** Where, as the check names it; `*` stands for anything. */
  readonly at: string
  readonly because: string
}

export type Running = 'migrate' | 'finish'

export interface StoredInstance {
  /** XState's persisted snapshot, as JSON. */
  readonly snapshot: { readonly value: unknown; readonly context: unknown; readonly status: string } & Record<
    string,
    unknown
  >
  readonly timers: readonly {
    readonly name: string
    readonly deadline: number
    readonly event: EventObject
  }[]
  /** Refs of the instance's open tasks. A migration may rename them, each in its place; it cannot drop or add one. */
  readonly tasks: readonly string[]
}

export interface Flow<Policy = unknown, View = unknown> {
  readonly id: string
  /** Raised with every change that an old snapshot would notice. */
  readonly version: number
  readonly title: { readonly en: string; readonly zh: string }
  readonly purpose: { readonly en: string; readonly zh: string }
  /** Settings a manager may change, with defaults; parsed when set, so that a machine always sees a whole policy. */
  readonly policy: z.ZodType<Policy>
  /** Facts it listens to; those in `starts` may begin an instance. */
  readonly listens: readonly FactType[]
  readonly starts: readonly FactType[]
  /**
   * Whether a fact in `starts` is worth an instance, where none runs. Says no only where the machine would end at once
   * and want nothing: most sensed facts are like that, and a machine that is begun for each is most of a hub's work.
   */
  worthStarting?(event: Seen<View, Policy>, key: string): boolean
  /** Which instance an event belongs to; undefined: none of this flow's. */
  readonly key: (event: FlowEvent) => string | undefined
  /** Further instances, found in the model: a kiosk failed that a ticket was on its way to; a minute passed for all. */
  readonly keys?: (event: FlowEvent, model: BranchView) => readonly string[]
  /** Plain JSON data from the model, attached to each event and made when a step first looks at it. */
  readonly view: (model: BranchView, key: string) => View
  readonly machine: AnyStateMachine
  readonly modes: ModeTable
  /** Assistance, device care and emergency are never paused. */
  readonly pausable: boolean
  readonly resting?: Resting
  /** Names of `after` timers that wait for a device or a person: they gain the reconnect grace after a restart. */
  readonly gracedDelays: readonly string[]
  readonly migrations: Readonly<Record<number, Migration>>
  /** The way back, for a rollback: `migrationsDown[3]` makes of what version 3 stored what version 2 can go on with. */
  readonly migrationsDown?: Readonly<Record<number, Migration>>
  /** What becomes of running instances when another version is deployed: brought over (default), or left to finish. */
  readonly running?: Running
  readonly excuses?: readonly Excuse[]
}

// oxlint-disable-next-line typescript/no-explicit-any -- flows of every policy and view stand in one list
export type AnyFlow = Flow<any, any>

export const defineFlow = <Policy, View>(flow: Flow<Policy, View>): Flow<Policy, View> => flow

/**
 * The one action through which a machine wants something: `{ type: 'intend', params: Intent | Intent[] }`.
 * The engine reads its params from the transition; it does nothing by itself.
 */
export type Intend = Intent | readonly Intent[]
export const intend = (_: unknown, _intents: Intend): void => undefined
