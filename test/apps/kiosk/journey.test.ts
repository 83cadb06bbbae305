/** Journeys at a kiosk: what the hub hears of them, and what nobody may find afterwards. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Effect, Input } from '#apps/kiosk/journey/input.ts'
import { reduce } from '#apps/kiosk/journey/reduce.ts'
import { type Journey, nobody, pageOf, type World } from '#apps/kiosk/journey/state.ts'
import { events } from '#protocol/events.ts'
import { exampleService, goodEntries } from './example-service.ts'

const world: World = {
  forms: [exampleService],
  canIssue: true,
  canCallExpert: true,
  hasExperts: true,
  call: null,
  isToldAgain: false,
  announcedWaitMs: () => 600_000,
  askAfterMs: 60_000,
  leaveAfterMs: 30_000,
}

const view = { language: 'zh', elder: false, contrast: false, low: false }

/** Distributes over the kinds of input. */
type Bare<I> = I extends Input ? Omit<I, 'at'> : never

const play = (inputs: readonly (Bare<Input> & { readonly afterMs?: number })[], start: Journey = nobody) => {
  let journey = start
  let at = 1_000
  const effects: Effect[] = []
  for (const { afterMs = 1_000, ...input } of inputs) {
    at += afterMs
    const step = reduce(journey, { ...input, at }, world)
    journey = step.journey
    effects.push(...step.effects)
  }
  return { journey, effects }
}

const told = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => ('tell' in effect ? [[effect.tell, effect.data]] : []))

const begin = { type: 'begin', view } as const
const entered = (Object.entries(goodEntries) as [string, string][]).map(
  ([field, value]) => ({ type: 'enter', field, value }) as const,
)
const wholeForm = [
  { type: 'choose-service', service: 'account' },
  { type: 'open-form', form: 'everything' },
  { type: 'agree' },
  ...entered.slice(0, 3),
  { type: 'next' },
  ...entered.slice(3),
  { type: 'next' },
  { type: 'submit' },
] as const

test('an invited visitor names the ticket and finishes: the hub hears one session with both', () => {
  const { journey, effects } = play([
    begin,
    { type: 'have-ticket' },
    { type: 'give-ticket', ticket: 'A012' },
    ...wholeForm,
    { type: 'carried-out' },
  ])
  expect(told(effects)).toEqual([
    ['kiosk.session', { state: 'started', ticket: 'A012' }],
    ['intent.stated', { service: 'account', language: 'zh', ticket: 'A012' }],
    ['kiosk.session', { state: 'started', ticket: 'A012', service: 'account' }],
    ['kiosk.session', { state: 'finished', ticket: 'A012', service: 'account' }],
  ])
  expect(journey.person).toMatchObject({ way: ['home', 'service', 'consent', 'step', 'review', 'result'] })
  expect(effects.filter((effect) => 'do' in effect && effect.do === 'carry-out')).toEqual([
    { do: 'carry-out', service: 'everything', entries: goodEntries },
  ])
})

test('who only takes a number for the counter is no session', () => {
  const { journey, effects } = play([
    begin,
    { type: 'choose-service', service: 'cash' },
    { type: 'take-ticket' },
    { type: 'take-ticket' },
    { type: 'ticket-issued', ticket: 'K001' },
    { type: 'start-over' },
  ])
  expect(told(effects)).toEqual([
    ['intent.stated', { service: 'cash', language: 'zh' }],
    ['ticket.issued', { ticket: 'K001', service: 'cash', language: 'zh' }],
  ])
  expect(effects.filter((effect) => 'do' in effect && effect.do === 'issue')).toHaveLength(1)
  expect(journey).toEqual(nobody)
})

test('an invited visitor who takes a number after all has given up the kiosk', () => {
  const { effects } = play([
    begin,
    { type: 'have-ticket' },
    { type: 'give-ticket', ticket: 'A012' },
    { type: 'choose-service', service: 'account' },
    { type: 'take-ticket' },
    { type: 'ticket-issued', ticket: 'K001' },
  ])
  expect(told(effects).slice(2)).toEqual([
    ['kiosk.session', { state: 'abandoned', ticket: 'A012', service: 'account', reason: 'took-ticket' }],
    ['ticket.issued', { ticket: 'K001', service: 'account', language: 'zh', choseStaff: true }],
  ])
})

test('a number that comes when nobody is there any more is told to nobody', () => {
  const { effects } = play([
    begin,
    { type: 'choose-service', service: 'cash' },
    { type: 'take-ticket' },
    { type: 'start-over' },
    { type: 'ticket-issued', ticket: 'K001' },
  ])
  expect(told(effects).map(([name]) => name)).toEqual(['intent.stated'])
})

describe('left alone', () => {
  const used = [begin, { type: 'have-ticket' }, { type: 'give-ticket', ticket: 'A012' }] as const

  test('it asks, waits, and then forgets everything', () => {
    const asked = play([...used, { type: 'tick', afterMs: 60_000 }])
    expect(asked.journey.person?.askedAt).not.toBeNull()
    const gone = play([...used, { type: 'tick', afterMs: 60_000 }, { type: 'tick', afterMs: 30_000 }])
    expect(gone.journey).toEqual(nobody)
    expect(told(gone.effects).at(-1)).toEqual([
      'kiosk.session',
      { state: 'abandoned', ticket: 'A012', reason: 'idle' },
    ])
    expect(gone.effects.at(-1)).toEqual({ do: 'wipe' })
  })

  test('who answers has the whole time again, as often as they like', () => {
    const again = [
      { type: 'tick', afterMs: 60_000 },
      { type: 'still-here', afterMs: 29_000 },
    ] as const
    const { journey } = play([...used, ...again, ...again, ...again, { type: 'tick', afterMs: 59_000 }])
    expect(journey.person?.askedAt).toBeNull()
  })

  test('in elder mode there is twice the time, and who waits for a person has three times as much', () => {
    const elder = [...used, { type: 'look', view: { elder: true } }] as const
    expect(play([...elder, { type: 'tick', afterMs: 119_000 }]).journey.person?.askedAt).toBeNull()
    const helped = [...used, { type: 'help' }, { type: 'call', reason: 'staff' }] as const
    expect(play([...helped, { type: 'tick', afterMs: 179_000 }]).journey.person?.askedAt).toBeNull()
  })

  test('nobody is hurried while the kiosk itself is at work', () => {
    const { journey } = play([begin, ...wholeForm, { type: 'tick', afterMs: 600_000 }])
    expect(journey.person?.askedAt).toBeNull()
  })
})

test('an emergency forgets whoever is there, and lets nobody begin until it is over', () => {
  const { journey, effects } = play([
    begin,
    ...wholeForm.slice(0, 3),
    { type: 'emergency', isOn: true },
    begin,
  ])
  expect(journey).toEqual({ ...nobody, isEmergency: true })
  expect(told(effects).at(-1)).toEqual([
    'kiosk.session',
    { state: 'abandoned', service: 'account', reason: 'emergency' },
  ])
  expect(play([{ type: 'emergency', isOn: false }, begin], journey).journey.person).not.toBeNull()
})

test('changed from the review, an entry is looked at again before it counts', () => {
  const { journey } = play([
    begin,
    ...wholeForm.slice(0, -1),
    { type: 'change', step: 0 },
    { type: 'enter', field: 'phone', value: '1' },
    { type: 'next' },
  ])
  const { person } = journey
  expect(person !== null && pageOf(person)).toBe('step')
  expect(person?.form?.problems).toEqual({ phone: 'wrong' })
})

test('what is carried out is what was looked at: blanks around it are no part of it', () => {
  const padded = [...wholeForm.slice(0, 3), { type: 'enter', field: 'name', value: '  Li Na ' } as const]
  const { effects } = play([begin, ...padded, ...wholeForm.slice(4)])
  expect(effects.filter((effect) => 'do' in effect && effect.do === 'carry-out')).toEqual([
    { do: 'carry-out', service: 'everything', entries: goodEntries },
  ])
})

test('where nobody knows whether it was done, nobody is told that it was not', () => {
  const failed = play([begin, ...wholeForm, { type: 'not-carried-out', reason: 'refused', mayBeDone: false }])
  expect(failed.journey.person?.way.at(-1)).toBe('failed')
  const unsure = play([begin, ...wholeForm, { type: 'not-carried-out', reason: 'timeout', mayBeDone: true }])
  expect(unsure.journey.person).toMatchObject({
    way: expect.arrayContaining(['unsure']),
    form: { entries: {} },
  })
  expect(told(unsure.effects).at(-1)).toEqual([
    'kiosk.session',
    { state: 'failed', service: 'account', reason: 'timeout' },
  ])
  expect(play([{ type: 'another' }], unsure.journey).journey.person?.way).toEqual(['home'])
})

test('the same call for help within a minute is one', () => {
  const call = { type: 'call', reason: 'staff' } as const
  const { effects } = play([begin, { type: 'help' }, call, call, { ...call, afterMs: 60_000 }])
  expect(told(effects).map(([name]) => name)).toEqual(['help.requested', 'help.requested'])
})

// Whatever is done, in whatever order.

const secret = 'S3CRET'
const anyInput: fc.Arbitrary<Bare<Input> & { readonly afterMs: number }> = fc
  .record({
    input: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom<Bare<Input>>(...wholeForm) },
      {
        weight: 3,
        arbitrary: fc.constantFrom<Bare<Input>>(
          begin,
          { type: 'begin', view: { ...view, elder: true } },
          { type: 'tick' },
          { type: 'touch' },
          { type: 'still-here' },
          { type: 'look', view: { low: true } },
          { type: 'have-ticket' },
          { type: 'give-ticket', ticket: `${secret}-1` },
          { type: 'give-ticket', ticket: `${secret}-2` },
          { type: 'give-ticket', ticket: 'no ticket!' },
          { type: 'take-ticket' },
          { type: 'ticket-issued', ticket: 'K001' },
          { type: 'ticket-failed' },
          { type: 'print' },
          { type: 'enter', field: 'name', value: secret },
          { type: 'change', step: 1 },
          { type: 'change', step: 9 },
          { type: 'carried-out' },
          { type: 'not-carried-out', reason: 'refused', mayBeDone: false },
          { type: 'not-carried-out', reason: 'timeout', mayBeDone: true },
          { type: 'help' },
          { type: 'expert' },
          { type: 'view' },
          { type: 'call', reason: 'staff' },
          { type: 'call', reason: 'expert' },
          { type: 'help-told' },
          { type: 'back' },
          { type: 'another' },
        ),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom<Bare<Input>>(
          { type: 'start-over' },
          { type: 'wipe' },
          { type: 'staff', isThere: true },
          { type: 'staff', isThere: false },
          { type: 'close', isClosed: true },
          { type: 'close', isClosed: false },
          { type: 'emergency', isOn: true },
          { type: 'emergency', isOn: false },
        ),
      },
    ),
    afterMs: fc.constantFrom(0, 1_000, 29_000, 61_000, 200_000),
  })
  .map(({ input, afterMs }) => ({ ...input, afterMs }))

const anyJourney = fc
  .array(anyInput, { maxLength: 60 })
  .map((inputs) => [{ ...begin, afterMs: 0 }, ...inputs])

test('after a wipe nothing of anybody is left, and nothing told carries what was entered', () => {
  fc.assert(
    fc.property(anyJourney, (inputs) => {
      let journey = nobody
      let at = 0
      for (const { afterMs, ...input } of inputs) {
        at += afterMs
        const step = reduce(journey, { ...input, at }, world)
        if (step.effects.some((effect) => 'do' in effect && effect.do === 'wipe'))
          expect(step.journey.person).toBeNull()
        if (journey.person !== null && step.journey.person === null)
          expect(step.effects.at(-1)).toEqual({ do: 'wipe' })
        const said = JSON.stringify(told(step.effects))
        expect(said).not.toContain(`"${secret}"`)
        for (const value of [goodEntries.name, goodEntries.phone, goodEntries.account])
          expect(said).not.toContain(value)
        journey = step.journey
      }
      const ended = reduce(journey, { type: 'wipe', at }, world).journey
      expect(JSON.stringify(ended)).not.toContain(secret)
      expect(ended).toEqual({ ...journey, person: null })
    }),
    { numRuns: 300 },
  )
})

test('each session that started has one end, before the next starts and at the latest with the wipe', () => {
  fc.assert(
    fc.property(anyJourney, (inputs) => {
      const { effects } = play([...inputs, { type: 'carried-out' }, { type: 'wipe' }])
      let isOpen = false
      for (const effect of effects) {
        if (!('tell' in effect) || effect.tell !== 'kiosk.session') continue
        // Said again it tells more of the same session; only an end needs a start.
        if (effect.data.state !== 'started') expect(isOpen).toBe(true)
        isOpen = effect.data.state === 'started'
      }
      expect(isOpen).toBe(false)
    }),
    { numRuns: 300 },
  )
})

test('what is told is what the contract has', () => {
  fc.assert(
    fc.property(anyJourney, (inputs) => {
      for (const effect of play(inputs).effects)
        if ('tell' in effect) expect(events[effect.tell].safeParse(effect.data).success).toBe(true)
    }),
  )
})

test('from wherever somebody is there is a way to help, and a way back that ends', () => {
  fc.assert(
    fc.property(anyJourney, (inputs) => {
      const { journey } = play(inputs)
      const { person } = journey
      if (person === null) return
      const helped = play([{ type: 'help' }], journey).journey.person
      expect(helped !== null && pageOf(helped)).toBe('help')
      expect(person.way.length).toBeLessThanOrEqual(new Set(person.way).size)
      if (person.way.includes('working')) return
      const out = Array.from({ length: 20 }, () => ({ type: 'back' }) as const)
      expect(play(out, journey).journey.person).toBeNull()
      expect(play([{ type: 'start-over' }], journey).journey.person).toBeNull()
    }),
    { numRuns: 300 },
  )
})

test('left alone, every journey ends by itself', () => {
  fc.assert(
    fc.property(anyJourney, (inputs) => {
      const alone = Array.from({ length: 4 }, () => ({ type: 'tick', afterMs: 400_000 }) as const)
      const { journey } = play([...inputs, { type: 'carried-out' }, ...alone])
      expect(journey.person).toBeNull()
    }),
  )
})
