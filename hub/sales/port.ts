/**
 * The part of an entry that recorded sales are decided on. Small, so that sales are lived through by themselves, thousands
 * at full speed, without an engine around them.
 */
import type { CallRow } from '#protocol/calls/rows.ts'
import type { MarkValue } from '#protocol/model.ts'
import type { SaleRow } from '#protocol/recording/sale.ts'
import type { RecordingPlan, Script } from '#protocol/recording/script.ts'
import type { Table } from '../engine/rows.ts'

export interface SaleTables {
  readonly sales: Table<SaleRow>
  /** By sale: the script as it was when the sale began, whatever became of the branch file since. */
  readonly saleScripts: Table<Script>
}

/** How long each step may take; of the branch file where it has a section for it. */
export type SaleWaits = Omit<RecordingPlan, 'scripts'>

export interface SaleLook extends SaleTables {
  readonly calls: { get(id: string): CallRow | undefined; values(): readonly CallRow[] }
  /** undefined: nothing is recorded at this branch. */
  readonly plan: RecordingPlan | undefined
  /** Of the branch file: which kiosks there are. */
  isKiosk(device: string): boolean
}

/** What became of a sale: kept with the decisions of the branch. Never a word that somebody said. */
export interface SaleNote {
  readonly code: string
  readonly params?: Readonly<Record<string, MarkValue>>
}

export interface SaleDesk extends SaleLook {
  /** Hub time. */
  readonly at: number
  readonly waits: SaleWaits
  id(prefix: string): string
  /** Stored, so that a restart forgets none. */
  setTimer(owner: string, name: SaleTimer, deadline: number): void
  clearTimer(owner: string, name: SaleTimer): void
  note(sale: SaleRow, note: SaleNote): void
}

export const salePrefix = 'branch/sale/'
export const saleOwner = (sale: string) => `${salePrefix}${sale}`

export const saleTimerNames = ['consent', 'start', 'longest', 'alone', 'seal', 'forget'] as const
export type SaleTimer = (typeof saleTimerNames)[number]
