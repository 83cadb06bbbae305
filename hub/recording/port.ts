/** What the recordings know of the sales, and tell them. Whether a sale is recorded is decided there, never here. */
import type { Participant } from '#protocol/calls/signalling.ts'
import type { RecorderName, RecorderRow, SaleRow } from '#protocol/recording/sale.ts'

export interface Keeping {
  readonly keepDays: number
  readonly afterTermDays: number
}

export type RecordingNews =
  /** `why`: a code of ours, where it is lost. */
  | {
      readonly name: 'recording.state'
      readonly sale: string
      readonly recorder: RecorderName
      readonly state: RecorderRow['state']
      readonly why?: string
    }
  /** Told when it is noticed; where it went on, once more with its end. */
  | {
      readonly name: 'recording.gap'
      readonly sale: string
      readonly recorder: RecorderName
      readonly from: number
      readonly to: number
      /** Whose. */
      readonly of: string
    }
  | { readonly name: 'recording.sealed'; readonly sale: string; readonly manifest: string }

export interface SalesPort {
  sales(): readonly SaleRow[]
  sale(id: string): SaleRow | undefined
  /** Calls back after each change of a sale, until called off. */
  watch(callback: (sale: string) => void): () => void
  /** Of whom voice and picture have to be in it. */
  participantsOf(sale: SaleRow): readonly Participant[]
  keepingOf(sale: SaleRow): Keeping
  tell(news: RecordingNews): Promise<unknown>
  /** Hub time. */
  now(): number
  journal(): { readonly epoch: number; readonly seq: number }
}
