/** The call with an expert at a kiosk: when camera and microphone may be on, who is left in peace, and what is told. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isOpen, pairOf, passOf, stageOf } from '#apps/kiosk/journey/expert-call.ts'
import type { Effect, Input } from '#apps/kiosk/journey/input.ts'
import { reduce } from '#apps/kiosk/journey/reduce.ts'
import { type Journey, nobody, pageOf, type World } from '#apps/kiosk/journey/state.ts'
import type { KioskCall } from '#protocol/calls/kiosk-call.ts'
import { callStates } from '#protocol/calls/rows.ts'
import { exampleService } from './example-service.ts'

const world = (call: KioskCall | null): World => ({
  forms: [exampleService],
  canIssue: true,
  canCallExpert: true,
  hasExperts: true,
  call,
  isToldAgain: call?.outcome === 'unanswered',
  announcedWaitMs: () => null,
  askAfterMs: 60_000,
  leaveAfterMs: 30_000,
})

const wang = { id: 'wang', title: { zh: '王专家' } }
const zhao = { id: 'zhao', title: { zh: '赵专家' } }
const told = (change: Partial<KioskCall> = {}): KioskCall => ({
  call: 'call-1',
  state: 'waiting',
  since: 0,
  before: 0,
  promisedAt: 1,
  expert: null,
  guest: null,
  ticket: null,
  document: null,
  outcome: null,
  ...change,
})
const accepted = told({ state: 'accepted', expert: wang, ticket: 'ticket-of-the-kiosk' })

type Bare<I> = I extends Input ? Omit<I, 'at'> : never
/** Something happens, or the hub tells how the call stands. */
type Happening = (Bare<Input> & { readonly afterMs?: number }) | { readonly hub: KioskCall | null }

const view = { language: 'zh', elder: false, contrast: false, low: false }
const begin = { type: 'begin', view } as const
const ask = [begin, { type: 'expert' }, { type: 'call', reason: 'expert' }] as const

const play = (happenings: readonly Happening[], start: Journey = nobody) => {
  let journey = start
  let at = 1_000
  let call: KioskCall | null = null
  const effects: Effect[] = []
  for (const happening of happenings) {
    if ('hub' in happening) call = happening.hub
    const { afterMs = 1_000, ...input } = 'hub' in happening ? { type: 'call-told' as const } : happening
    at += afterMs
    const step = reduce(journey, { ...input, at }, world(call))
    journey = step.journey
    effects.push(...step.effects)
  }
  return { journey, effects, world: world(call), person: journey.person }
}

const names = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => ('tell' in effect ? [[effect.tell, effect.data]] : []))
const stageAfter = (happenings: readonly Happening[]) => {
  const { person, world } = play(happenings)
  return person === null ? undefined : stageOf(person, world)
}

test('asked for, waited for, rung, accepted, agreed to, and over', () => {
  const so: Happening[] = [...ask]
  const steps = [
    ['asked', undefined],
    ['waiting', { hub: told() }],
    ['ringing', { hub: told({ state: 'ringing', expert: wang }) }],
    ['consent', { hub: accepted }],
    ['talking', { type: 'agree-call' }],
    ['talking', { hub: { ...accepted, state: 'in-call' } }],
    ['talking', { hub: { ...accepted, state: 'resuming' } }],
    ['over', { hub: told({ state: 'wrap-up' }) }],
    ['over', { hub: told({ state: 'ended', outcome: 'solved' }) }],
    ['none', { type: 'read-outcome' }],
  ] as const
  for (const [stage, happening] of steps) {
    if (happening !== undefined) so.push(happening)
    expect(stageAfter(so)).toBe(stage)
  }
})

test('the call of whoever was there before is not theirs, however it ended', () => {
  const old = told({ call: 'call-0', state: 'wrap-up' })
  expect(stageAfter([{ hub: old }, ...ask])).toBe('asked')
  expect(stageAfter([{ hub: old }, ...ask, { hub: told() }])).toBe('waiting')
  expect(stageAfter([{ hub: old }, begin])).toBe('none')
})

test('who asks again where nobody came a moment ago is told the same, and not left waiting', () => {
  const unanswered = told({ state: 'ended', outcome: 'unanswered' })
  expect(stageAfter([{ hub: unanswered }, ...ask])).toBe('over')
  const again = [{ type: 'expert' }, { type: 'call', reason: 'expert' }] as const
  expect(stageAfter([...ask, { hub: unanswered }, { type: 'read-outcome' }, ...again])).toBe('over')
})

test('whoever does something else meanwhile is told on that page when somebody has accepted', () => {
  const { person } = play([...ask, { hub: told() }, { type: 'back' }, { type: 'view' }, { hub: accepted }])
  expect(person && pageOf(person)).toBe('expert')
})

describe('camera and microphone', () => {
  test('are for the expert who was agreed to, and another one is asked about anew', () => {
    const talking = [...ask, { hub: accepted }, { type: 'agree-call' }] as const
    const first = play(talking)
    expect(passOf(first.person, first.world)).toEqual({ key: 'call-1/wang', ticket: 'ticket-of-the-kiosk' })
    const lost = [...talking, { hub: { ...accepted, state: 'waiting', expert: null } }] as const
    expect(stageAfter(lost)).toBe('next')
    // Also the same one, once they had to wait.
    expect(stageAfter([...lost, { hub: accepted }])).toBe('consent')
    const next = play([...lost, { hub: { ...accepted, expert: zhao } }])
    expect(next.person && stageOf(next.person, next.world)).toBe('consent')
    expect(passOf(next.person, next.world)).toBeNull()
  })

  test('stay as they are when an expert whom they met in the call goes on with it, and only then', () => {
    const guest = { ...zhao, isThere: true, apart: false }
    const inCall = { ...accepted, state: 'in-call' } as const
    const talking = [...ask, { hub: inCall }, { type: 'agree-call' }] as const
    const handedOver = { hub: { ...inCall, expert: zhao } }
    const after = (...more: readonly Happening[]) => {
      const { person, world } = play([...talking, ...more, handedOver])
      return [person && stageOf(person, world), passOf(person, world)?.key]
    }
    expect(after({ hub: { ...inCall, guest } })).toEqual(['talking', 'call-1/wang'])
    // Never there, only among the experts, or before the customer waited for somebody anew.
    expect(after()).toEqual(['consent', undefined])
    expect(after({ hub: { ...inCall, guest: { ...guest, isThere: false } } })).toEqual(['consent', undefined])
    expect(after({ hub: { ...inCall, guest: { ...guest, apart: true } } })).toEqual(['consent', undefined])
    const waits = { hub: { ...inCall, state: 'waiting', expert: null } } as const
    expect(after({ hub: { ...inCall, guest } }, waits)).toEqual(['consent', undefined])
  })

  test('who does not agree is hung up, and staff are asked', () => {
    const { person, effects } = play([...ask, { hub: accepted }, { type: 'decline-call' }, { hub: accepted }])
    expect(names(effects).slice(1)).toEqual([
      ['help.withdrawn', { reason: 'expert' }],
      ['help.requested', { reason: 'help', language: 'zh' }],
    ])
    // The hub still tells of it for a moment: it is nobody's any more.
    expect(person?.expert).toBeNull()
    expect(person && pageOf(person)).toBe('help')
  })

  test('who hangs up is out at once, whatever the hub still says', () => {
    const so = [...ask, { hub: accepted }, { type: 'agree-call' }, { type: 'hang-up' }] as const
    const { person, world, effects } = play([...so, { hub: { ...accepted, state: 'in-call' } }])
    expect(passOf(person, world)).toBeNull()
    expect(person && stageOf(person, world)).toBe('over')
    expect(names(effects).at(-1)).toEqual(['help.withdrawn', { reason: 'expert' }])
  })
})

describe('a page that was loaded anew', () => {
  const back = { type: 'back-in-call', view, before: null, agreedTo: 'call-1/wang', met: [] } as const

  test('comes back into the call with the same expert', () => {
    const { person, world } = play([{ hub: { ...accepted, state: 'in-call' } }, back])
    expect(person && stageOf(person, world)).toBe('talking')
  })

  test('asks again for another expert, and wherever somebody had begun before it knew', () => {
    expect(stageAfter([{ hub: { ...accepted, expert: zhao } }, back])).toBe('consent')
    expect(stageAfter([begin, { hub: accepted }, back])).toBe('consent')
  })
})

describe('left alone', () => {
  const hour = { type: 'tick', afterMs: 3_600_000 } as const

  test('nobody is thrown out of a call, or counted out of it', () => {
    const { person } = play([...ask, { hub: accepted }, { type: 'agree-call' }, hour, hour, hour])
    expect(person?.askedAt).toBeNull()
  })

  test('who sits down keeps the call; what they left on the page is covered, and then forgotten', () => {
    const form = [
      begin,
      { type: 'choose-service', service: 'account' },
      { type: 'open-form', form: 'everything' },
      { type: 'agree' },
      { type: 'enter', field: 'name', value: 'Li Na' },
      { type: 'expert' },
      { type: 'call', reason: 'expert' },
      { hub: told() },
      { type: 'back' },
    ] as const
    const covered = play([...form, { type: 'tick', afterMs: 181_000 }])
    expect(covered.person && pageOf(covered.person)).toBe('expert')
    expect(JSON.stringify(covered.journey)).toContain('Li Na')
    const forgotten = play([...form, hour])
    expect(JSON.stringify(forgotten.journey)).not.toContain('Li Na')
    expect(forgotten.person && stageOf(forgotten.person, forgotten.world)).toBe('waiting')
    expect(names(forgotten.effects).at(-1)).toEqual([
      'kiosk.session',
      { state: 'abandoned', service: 'account', reason: 'idle' },
    ])
  })

  test('who is not there any more when somebody accepts is asked for, and then the expert is let go', () => {
    const { person, effects } = play([...ask, { hub: told() }, hour, { hub: accepted }, hour, hour])
    expect(person).toBeNull()
    expect(names(effects).at(-1)).toEqual(['help.withdrawn', { reason: 'expert' }])
  })
})

const anyCall = fc.record({
  call: fc.constantFrom('call-0', 'call-1', 'call-2'),
  state: fc.constantFrom(...callStates),
  expert: fc.constantFrom(null, wang, zhao),
  ticket: fc.constantFrom(null, 'ticket-of-the-kiosk'),
})
const anyHappening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 2, arbitrary: fc.oneof(fc.constant(null), anyCall).map((call) => ({ hub: call && told(call) })) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Happening>(
      ...ask,
      { type: 'agree-call' },
      { type: 'decline-call' },
      { type: 'call-off' },
      { type: 'hang-up' },
      { type: 'on-with-it' },
      { type: 'read-outcome' },
      { type: 'help' },
      { type: 'call', reason: 'staff' },
      { type: 'view' },
      { type: 'back' },
      { type: 'start-over' },
      { type: 'wipe' },
      { type: 'tick', afterMs: 90_000 },
      { type: 'emergency', isOn: true },
      { type: 'emergency', isOn: false },
    ),
  },
)

test('camera and microphone are on only after a yes to that expert of that visitor, and off with whoever goes', () => {
  fc.assert(
    fc.property(fc.array(anyHappening, { maxLength: 40 }), (happenings) => {
      let journey = nobody
      let call: KioskCall | null = null
      let at = 0
      let yes: string | null = null
      for (const happening of happenings) {
        at += 1_000
        if ('hub' in happening) call = happening.hub
        const { afterMs = 0, ...input } = 'hub' in happening ? { type: 'call-told' as const } : happening
        at += afterMs
        const before = journey
        const step = reduce(journey, { ...input, at }, world(call))
        journey = step.journey
        if (input.type === 'agree-call') yes = call && pairOf(call)
        if (journey.person === null || journey.person.expert === null) yes = null
        const pass = passOf(journey.person, world(call))
        if (pass !== null) expect(pass.key).toBe(yes)
        // Whoever goes, or is done with it, while the hub has it open: the hub is told.
        const wasOpen = before.person !== null && isOpen(before.person, world(call))
        if (wasOpen && journey.person === null)
          expect(names(step.effects)).toContainEqual(['help.withdrawn', { reason: 'expert' }])
      }
    }),
    { numRuns: 500 },
  )
})
