/** A what-if made by hand in which everything happened that one can tell of. */
import { figureRows } from '#cli/figures/figure-rows.ts'
import type { Decision } from '#cli/what-if/decisions.ts'
import type { FoundDifference, WhatIf } from '#cli/what-if/result.ts'

export const fromMs = Date.parse('2026-03-02T00:00:00Z')
const at = fromMs + 9 * 3_600_000

const before: Decision = {
  flow: 'greeting',
  what: 'greet',
  subject: { visit: 'v-1', zone: 'entrance' },
  key: 'greeting|greet|v-1',
  at,
  member: 'robot-1',
  words: ['zh: 您好'],
  outcome: 'done',
  answer: 'accepted',
  because: 'visitor-came-in',
  params: {},
  urgency: null,
}

const after: Decision = {
  ...before,
  at: at + 60_000,
  member: null,
  words: [],
  outcome: 'not-begun',
  answer: null,
  because: 'booked-visitor',
}

const every: FoundDifference = {
  kind: 'changed',
  before,
  after,
  of: ['time', 'member', 'words', 'outcome', 'answer', 'reason'],
  share: 0.5,
}

const capabilities = ['offer-service', 'promote', 'guide', 'call-staff', 'display', 'announce', 'dock']

const added = [...capabilities, 'manage-ticket', 'alert', 'escalate'].map(
  (what, index): FoundDifference => ({
    kind: 'added',
    before: null,
    after: {
      ...before,
      what,
      key: what,
      at: at + index * 1_000,
      subject: { ticket: 'A1', service: 'cash', counter: 'counter-1', device: 'kiosk-1', campaign: 'fund' },
    },
    of: [],
    share: 1,
  }),
)

const rows = figureRows.map(({ id }, index) => ({
  id,
  first: 60_000,
  second: 300_000,
  difference:
    index % 3 === 0
      ? null
      : {
          value: -240_000,
          low: -300_000,
          high: index % 3 === 1 ? -1_000 : 9,
          standardError: 1,
          degrees: 1,
          chance: 0,
        },
  plainDifference: -240_000,
  pairs: 2,
}))

export const madeWhatIf: WhatIf = {
  branch: 'made',
  day: '2026-03-02',
  timeZone: 'UTC',
  fromMs,
  changed: [{ flow: 'greeting', setting: 'coolDownMs', was: 20_000, becomes: 40_000 }],
  seeds: ['1', '2'],
  entries: { recorded: 100, replayed: 80, answers: 15, own: 5, erased: 2, recordsErased: 3 },
  sanity: { compared: 90, differing: 4, first: { seq: 17, at } } as WhatIf['sanity'],
  counts: [{ flow: 'greeting', what: 'greet', recorded: 5, before: 5, after: 2.5 }],
  differences: [
    every,
    { kind: 'dropped', before: { ...before, outcome: 'not-begun' }, after: null, of: [], share: 1 },
    {
      kind: 'dropped',
      before: { ...before, at: at + 5_000, outcome: 'not-begun' },
      after: null,
      of: [],
      share: 1,
    },
    { kind: 'added', before: null, after: { ...before, subject: {}, key: 'none' }, of: [], share: 1 },
    ...added,
  ],
  answers: { same: 5, drawn: 4, alike: 3, assumed: 2 },
  skipped: 1,
  parked: [{ flow: 'promotion', reason: 'planted', runs: 2 }],
  undecided: ['planted'],
  waiting: { tickets: 40, seeds: 2, rows, recordedMeanWaitMs: 300_000 },
  whyNoWaiting: null,
}
