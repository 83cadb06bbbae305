/** How a method of the local socket is declared: its parameters once, in zod, and what it does. */
import type { z } from 'zod'
import type { Engine } from '../../engine/open-engine.ts'
import type { CommittedBatch } from '../../engine/sequencer.ts'
import type { Store } from '../../store/port.ts'
import type { Handler } from '../control.ts'

export interface MethodParts {
  readonly branch: string
  readonly engine: Engine
  readonly store: Store
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
