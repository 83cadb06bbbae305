/** The one task that a request becomes, made of what the person said and what the branch knows. */
import type { CommandOf } from '#protocol/capabilities.ts'
import type { ClaimWish, Eligible, Subject, TaskIntent } from '#protocol/intents.ts'
import { remoteCapability } from '#protocol/remote.ts'
import type { Intend } from '../define.ts'
import { promotionContent } from '../promoted.ts'
import { allWords, wordsFor } from '../words.ts'
import { type Asked, type RequestEvent, type Step, workRef } from './decide.ts'
import type { RequestPolicy } from './policy.ts'

/** Above what flows want by themselves, below help for somebody who asked for it. */
const requestPriority = 6
const personPrefix = 'person/'

const subjectOf = ({ visit, ticket, zone, member, campaign, counter }: Asked): Subject => ({
  ...(counter === undefined ? {} : { counter }),
  ...(visit === null ? {} : { visit }),
  ...(ticket === null ? {} : { ticket }),
  ...(zone === null ? {} : { zone }),
  ...(member === null || member.startsWith(personPrefix) ? {} : { device: member }),
  ...(campaign === null ? {} : { campaign: campaign.id }),
})

const because = ({ by, note, beyondCap }: Asked) => ({
  code: beyondCap === undefined ? 'asked-by-hand' : 'asked-beyond-cap',
  params: { by, ...(beyondCap !== undefined && { why: beyondCap }), ...(note !== null && { note }) },
})

/** The named one alone; else whoever the work is for. */
const who = ({ member, zone }: Asked, others: Eligible): Eligible => {
  const near = zone === null ? {} : { nearZone: zone }
  if (member === null) return { ...near, ...others }
  return member.startsWith(personPrefix)
    ? { members: 'people', only: [member.slice(personPrefix.length)], ...near }
    : { members: 'devices', only: [member], ...near }
}

/** A person needs a moment to see that something is asked; a machine answers at once or not at all. */
const personAckMs = 20_000
const deviceAckMs = 3_000
const startWithinMs = 10_000
const personArrivesMs = 120_000

const pace = ({ who: { members }, expiresInMs, attemptsMax }: Work, policy: RequestPolicy) => ({
  ackWithinMs: members === 'devices' ? deviceAckMs : personAckMs,
  startWithinMs: members === 'devices' ? startWithinMs : personArrivesMs,
  expiresInMs: expiresInMs ?? policy.waitMs,
  attemptsMax: attemptsMax ?? 3,
})

const attention = (visit: string | null): readonly ClaimWish[] =>
  visit === null ? [] : [{ key: `attention:visit:${visit}`, kind: 'lease' }]

type Work = Pick<TaskIntent, 'capability' | 'command' | 'who' | 'claims' | 'runWithinMs'> &
  Partial<Pick<TaskIntent, 'expiresInMs' | 'attemptsMax'>>
interface Given {
  readonly asked: Asked
  readonly policy: RequestPolicy
  readonly languages: readonly string[]
}

const at = ({ zone }: Asked) => (zone === null ? {} : { zone })
const ofVisit = ({ visit }: Asked) => (visit === null ? {} : { visit })

/** Whoever was greeted by anybody is not greeted again, and this one counts; for a place, two people's wishes are one. */
const greetOnce = ({ visit, zone }: Asked): ClaimWish =>
  visit === null
    ? { key: `greet-by-hand:zone:${zone ?? 'branch'}`, kind: 'lease' }
    : { key: `greet:visit:${visit}`, kind: 'once' }

const greet = ({ asked, policy, languages }: Given): Work => ({
  capability: 'greet',
  command: {
    ...ofVisit(asked),
    at: at(asked),
    words: wordsFor(asked.words ?? policy.hello, asked.language, languages),
    party: Math.min(500, Math.max(1, asked.party)),
    askIntent: false,
  } satisfies CommandOf<'greet'>,
  who: who(asked, {
    members: 'any',
    devicesFirst: true,
    kinds: ['robot', 'kiosk', 'screen'],
    roles: policy.roles,
    ...(asked.language === null ? {} : { language: asked.language }),
  }),
  claims: [greetOnce(asked), ...attention(asked.visit)],
  runWithinMs: policy.greetForMs,
})

const guide = ({ asked, policy, languages }: Given): Work => ({
  capability: 'guide',
  command: {
    ...ofVisit(asked),
    ...(asked.ticket === null ? {} : { ticket: asked.ticket }),
    ...(asked.zone === null ? {} : { from: { zone: asked.zone } }),
    to: asked.to ?? {},
    words: wordsFor(asked.words ?? policy.follow, asked.language, languages),
  } satisfies CommandOf<'guide'>,
  who: who(asked, { members: 'any', devicesFirst: true, kinds: ['robot'], roles: policy.roles }),
  claims: attention(asked.visit),
  runWithinMs: policy.guideForMs,
})

const inZone = ({ zone }: Asked) => (zone === null ? {} : { zones: [zone] })

const announce = ({ asked, policy, languages }: Given): Work => ({
  capability: 'announce',
  command: {
    at: at(asked),
    words: allWords(asked.words ?? {}, languages).slice(0, 4),
  } satisfies CommandOf<'announce'>,
  who: who(asked, { members: 'devices', ...inZone(asked) }),
  // What was said cannot be taken back: one announcement at a time.
  claims: [{ key: `announce:zone:${asked.zone ?? 'branch'}`, kind: 'lease' }],
  runWithinMs: policy.announceForMs,
})

const display = ({ asked, policy, languages }: Given): Work => {
  const showForMs = asked.forMs ?? policy.showForMs
  return {
    capability: 'display',
    command: {
      content: { template: 'plain', words: allWords(asked.words ?? {}, languages) },
      showForMs,
    } satisfies CommandOf<'display'>,
    who: who(asked, { members: 'devices', kinds: ['screen', 'kiosk', 'robot'], ...inZone(asked) }),
    claims: [],
    runWithinMs: showForMs + 30_000,
  }
}

/** What needs a person is not promoted by a machine, whoever asks. */
const promote = ({ asked, policy, languages }: Given): Work => {
  const { campaign, visit, zone } = asked
  const showForMs = asked.forMs ?? policy.showForMs
  const byPerson = campaign?.needsPerson === true || asked.member?.startsWith(personPrefix) === true
  const others: Eligible = byPerson
    ? { members: 'people', roles: policy.adviserRoles }
    : { members: 'devices', kinds: ['screen', 'robot', 'kiosk'], ...inZone(asked) }
  return {
    capability: 'promote',
    command: {
      campaign: campaign?.id ?? '',
      product: campaign?.product ?? '',
      ...ofVisit(asked),
      at: at(asked),
      content: promotionContent(
        campaign?.content ?? null,
        wordsFor(campaign?.words ?? {}, asked.language, languages),
      ),
      showForMs,
    } satisfies CommandOf<'promote'>,
    who: who(asked, others),
    claims:
      visit === null
        ? [{ key: `promotion:zone:${zone ?? 'branch'}`, kind: 'lease' }]
        : [{ key: `promotion:visit:${visit}`, kind: 'lease' }, ...attention(visit)],
    runWithinMs: byPerson ? policy.adviseForMs : showForMs + 10_000,
  }
}

const dock = ({ asked, policy }: Given): Work => ({
  capability: 'dock',
  command: { to: asked.to ?? {}, charge: asked.charge } satisfies CommandOf<'dock'>,
  who: who(asked, { members: 'devices', kinds: ['robot'] }),
  claims: [],
  runWithinMs: policy.dockForMs,
})

/** Whoever may open counters and is named; the flow of diversion asks for the same counter under the same claim. */
const openCounter = ({ asked, policy }: Given): Work => ({
  capability: 'call-staff',
  command: { at: at(asked), reason: 'open-counter' } satisfies CommandOf<'call-staff'>,
  who: who(asked, { members: 'people', roles: policy.openerRoles }),
  claims: [{ key: `open-counter:${asked.counter ?? ''}`, kind: 'lease' }],
  runWithinMs: policy.openForMs,
})

/** Somebody looks at the device meanwhile: it does it at once or not at all. */
const remoteWaitsMs = 15_000
const remoteRunsMs = 20_000

const remote = ({ asked }: Given): Work => {
  const { action, ...wished } = asked.remote ?? { action: 'identify' }
  return {
    capability: remoteCapability(action),
    command: wished,
    who: { members: 'devices', only: asked.member === null ? [] : [asked.member] },
    // One after the other: two people are not told of the same picture, and none is of a page that is being loaded.
    claims: [{ key: `remote:device:${asked.member ?? ''}`, kind: 'lease' }],
    runWithinMs: remoteRunsMs,
    expiresInMs: remoteWaitsMs,
    attemptsMax: 1,
  }
}

const works: Readonly<Record<Exclude<Asked['what'], 'expert'>, (given: Given) => Work>> = {
  greet,
  guide,
  announce,
  display,
  promote,
  dock,
  'open-counter': openCounter,
  remote,
}

const asked = (event: RequestEvent): Intend => {
  if (event.type !== 'work.asked' || event.what === 'expert') return []
  const { policy, view } = event
  const work = works[event.what]({ asked: event, policy, languages: view.languages })
  return {
    type: 'task',
    ref: workRef,
    ...work,
    subject: subjectOf(event),
    priority: requestPriority,
    ...pace(work, policy),
    because: because(event),
  }
}

/** Leases that outlive their task belong to the flow that knows when to let go of them. */
const ofTaskAlone = ({ key, kind, leaseMs }: ClaimWish): ClaimWish => ({
  key,
  kind,
  ...(leaseMs === undefined ? {} : { leaseMs }),
})

const askedAgain = (event: RequestEvent): Intend => {
  if (event.type !== 'work.asked-again') return []
  const { intent, by, task } = event
  return {
    ...intent,
    ref: workRef,
    claims: intent.claims.map(ofTaskAlone),
    priority: Math.max(requestPriority, intent.priority),
    because: { code: 'asked-again', params: { by, task } },
  }
}

export const work = ({ event }: Step): Intend =>
  event.type === 'work.asked-again' ? askedAgain(event) : asked(event)

export const escalate = ({ event }: Step): Intend =>
  event.type === 'work.asked'
    ? {
        type: 'escalate',
        reason: 'asked-by-hand',
        subject: subjectOf(event),
        by: event.by,
        ...(event.language === null ? {} : { language: event.language }),
      }
    : []

export const recordPlay = ({ context: { campaign, visit } }: Step): Intend =>
  campaign === null ? [] : { type: 'played', campaign, visit }

export const withdraw = (): Intend => ({ type: 'cancel', ref: workRef, reason: 'gave-up' })
