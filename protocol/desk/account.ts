/** What the desk says about accounts and sessions, and what is asked of it. Never a password, a hash or a cookie. */
import { z } from 'zod'
import { Id, text } from '../ids.ts'
import { DeskRoles } from './roles.ts'

const Time = z.int().describe('ms since 1970')

/**
 * An account has the id of its person in the branch file: whatever somebody does at the desk stands in the journal under
 * the name that duties, claims and tasks already have.
 */
export const AccountName = Id

/** Long enough for any sentence; what a new one must be like is the hub's to say. */
export const passwordCharactersMax = 256
export const Password = z
  .string()
  .min(1)
  .max(passwordCharactersMax)
  .refine((typed) => !/\p{Surrogate}/u.test(typed), 'Not whole characters.')

/** As it stands in a one-time link. */
export const LinkCode = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

/** Names a session to whom it belongs; worth nothing to anybody else. */
export const SessionName = z.string().regex(/^[A-Za-z0-9_-]{16}$/)

export const Me = z.object({
  name: AccountName,
  /** As the branch file has it; empty for who is no member of the branch's staff. */
  title: z.record(z.string(), z.string()),
  roles: DeskRoles,
  idleUntil: Time,
  until: Time,
})
export type Me = z.infer<typeof Me>

export const SessionView = z.object({
  session: SessionName,
  since: Time,
  seen: Time,
  address: z.string(),
  /** What the browser says about itself. */
  agent: text(120),
  isThis: z.boolean(),
})
export type SessionView = z.infer<typeof SessionView>

export const AccountView = z.object({
  name: AccountName,
  title: z.record(z.string(), z.string()),
  roles: DeskRoles,
  state: z.enum(['invited', 'active', 'disabled']),
  since: Time,
  sessions: z.int().min(0),
})
export type AccountView = z.infer<typeof AccountView>

/** A one-time link is shown once, to whoever asked for it, and handed over by hand. */
export const OneTimeLink = z.object({
  name: AccountName,
  /** Without the address of the hub, which differs with where one stands. */
  path: z.string(),
  until: Time,
})
export type OneTimeLink = z.infer<typeof OneTimeLink>
