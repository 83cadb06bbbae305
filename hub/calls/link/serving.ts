/**
 * The desk's half: what branches ask becomes calls of its own, once for each escalation, and each change of such a call is made
 * up for the branch that asked, under the next revision.
 */
import type { Ask, Told } from '#protocol/calls/link.ts'
import type { CallRow } from '#protocol/calls/rows.ts'
import type { SentStory } from '#protocol/calls/story.ts'
import { canonicalJson } from '../../engine/canonical.ts'
import { arm, isHeld, isOver, waitingCalls } from '../find.ts'
import { giveBack } from '../lead.ts'
import { end } from '../outcome.ts'
import { isWithdrawable, newCall, startCall, withdraw } from '../request.ts'
import { route } from '../ring.ts'
import { hangUp, onJoined, onLeft } from '../room.ts'
import { oldAfterMs } from './asking.ts'
import { isNewer, nextRevision } from './revision.ts'
import { type LinkDesk, type ServedRow, servedKey } from './rows.ts'

/** A branch that does not come back for its end within a day has other worries. */
const keptForMs = 86_400_000
const againMs = 600_000

const unanswered = (desk: LinkDesk, call: CallRow) => end(desk, call, { outcome: 'unanswered', by: 'line' })

interface Asked {
  readonly branch: string
  readonly ask: Ask
  readonly agoMs: number
  readonly story?: SentStory | null | undefined
}

/** The two clocks differ. */
const storyHere = ({ at: here }: LinkDesk, { now, steps, earlier, ...story }: SentStory): SentStory => {
  const moved = <One extends { readonly at: number }>(one: One): One => ({
    ...one,
    at: Math.round(one.at - now + here),
  })
  return { ...story, now: here, steps: steps.map(moved), earlier: earlier.map(moved) }
}

/** What lay somewhere is told as unanswered, what was taken back as that: neither rings for anybody, however it comes again. */
const begin = (desk: LinkDesk, { branch, ask, agoMs }: Asked): ServedRow => {
  const { escalation, reason, device, askedBy, visit, ticket, service, zone, language } = ask
  const asked = { escalation, reason, device, askedBy, visit, ticket, service, zone, language, branch }
  const blank = newCall(desk, asked)
  if (ask.over === null && agoMs <= oldAfterMs) startCall(desk, blank)
  else {
    desk.calls.put(blank.id, blank)
    if (ask.over === null) unanswered(desk, blank)
    else withdraw(desk, { call: blank.id, by: ask.over.by, reason: null })
  }
  return { branch, escalation, call: blank.id, heard: ask.revision, present: [], told: null, settled: false }
}

const callOffAll = (desk: LinkDesk, call: CallRow, { by, staff }: NonNullable<Ask['over']>) => {
  if (staff !== undefined) {
    // Also one that was hung up for a moment, because the line told of its end before it told why.
    giveBack(desk, call, { note: staff, by })
    return route(desk)
  }
  if (isWithdrawable(call)) withdraw(desk, { call: call.id, by, reason: null })
  else if (isHeld(call)) hangUp(desk, { call: call.id, participant: null, by })
}

const followPresent = (desk: LinkDesk, { call, present: before }: ServedRow, now: Ask['present']) => {
  for (const participant of before) if (!now.includes(participant)) onLeft(desk, { call, participant })
  for (const participant of now) if (!before.includes(participant)) onJoined(desk, { call, participant })
}

const carryOut = (desk: LinkDesk, row: ServedRow, { over, hungUp, present }: Ask) => {
  const id = row.call
  const call = desk.calls.get(id)
  if (call === undefined || isOver(call)) return
  if (over !== null) return callOffAll(desk, call, over)
  if (hungUp !== null) return hangUp(desk, { call: id, ...hungUp })
  followPresent(desk, row, present)
}

export const onAsked = (desk: LinkDesk, asked: Asked) => {
  const { branch, ask, story } = asked
  const { served } = desk.links
  const key = servedKey(branch, ask.escalation)
  const known = served.get(key)
  if (known === undefined && !ask.isNew) return
  if (known !== undefined && !isNewer(ask.revision, known.heard)) return
  const row = known ?? begin(desk, asked)
  const told = story == null ? {} : { story: storyHere(desk, story) }
  served.put(key, { ...row, ...told, heard: ask.revision, present: ask.present })
  carryOut(desk, row, ask)
}

const openOf = (desk: LinkDesk, branch: string): readonly (readonly [ServedRow, CallRow])[] =>
  desk.links.served.values().flatMap((row) => {
    const call = row.branch === branch ? desk.calls.get(row.call) : undefined
    return call === undefined || isOver(call) ? [] : [[row, call] as const]
  })

/** A ring for somebody who cannot be reached rings for nothing; the branch sends a person meanwhile. */
export const onLost = (desk: LinkDesk, branch: string) => {
  for (const [, call] of openOf(desk, branch))
    if (call.state === 'waiting' || call.state === 'ringing') unanswered(desk, call)
  // Only now: none of them may be rung in the place of another.
  route(desk)
}

export const onHeld = (desk: LinkDesk, branch: string, open: readonly string[]) => {
  for (const [row, call] of openOf(desk, branch))
    if (!open.includes(row.escalation)) callOffAll(desk, call, { by: 'branch' })
}

export const onSettled = (desk: LinkDesk, branch: string, escalation: string) => {
  const key = servedKey(branch, escalation)
  const row = desk.links.served.get(key)
  if (row !== undefined) desk.links.served.put(key, { ...row, settled: true })
}

/** @returns whether the call is kept on, for a branch that has not heard how it ended. */
export const isKeptOn = (desk: LinkDesk, id: string): boolean => {
  const call = desk.calls.get(id)
  const row = call?.branch && desk.links.served.get(servedKey(call.branch, call.escalation))
  if (!call || !row || row.settled || desk.at - call.since > keptForMs) return false
  arm(desk, id, { forget: desk.at + againMs })
  return true
}

export const forgetServed = (desk: LinkDesk) => {
  for (const row of desk.links.served.values())
    if (!desk.calls.has(row.call)) desk.links.served.drop(servedKey(row.branch, row.escalation))
}

const titlesOf = ({ plan }: LinkDesk, { expert, ring, segments, guest }: CallRow): Told['titles'] => {
  // Who rings where many do is nobody yet.
  const rung = ring?.experts.length === 1 ? ring.experts : []
  const named = new Set([
    ...rung,
    ...segments.map((part) => part.expert),
    ...(expert === null ? [] : [expert]),
    ...(guest?.expert == null ? [] : [guest.expert]),
  ])
  return Object.fromEntries(plan.people.flatMap(({ id, title }) => (named.has(id) ? [[id, title]] : [])))
}

const made = (desk: LinkDesk, call: CallRow, before: number): Omit<Told, 'revision'> => ({
  escalation: call.escalation,
  state: call.state,
  since: call.since,
  skills: [...call.skills],
  qualifications: [...call.qualifications],
  group: call.group,
  ring: call.ring === null ? null : { ...call.ring, experts: [...call.ring.experts] },
  tried: call.tried.map((one) => ({ ...one })),
  expert: call.expert,
  segments: call.segments.slice(0, 100).map((part) => ({ ...part })),
  participants: [...call.participants],
  notes: call.notes,
  identified: call.identified && { ...call.identified },
  outcome: call.outcome,
  code: call.code,
  endedBy: call.endedBy,
  promisedAt: call.promisedAt,
  ahead: call.ahead,
  before,
  titles: titlesOf(desk, call),
  ...(call.guest != null && { guest: call.guest }),
})

/** After whatever happened at the desk: what of it a branch is to know. */
export const tellBranches = (desk: LinkDesk) => {
  const { served } = desk.links
  if (served.size === 0) return
  const waiting = waitingCalls(desk).map(({ id }) => id)
  for (const row of served.values()) {
    const call = desk.calls.get(row.call)
    if (call === undefined) continue
    const next = made(desk, call, Math.max(0, waiting.indexOf(call.id)))
    const { revision = null, ...last } = row.told ?? {}
    // Restored, it told later things than it knows of: of what it says now a branch must not think that it is old.
    const isSame = revision?.epoch === desk.epoch && canonicalJson(last) === canonicalJson(next)
    if (isSame) continue
    const told: Told = { ...next, revision: nextRevision(revision, desk.epoch) }
    served.put(servedKey(row.branch, row.escalation), { ...row, told })
  }
}
