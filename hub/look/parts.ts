/** What questions about a branch are answered from, whoever asks them: the command line or somebody at the desk. */
import type { ParsePolicy } from '../branch/policies.ts'
import type { Engine } from '../engine/open-engine.ts'
import type { HubSettings } from '../engine/settings.ts'
import type { Store } from '../store/port.ts'
import type { Checkpoints } from '../store/upkeep.ts'
import type { Rehearse } from './rehearsal.ts'

export interface LookParts {
  readonly branch: string
  readonly engine: Engine
  readonly store: Store & Checkpoints
  readonly parsePolicy: ParsePolicy
  /** What decisions depend on besides the journal. */
  readonly settings: HubSettings
  /** Hub time. */
  readonly nowMs: () => number
  /** Lives a day again under another setting, with a directory for what it needs; absent: nothing here can. */
  readonly rehearsal?: { readonly directory: string; readonly rehearse: Rehearse }
}
