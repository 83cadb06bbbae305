/** What a hub and the process that checks a flow for it say to each other. */
import type { Running } from '#flows/define.ts'
import type { FlowReport } from './check-flow.ts'
import type { StoredOf } from './migrations.ts'
import type { RestsAs } from './resting.ts'
import type { Claimed } from './shared-claims.ts'

type Files = Readonly<Record<string, string>>

/** First the source: it is loaded there and nowhere else before it is found sound. */
export interface Load {
  readonly files: Files
}

export interface Loaded {
  readonly loaded: { readonly id: string; readonly version: number; readonly running: Running }
}

/** Then what it is held against, which depends on the flow it turned out to be. */
export interface Against {
  readonly stored: readonly StoredOf[]
  /** Sources of other deployed flows in force, for the claims they make. */
  readonly others: readonly Files[]
  /** Of the shipped flows in force. */
  readonly claims: readonly Claimed[]
  readonly shippedRests: RestsAs | null
}

export interface Checked {
  readonly report: FlowReport
}

export interface Failed {
  readonly error: { readonly code: string; readonly text: string }
}
