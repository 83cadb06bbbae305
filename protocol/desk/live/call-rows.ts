/** What pages know of experts and calls. */
import { z } from 'zod'
import { Guest, GuestPart } from '../../calls/guest.ts'
import { callStates, presences } from '../../calls/rows.ts'
import { Media } from '../../content.ts'
import { Id } from '../../ids.ts'
import { Time } from './lobby-rows.ts'

export const LiveExpert = z.object({
  id: Id,
  title: z.record(z.string(), z.string()),
  group: z.string(),
  languages: z.array(z.string()),
  skills: z.array(z.string()),
  presence: z.enum(presences),
  reason: z.string().nullable(),
  since: Time,
  online: z.boolean(),
  call: z.string().nullable(),
  missed: z.int(),
  /** Not to be rung before; null: at once. */
  snoozedUntil: Time.nullable(),
})
export type LiveExpert = z.infer<typeof LiveExpert>

const Title = z.record(z.string(), z.string())

/** Open calls, and those that ended within the last ten minutes. */
export const LiveCall = z.object({
  id: z.string(),
  escalation: z.string(),
  at: Time,
  reason: z.string(),
  device: z.string().nullable(),
  askedBy: z.string().nullable(),
  visit: z.string().nullable(),
  ticket: z.string().nullable(),
  service: z.string().nullable(),
  zone: z.string().nullable(),
  language: z.string().nullable(),
  state: z.enum(callStates),
  since: Time,
  /** When an expert first took it; null: nobody did. */
  answeredAt: Time.nullable(),
  ring: z.object({ id: z.string(), experts: z.array(z.string()), at: Time, until: Time }).nullable(),
  tried: z.array(z.object({ expert: z.string(), at: Time, why: z.string() })),
  expert: z.string().nullable(),
  participants: z.array(z.string()),
  notes: z.string(),
  identified: z.object({ by: z.string(), at: Time }).nullable(),
  /** What the customer and the expert look at together. */
  document: z
    .object({
      item: z.string(),
      version: z.int(),
      title: z.record(z.string(), z.string()),
      media: Media.nullable(),
      words: z.record(z.string(), z.string()),
      at: Time,
    })
    .nullable(),
  outcome: z.string().nullable(),
  /** Who ended it: a person, a participant, or what stands for the hub. */
  endedBy: z.string().nullable().optional(),
  /** Of another branch: its words for what the call names, which are not in the tables here. */
  titles: z
    .object({
      branch: Title,
      device: Title.nullable(),
      zone: Title.nullable(),
      service: Title.nullable(),
    })
    .nullable()
    .optional(),
  /** Since when the kiosk is out of the hub's reach; null: it is not. */
  awaySince: Time.nullable().optional(),
  code: z.string().nullable(),
  promisedAt: Time.nullable(),
  /** Until when the wrap-up lasts; null: it is none. */
  wrapUpUntil: Time.nullable(),
  /** Another expert who is asked in. */
  guest: Guest.nullable(),
  guests: z.array(GuestPart),
})
export type LiveCall = z.infer<typeof LiveCall>
