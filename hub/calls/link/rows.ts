/** What each side keeps of a call that the line concerns, beside the call itself. Rows of the journal on both sides. */
import type { Ask, Revision, Told } from '#protocol/calls/link.ts'
import type { SentStory } from '#protocol/calls/story.ts'
import type { Table } from '../../engine/rows.ts'
import type { CallDesk } from '../port.ts'

/** By escalation, at the branch. */
export interface AskedRow {
  readonly escalation: string
  readonly call: string
  readonly revision: Revision
  /** The newest that the desk told; null: nothing yet. */
  readonly heard: Revision | null
  readonly present: Ask['present']
  readonly hungUp: Ask['hungUp']
  readonly over: Ask['over']
  readonly before: number
  /** Of the experts whom the desk named. */
  readonly titles: Told['titles']
}

/** By branch and escalation, at the desk. */
export interface ServedRow {
  readonly branch: string
  readonly escalation: string
  readonly call: string
  /** The newest that the branch asked. */
  readonly heard: Revision
  /** Who of the branch stands in it, by its last word. */
  readonly present: Ask['present']
  /** Told, as it was last made up; null: not yet. */
  readonly told: Told | null
  /** What came before, as the branch told it with the request; its times are the desk's. */
  readonly story?: SentStory
  /** The branch has committed the end. */
  readonly settled: boolean
}

export const servedKey = (branch: string, escalation: string) => `${branch}/${escalation}`

/** The line as the branch last noted it. */
export interface DeskLine {
  readonly desk: string
  readonly up: boolean
  /** Whether anybody could come, by the desk's own word. */
  readonly open: boolean
}

export interface LinkTables {
  readonly asked: Table<AskedRow>
  readonly served: Table<ServedRow>
}

export interface LinkDesk extends CallDesk {
  readonly links: LinkTables
  readonly epoch: number
}
