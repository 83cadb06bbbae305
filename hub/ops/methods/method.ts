/** How a method of the local socket is declared: its parameters once, in zod, and what it does. */
import type { z } from 'zod'
import type { ParsePolicy } from '../../branch/policies.ts'
import type { Enrolment } from '../../broker/enrolment.ts'
import type { ContentFiles } from '../../content/files.ts'
import type { Deployer } from '../../deploy/deployer.ts'
import type { Engine } from '../../engine/open-engine.ts'
import type { CommittedBatch } from '../../engine/sequencer.ts'
import type { HubSettings } from '../../engine/settings.ts'
import type { Pairing } from '../../pairing/pairing.ts'
import type { SpeechToken } from '../../sales/speech/token.ts'
import type { DurableStore } from '../../store/upkeep.ts'
import type { Handler } from '../control.ts'
import type { Listening } from '../listening.ts'

export interface MethodParts {
  readonly branch: string
  readonly engine: Engine
  readonly store: DurableStore
  readonly enrolment: Enrolment
  readonly pairing: Pairing
  readonly isConnected: (device: string) => boolean
  readonly parsePolicy: ParsePolicy
  readonly deployer: Deployer
  readonly files: ContentFiles
  /** For the bank's speech engine. */
  readonly speech: Pick<SpeechToken, 'issue'>
  /** What decisions depend on besides the journal. */
  readonly settings: HubSettings
  readonly nowMs: () => number
  /** Where it really listens, also where any free port was asked for. */
  readonly listening: () => Listening
  /** Calls back with every committed batch until called off. */
  readonly watch: (callback: (batch: CommittedBatch) => void) => () => void
}

export const method =
  <P extends z.ZodType>(
    params: P,
    run: (params: z.infer<P>, signal: AbortSignal) => ReturnType<Handler>,
  ): Handler =>
  (raw, signal) =>
    run(params.parse(raw ?? {}), signal)
