/** The situations in which a request must keep its promises: each kind of work, for somebody, for a place, by name. */
import type { Fact } from '#protocol/flow-events.ts'
import type { TaskIntent } from '#protocol/intents.ts'
import type { Rows } from '../samples/model.ts'
import { campaignRow } from '../samples/rows.ts'
import type { Scenario } from '../samples/scenario.ts'

export type WorkAsked = Extract<Fact, { type: 'work.asked' }>

export const requestKey = 'ann-page0001-1'
export const lobby: Rows = {}
const { id, product, words, needsPerson } = campaignRow({ id: 'deposit' })
export const deposit = { id, product, words, needsPerson }

export const asked = (what: WorkAsked['what'], change: Partial<WorkAsked> = {}): WorkAsked => ({
  type: 'work.asked',
  request: requestKey,
  by: 'ann',
  what,
  visit: null,
  ticket: null,
  zone: 'hall',
  language: null,
  party: 1,
  to: null,
  charge: false,
  campaign: null,
  words: null,
  forMs: null,
  member: null,
  note: null,
  ...change,
})

const said = { zh: '请勿吸烟。', en: 'Please do not smoke.' }

/** What another flow wanted, and what was not done. */
export const failed: TaskIntent = {
  type: 'task',
  ref: 'lead-2',
  capability: 'guide',
  command: { to: { zone: 'kiosks' } },
  subject: { visit: 'v1', zone: 'hall' },
  who: { members: 'devices', kinds: ['robot'], nearZone: 'hall' },
  priority: 4,
  claims: [
    { key: 'attention:visit:v1', kind: 'lease' },
    { key: 'kiosk:k1', kind: 'lease', leaseMs: 60_000, keep: true },
  ],
  ackWithinMs: 2_000,
  startWithinMs: 5_000,
  runWithinMs: 60_000,
  expiresInMs: 20_000,
  attemptsMax: 2,
  because: { code: 'intent-stated' },
}

const refs = { work: [{}] }
const of = (name: string, facts: readonly Fact[]): Scenario => ({
  name,
  key: requestKey,
  worlds: [lobby, { branch: { languages: ['en'] } }],
  facts,
  refs,
})

export const samples: readonly Scenario[] = [
  of('somebody is to be greeted', [
    asked('greet', { visit: 'v1', language: 'en', party: 2 }),
    asked('greet'),
    asked('greet', { member: 'person/li' }),
  ]),
  of('somebody is to be led', [
    asked('guide', { visit: 'v1', ticket: 'A001', to: { place: 'seat-1', zone: 'kiosks' } }),
    asked('guide', { to: { zone: 'kiosks' }, member: 'robot-1', note: 'slowly' }),
  ]),
  of('something is to be said or shown', [
    asked('announce', { words: said }),
    asked('display', { words: said, forMs: 60_000 }),
    asked('display', { words: { ja: '案内' }, zone: null, member: 'screen-1' }),
  ]),
  of('something is to be promoted', [
    asked('promote', { campaign: deposit }),
    asked('promote', { campaign: deposit, visit: 'v1', beyondCap: 'they asked for it' }),
    asked('promote', { campaign: { ...deposit, needsPerson: true }, visit: 'v1' }),
  ]),
  of('a counter is to be opened', [
    asked('open-counter', { counter: 'c4', member: 'person/li' }),
    asked('open-counter', { counter: 'c4', zone: null }),
  ]),
  of('a robot is to go to its place', [
    asked('dock', { member: 'robot-1', to: { place: 'charger-1', zone: 'hall' }, charge: true }),
    asked('dock', { to: { place: 'rest-1', zone: 'hall' } }),
  ]),
  of('a device is to do something to itself', [
    asked('remote', { member: 'screen-1', remote: { action: 'volume', percent: 30 } }),
    asked('remote', { member: 'screen-1', zone: null, remote: { action: 'screenshot' } }),
    asked('remote', { member: 'screen-1', remote: { action: 'reload', anyway: true } }),
  ]),
  of('an expert is to be called', [asked('expert', { visit: 'v1' }), asked('expert')]),
  of('what failed is wanted once more', [
    { type: 'work.asked-again', request: requestKey, by: 'ann', task: 'task-1-9-0', intent: failed },
  ]),
]
