/**
 * The line between a branch hub and an expert desk that serves many: one WebSocket, dialled by the branch, JSON. What must not
 * be lost is a row with a revision, sent again until the other side says that it has committed it; what may be lost (signals,
 * who is seen) is sent once. Times are told as the sender's, with the sender's now beside them.
 */
import { z } from 'zod'
import { Id, Language } from '../ids.ts'
import { BrowseFromExpert, BrowseFromKiosk } from './browse.ts'
import { callEndings } from './expert-desk.ts'
import { Guest } from './guest.ts'
import { callStates } from './rows.ts'
import { Participant, Shown, SignalTo } from './signalling.ts'
import { SentStory } from './story.ts'

/** Path of the socket at the desk. */
export const linkPath = '/branches'
export const linkVersion = 1

const Name = z.string().min(1).max(80)
const Time = z.number()
const Few = z.array(Id).max(64)
const Said = z.record(Language, z.string().max(120))
const Random = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/)
const Proof = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

/** Of one row: a later epoch of the sender's journal, or a higher number of the same, is newer. */
export const Revision = z.strictObject({ epoch: z.int().min(0), n: z.int().min(1) })
export type Revision = z.infer<typeof Revision>

/** Of the customer's side: who can stand in a call at a branch. */
export const BranchParticipant = Participant.refine((one) => !/^(?:expert|lead|recorder):/.test(one))

/** What the branch wants: one for each escalation that asked for an expert. */
export const Ask = z.strictObject({
  escalation: Name,
  revision: Revision,
  /** The desk has not been heard of yet in this matter: only then may a call begin. */
  isNew: z.boolean(),
  reason: z.string().max(200),
  device: Id.nullable(),
  askedBy: Id.nullable(),
  visit: Name.nullable(),
  ticket: Name.nullable(),
  service: Id.nullable(),
  zone: Id.nullable(),
  language: Language.nullable(),
  /** Who of the branch stands in the call. */
  present: z.array(BranchParticipant).max(8),
  /** The customer's side hung up; `participant` null: who leads the branch, for everybody. */
  hungUp: z.strictObject({ participant: BranchParticipant.nullable(), by: Name }).nullable(),
  /** Nobody is to come, or to stay, any more; `staff`: people on the spot go on with it, with these words. */
  over: z.strictObject({ by: Name, staff: z.string().max(500).optional() }).nullable(),
})
export type Ask = z.infer<typeof Ask>

/** What became of it: the desk's own half of the row. */
export const Told = z.strictObject({
  escalation: Name,
  revision: Revision,
  state: z.enum(callStates),
  since: Time,
  skills: Few,
  qualifications: Few,
  group: Id.nullable(),
  ring: z.strictObject({ id: Name, experts: z.array(Id).max(500), at: Time, until: Time }).nullable(),
  tried: z
    .array(
      z.strictObject({
        expert: Id,
        at: Time,
        why: z.enum(['missed', 'declined', 'snoozed', 'lost', 'never-came', 'handed-over']),
      }),
    )
    .max(20),
  expert: Id.nullable(),
  segments: z
    .array(
      z.strictObject({
        expert: Id,
        from: Time,
        to: Time.nullable(),
        why: z.enum(['handed-over', 'lost', 'hung-up', 'never-came']).nullable(),
      }),
    )
    .max(100),
  participants: z.array(Participant).max(8),
  notes: z.string().max(16_000),
  identified: z.strictObject({ by: Name, at: Time }).nullable(),
  outcome: z.enum([...callEndings, 'unanswered', 'withdrawn']).nullable(),
  code: Id.nullable(),
  endedBy: Name.nullable(),
  promisedAt: Time.nullable(),
  ahead: z.int().min(0),
  /** How many wait before it. */
  before: z.int().min(0),
  /** Of the experts named in it. */
  titles: z.record(Id, Said),
  /** Another expert who is in it, or asked in; absent: nobody. */
  guest: Guest.optional(),
})
export type Told = z.infer<typeof Told>

/** At a branch nobody has more open at once than places for a call. */
const openMax = 500
const Open = z.array(Name).max(openMax)

const Kind = <K extends string>(kind: K) => z.literal(kind)

export const LinkChallenge = z.strictObject({ kind: Kind('challenge'), version: z.int(), nonce: Random })
export const LinkHello = z.strictObject({
  kind: Kind('hello'),
  branch: Id,
  /** Names the run of the hub: the same one may come again at once, another one is a second hub. */
  boot: Random,
  nonce: Random,
  proof: Proof,
  /** Every call that it has open: whatever else the desk has of it is over. */
  open: Open,
})
export const LinkWelcome = z.strictObject({
  kind: Kind('welcome'),
  proof: Proof,
  /** Every call of this branch that the desk knows. */
  known: z.array(Name).max(10 * openMax),
  experts: z.boolean(),
})
export const LinkRefused = z.strictObject({ kind: Kind('refused'), code: z.string().max(80) })

const Ping = z.strictObject({ kind: Kind('ping'), n: z.int() })
const Pong = z.strictObject({ kind: Kind('pong'), n: z.int() })
const Ack = z.strictObject({ kind: Kind('ack'), escalation: Name, revision: Revision })
const AskMessage = z.strictObject({
  kind: Kind('ask'),
  ask: Ask,
  agoMs: z.number().min(0),
  /** With a request that the desk has not heard yet. One that cannot be read keeps nobody from being rung. */
  story: SentStory.nullish().catch(null),
})
const ToldMessage = z.strictObject({ kind: Kind('told'), told: Told, now: Time })
const Experts = z.strictObject({ kind: Kind('experts'), open: z.boolean() })
const Seen = z.strictObject({
  id: Participant,
  title: z.record(z.string(), z.string().max(120)),
  shown: Shown,
})
/** Who of the sender's side is there now. */
const Here = z.strictObject({ kind: Kind('here'), escalation: Name, seen: z.array(Seen).max(8) })
const Say = z.strictObject({ kind: Kind('say'), escalation: Name, from: Participant, said: SignalTo })
/** The page of a kiosk, and what the expert says to it. */
const browsed = <T extends z.ZodType>(said: T) =>
  z.strictObject({ kind: Kind('browse'), escalation: Name, from: Participant, said })

export const FromBranch = z.discriminatedUnion('kind', [
  Ping,
  Pong,
  Ack,
  AskMessage,
  Here,
  Say,
  browsed(BrowseFromKiosk),
])
export type FromBranch = z.infer<typeof FromBranch>
export const FromDesk = z.discriminatedUnion('kind', [
  Ping,
  Pong,
  Ack,
  ToldMessage,
  Experts,
  Here,
  Say,
  browsed(BrowseFromExpert),
  LinkRefused,
])
export type FromDesk = z.infer<typeof FromDesk>
