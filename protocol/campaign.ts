/** What is promoted to whom, where, when and how often; and what may be shown of an item of the content library. */
import type { Media } from './content.ts'
import type { Segment } from './events.ts'

export interface CampaignRow {
  readonly id: string
  readonly product: string
  /** A product that needs a person is never promoted by a machine alone. */
  readonly needsPerson: boolean
  readonly segments: readonly Segment[]
  readonly words: Readonly<Record<string, string>>
  readonly zones: readonly string[]
  readonly from: string | null
  readonly to: string | null
  /** Local times of day, `HH:MM`. */
  readonly hours: { readonly from: string; readonly to: string } | null
  readonly perVisit: number
  readonly perDay: number
  readonly holdoutShare: number
  readonly priority: number
  /** A person switched it off; absent: it is on. */
  readonly on?: boolean
  /** Of the content library: shown only while a version of it is in force. Absent or null: its own words alone. */
  readonly item?: string | null
  /** Kept by the hub and changed in the app; absent: the branch file declares it. */
  readonly origin?: 'desk'
  readonly title?: Readonly<Record<string, string>>
  /** Only for visitors who read one of these; absent or empty: whoever can read its words. */
  readonly languages?: readonly string[]
  /** ISO weekdays, 1 is Monday; absent or empty: all. */
  readonly weekdays?: readonly number[]
  readonly revision?: number
  /** What the bank gains by it, 0 to 100; absent: 50. */
  readonly value?: number
  /** What it asks of the customer, 0 to 100; absent: 20. */
  readonly burden?: number
  /** Campaigns and products that are not shown in the same visit, whichever came first. */
  readonly conflicts?: readonly string[]
  /** Absent or empty: screens, robots and kiosks. */
  readonly channels?: readonly CampaignChannel[]
  /** What those ask for whom it has won; absent: the service that has the product's id. */
  readonly service?: string | null
}

/** How a campaign reaches a visitor. A `ticket-slip` is printed by the machine that issues the ticket. */
export const campaignChannels = ['screen', 'robot', 'kiosk', 'ticket-slip', 'person'] as const
export type CampaignChannel = (typeof campaignChannels)[number]

/** What may be shown of an item now: approved by a second person, and not past its last day. */
export interface ContentInForce {
  readonly item: string
  readonly version: number
  readonly media: Media | null
  readonly words: Readonly<Record<string, string>>
}
