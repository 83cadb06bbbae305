/**
 * A sale that is recorded (双录): of the customer's yes to it, of what was heard and ticked, of what stands in its way, and
 * of the files that are left of it. What was said stays out of it: words are in the sealed recording alone.
 */
import type { Speaker } from './script.ts'

export const saleStates = [
  /** The customer is asked whether it may be recorded. */
  'consent',
  /** Recorders are asked to begin; nothing counts before both run. */
  'starting',
  'recording',
  /** Something secret is typed; nothing is recorded, and nothing heard counts. */
  'paused',
  /** Nothing is said any more; files are checked and sealed. */
  'sealing',
  'over',
] as const
export type SaleState = (typeof saleStates)[number]

/** `refused`: the customer wants no recording. `broken`: a recording had a gap, or ended. */
export const saleOutcomes = ['sold', 'not-sold', 'refused', 'broken'] as const
export type SaleOutcome = (typeof saleOutcomes)[number]

/**
 * Who records. `hub`: the recorder that stands in the call as a silent party; `page:<participant>`: the browser of one, a
 * second copy.
 */
export type RecorderName = `hub` | `page:${string}`
export const recorderStates = ['starting', 'on', 'lost', 'done'] as const
export type RecorderState = (typeof recorderStates)[number]

export interface Gap {
  readonly from: number
  readonly to: number
  /** Whose voice or picture it lacks; absent: everybody's. */
  readonly of?: string
}

export interface RecorderRow {
  readonly name: RecorderName
  readonly state: RecorderState
  readonly since: number
  /** What it does not have, in hub time; ascending, apart from each other. Only `pause` makes none. */
  readonly gaps: readonly Gap[]
}

export interface SaleItem {
  readonly id: string
  /** `heard` by the inspector, `ticked` by whoever sells. */
  readonly state: 'open' | 'heard' | 'ticked'
  /** Hub time; null while open. */
  readonly at: number | null
  readonly by: string | null
}

export const findingCodes = [
  'forbidden',
  'out-of-order',
  'declined',
  'silence',
  'gap',
  'inspector-lost',
] as const
export type FindingCode = (typeof findingCodes)[number]
export interface Finding {
  readonly id: string
  readonly code: FindingCode
  readonly at: number
  /** The item, the forbidden wording, the recorder, or `speech`. */
  readonly about: string
  readonly speaker: Speaker | null
  /** The seller has put it right (said the contrary, asked anew), and says so; null: it stands in the way. */
  readonly settled: { readonly by: string; readonly at: number; readonly note: string } | null
}

export interface SaleRow {
  readonly id: string
  readonly at: number
  /** Within this call; null: at the branch, without an expert. */
  readonly call: string | null
  /** The customer's side; null: the tablet alone. */
  readonly device: string | null
  readonly visit: string | null
  readonly ticket: string | null
  /** `expert:<id>` or `manager:<person>`. */
  readonly seller: string
  readonly product: string
  readonly script: string
  readonly version: number
  readonly state: SaleState
  readonly since: number
  /** How often it has changed. */
  readonly n: number
  readonly consent: { readonly by: string; readonly at: number } | null
  /** By whoever sells. */
  readonly paused: { readonly by: string; readonly reason: string } | null
  /** Something secret is being typed at the kiosk: paused as well, until the kiosk says that it is over. */
  readonly secret: boolean
  readonly items: readonly SaleItem[]
  readonly findings: readonly Finding[]
  readonly recorders: readonly RecorderRow[]
  /** `none`: the branch has no speech engine; everything is ticked. `waiting`: it has not been heard of yet. */
  readonly inspector: 'none' | 'waiting' | 'on' | 'lost'
  /** The end of the product's term, `YYYY-MM-DD`: how long the recording is kept. */
  readonly termEnds: string | null
  /** The sale step itself was done: only once nothing stood in its way. */
  readonly sold: { readonly by: string; readonly at: number } | null
  readonly outcome: SaleOutcome | null
  readonly endedBy: string | null
  /** SHA-256 of the sealed manifest, hex. */
  readonly sealed: { readonly at: number; readonly manifest: string } | null
}
