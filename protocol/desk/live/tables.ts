/** The tables that a page holds a copy of. One list for the hub that sends them and the page that keeps them. */
import { z } from 'zod'
import { LiveCall, LiveExpert } from './call-rows.ts'
import {
  LiveBranch,
  LiveCounter,
  LiveDevice,
  LivePlace,
  LiveService,
  LiveTicket,
  LiveVisit,
  LiveZone,
} from './lobby-rows.ts'
import { LiveSale } from './sale-rows.ts'
import { LiveAlert, LiveCampaign, LiveEscalation, LiveFlow, LivePerson, LiveTask } from './work-rows.ts'

/** Each row has its `id`. `branch` has one. */
export const liveTables = {
  branch: LiveBranch,
  zones: LiveZone,
  places: LivePlace,
  counters: LiveCounter,
  services: LiveService,
  tickets: LiveTicket,
  visits: LiveVisit,
  devices: LiveDevice,
  people: LivePerson,
  /** Open ones, and those that ended lately. */
  tasks: LiveTask,
  alerts: LiveAlert,
  escalations: LiveEscalation,
  flows: LiveFlow,
  campaigns: LiveCampaign,
  experts: LiveExpert,
  calls: LiveCall,
  /** That they are; what was heard in them is told to whom they concern, on request. */
  sales: LiveSale,
} as const

export type LiveTableName = keyof typeof liveTables
export const liveTableNames = Object.keys(liveTables) as readonly LiveTableName[]
export type LiveRow<Name extends LiveTableName> = z.infer<(typeof liveTables)[Name]>

type Rows = { [Name in LiveTableName]: z.ZodArray<(typeof liveTables)[Name]> }
const rows = Object.fromEntries(
  liveTableNames.map((name) => [name, z.array(liveTables[name] as z.ZodType)]),
) as unknown as Rows

/** All rows of all tables. */
export const LiveRows = z.object(rows)
export type LiveRows = z.infer<typeof LiveRows>

type Changes = {
  [Name in LiveTableName]: z.ZodOptional<
    z.ZodObject<{ put: z.ZodArray<(typeof liveTables)[Name]>; drop: z.ZodArray<z.ZodString> }>
  >
}
const changes = Object.fromEntries(
  liveTableNames.map((name) => [
    name,
    z.object({ put: z.array(liveTables[name] as z.ZodType), drop: z.array(z.string()) }).optional(),
  ]),
) as unknown as Changes

/** Rows that came or changed, whole; ids of those that are gone. A table without a change is left out. */
export const LiveChanges = z.object(changes)
export type LiveChanges = z.infer<typeof LiveChanges>
