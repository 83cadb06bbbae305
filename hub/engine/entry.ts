/**
 * Everything that can change a decision is an entry of the journal. An `Input` is an entry before the sequencer gave
 * it its number and its time.
 */
import type { Running } from '#flows/define.ts'
import type { AskedWork } from '#protocol/desk/live/ask.ts'
import type { EventName } from '#protocol/events.ts'
import type { TaskIntent } from '#protocol/intents.ts'
import type { DeviceState, Manifest, Presence, Report } from '#protocol/messages.ts'
import type { Autonomy, Mode } from '#protocol/model.ts'
import type { ContentCommand } from '../branch/content-commands.ts'
import type { BranchFile } from '../branch/file.ts'
import type { SwitchbackPlan } from '../branch/switchback-plan.ts'
import type { CallCommand } from '../calls/commands.ts'
import type { LinkCommand } from '../calls/link/commands.ts'
import type { SharedCommand } from '../calls/shared.ts'
import type { DeskAct } from '../desk/acts.ts'
import type { SaleCommand } from '../sales/commands.ts'

/** What a person or a program asks of the hub. `by` names the person, or `calendar`, `operator` (command line). */
export type Command =
  | { name: 'mode'; mode: Mode; by: string }
  | { name: 'pause'; by: string; untilMs: number | null }
  | { name: 'resume'; by: string }
  | { name: 'stop-movement'; by: string }
  | { name: 'allow-movement'; by: string }
  | { name: 'end-emergency'; by: string }
  | { name: 'task.cancel'; task: string; by: string; reason: string }
  /** A suggestion that a person confirms or turns down. */
  | { name: 'task.confirm'; task: string; by: string }
  | { name: 'task.dismiss'; task: string; by: string }
  /** Tasks for people have the same life as a device's. `onlyOwn`: refused where it is not asked of him. */
  | {
      name: 'task.report'
      task: string
      by: string
      status: 'accepted' | 'refused' | 'started' | 'done' | 'failed'
      note: string | null
      onlyOwn?: true
    }
  /** Work by hand. `request` names it: see `requestKey`. */
  | { name: 'ask'; ask: AskedWork; request: string; by: string }
  /**
   * To another, a device or `person/<id>`; or to whoever asks, who has then accepted it. `onlyOwn`, here and with alerts:
   * who asks does not lead the branch, and is refused what another has in hand.
   */
  | { name: 'task.reassign'; task: string; to: string; by: string }
  | { name: 'task.take'; task: string; by: string; onlyOwn?: true }
  /** Once more, after it was not done; `intent` is the ended task's own. */
  | { name: 'task.retry'; task: string; intent: TaskIntent; request: string; by: string }
  | { name: 'device.hold'; device: string; by: string; untilMs: number | null }
  | { name: 'device.release'; device: string; by: string }
  | { name: 'device.out-of-service'; device: string; by: string }
  /** A person's word on a firmware: of one device (that still runs it), or of a whole model. */
  | {
      name: 'firmware.judge'
      verdict: 'approved' | 'declined'
      device: string | null
      model: string
      firmware: string | null
      by: string
    }
  | { name: 'duty'; person: string; onDuty: boolean; by: string }
  | { name: 'do-not-disturb'; person: string; on: boolean; by: string }
  | { name: 'visit.role'; visit: string; role: 'staff' | 'guard' | 'courier'; by: string }
  | { name: 'visit.known'; visit: string; ticket: string | null; by: string }
  | {
      name: 'flow.set'
      flow: string
      autonomy: Autonomy | null
      policy: Record<string, unknown> | null
      revision: number
      by: string
      /** Why, in the person's words. */
      reason?: string | null
    }
  /** Beyond head office's bounds: in force once a second person has agreed. */
  | {
      name: 'flow.propose'
      flow: string
      autonomy: Autonomy | null
      policy: Record<string, unknown>
      revision: number
      reason: string
      by: string
    }
  | { name: 'flow.approve'; flow: string; proposal: string; by: string }
  | { name: 'flow.decline'; flow: string; proposal: string; reason: string | null; by: string }
  /** By who asked. */
  | { name: 'flow.withdraw'; flow: string; proposal: string; by: string }
  | { name: 'campaign.set'; campaign: string; on: boolean; by: string }
  | ContentCommand
  | CallCommand
  | SharedCommand
  | LinkCommand
  | SaleCommand
  /** Measures the effect of flows by letting them rest in some blocks of time. */
  | { name: 'effect.plan'; plan: SwitchbackPlan; by: string }
  | { name: 'effect.stop'; by: string }
  | { name: 'escalation.take'; escalation: string; by: string }
  | { name: 'escalation.end'; escalation: string; by: string; outcome: string }
  /** An alert by its id or its key. Only one person has it; to have seen it is another matter. */
  | { name: 'alert.claim'; alert: string; by: string }
  | { name: 'alert.release'; alert: string; by: string }
  | { name: 'alert.acknowledge'; alert: string; by: string }
  | { name: 'alert.resolve'; alert: string; note: string | null; by: string; onlyOwn?: true }
  | { name: 'alert.shelve'; alert: string; reason: string; forMs: number; by: string }
  | { name: 'alert.unshelve'; alert: string; by: string }
  /** How it stands with the program that speaks for a device, from the one that watches over it. `code` null: well. */
  | {
      name: 'adapter.health'
      device: string
      /** The process itself, or what it sends. */
      about: 'process' | 'messages'
      code: string | null
      params: Record<string, string | number>
      by: string
    }
  /** What was done with what is on record decides nothing; that it was done, by whom and why, belongs into the chain. */
  | { name: 'records.hold'; hold: string; by: string; reason: string }
  | { name: 'records.release'; hold: string; by: string; reason: string }
  | {
      name: 'records.erase'
      bodies: number
      decisions: number
      tasks: number
      /** Decision records that a legal hold kept. */
      kept: number
      by: string
      reason: string
    }
  /** What somebody did with accounts and sessions of the desk decides nothing either. */
  | {
      name: 'desk.note'
      act: DeskAct
      account: string | null
      params: Record<string, string | number>
      by: string
    }

/** Who may connect; only hashes and fingerprints, never a secret. */
export type RegistryChange =
  | { change: 'invited'; device: string; claimHash: string; claimUntil: number; by: string }
  | { change: 'requested'; device: string; fingerprint: string; csr: string }
  | {
      change: 'approved'
      device: string
      certificate: string
      fingerprint: string
      validUntil: number
      by: string
    }
  | { change: 'revoked'; device: string; by: string; reason: string }
  | { change: 'claim-spent'; device: string }

/** Another version of a flow comes in force between two commits. */
export interface DeployBody {
  readonly kind: 'deploy'
  readonly flow: string
  readonly version: number
  /** SHA-256 of the source; null: back to what is shipped. */
  readonly digest: string | null
  /** The source itself, so that the journal alone says what ran. */
  readonly files: Readonly<Record<string, string>> | null
  /** What becomes of running instances. */
  readonly running: Running
  /** A rollback: the version in force goes, and a former one comes back. */
  readonly back: boolean
  /** The revision the deployer began from. */
  readonly revision: number
  readonly by: string
}

export type EntryBody =
  | DeployBody
  | { kind: 'event'; device: string; name: EventName | `x-${string}`; data: Record<string, unknown> }
  | { kind: 'presence'; device: string; presence: Presence }
  | { kind: 'manifest'; device: string; manifest: Manifest }
  | { kind: 'state'; device: string; state: DeviceState }
  | { kind: 'report'; device: string; task: string; report: Report }
  | { kind: 'timer'; owner: string; name: string; deadline: number }
  | { kind: 'command'; command: Command }
  | {
      kind: 'config'
      file: BranchFile
      revision: number
      by: string /** SHA-256 of the file it was read from, at a start. */
      source?: string
    }
  | { kind: 'registry'; change: RegistryChange }
  /** The broker saw the connection end without the device's own word. */
  | { kind: 'link'; device: string; link: 'lost' | 'online' }
  /** Messages of a device that were refused within the last minute, by error code. */
  | { kind: 'refused'; device: string; counts: Record<string, number> }
  | {
      kind: 'start'
      versions: { hub: string; xstate: string; flows: Record<string, number> }
      reason: 'first' | 'restart' | 'restore'
    }
  | { kind: 'clock'; stepMs: number }
  | { kind: 'parked'; instance: string; reason: string }
  /** A full copy of the state rows: the first entry of a day's segment; replay starts here. */
  | { kind: 'checkpoint'; day: string; digest: string }

export interface Numbering {
  readonly boot: string
  readonly n: number
  /** Who counts; absent: the device that the entry is from. A person's page is `desk/<account>`. */
  readonly sender?: string
}

export interface Input {
  readonly body: EntryBody
  /** Present where the sender numbers its messages; a number seen before makes no entry. */
  readonly numbering?: Numbering
  /** The attempt it answers, `task/attempt`; a what-if replays entries without a cause only. */
  readonly cause?: string
}

export interface Entry extends Input {
  readonly branch: string
  readonly epoch: number
  readonly seq: number
  /** Hub time, ms since 1970. */
  readonly at: number
}
