/** What came before a call, as it goes to a desk elsewhere: always a message of the line, whatever it was, and its own branch's. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { linkLimits } from '#hub/calls/link/pipe.ts'
import { onAsked } from '#hub/calls/link/serving.ts'
import { shortened, type Told } from '#hub/look/sent-story.ts'
import { FromBranch } from '#protocol/calls/link.ts'
import { SentStory } from '#protocol/calls/story.ts'
import { asked } from '../desk-lab.ts'
import { TwoSides } from './two-sides.ts'

const text = fc.string({ unit: 'binary', maxLength: 900 })
const title = fc.record({ zh: text, en: text })
const at = fc.nat()
const told: fc.Arbitrary<Told> = fc.record({
  now: at,
  story: fc.record({
    waitedMs: at,
    steps: fc.array(fc.record({ at, code: text, words: fc.record({ zh: text, en: text }) }), {
      maxLength: 60,
    }),
    ticket: fc.option(fc.record({ no: text, service: fc.constant('cash'), waitedMs: at })),
    device: fc.option(
      fc.record({
        id: fc.constant('kiosk-1'),
        title,
        link: fc.constant('online'),
        health: fc.constant('ok'),
      }),
    ),
    earlier: fc.array(fc.record({ at, expert: fc.constantFrom(null, 'ann'), outcome: text }), {
      maxLength: 40,
    }),
  }),
  titles: fc.record({ branch: title, zone: fc.option(title), service: fc.option(title) }),
})

const ask = (story: unknown) => ({
  kind: 'ask',
  agoMs: 0,
  ask: {
    ...asked({ escalation: 'escalation-1' }),
    revision: { epoch: 1, n: 1 },
    isNew: true,
    present: [],
    hungUp: null,
    over: null,
  },
  story,
})

it('is cut to what one message takes, and keeps the newest of what was tried', () => {
  fc.assert(
    fc.property(told, (one) => {
      const sent = shortened(one)
      expect(SentStory.parse(sent)).toEqual(sent)
      const bytes = Buffer.byteLength(JSON.stringify(ask(sent)))
      expect(bytes).toBeLessThan(linkLimits.bytesMax)
      const last = one.story.steps.findLast(({ code }) => !code.startsWith('call.'))
      expect(sent.steps.at(-1)?.at).toBe(last?.at)
    }),
    { numRuns: 200 },
  )
})

it('that is none keeps nobody from being asked for', () => {
  for (const story of [undefined, null, 1, { steps: [] }, { now: 'x' }])
    expect(FromBranch.parse(ask(story))).toMatchObject({ kind: 'ask', story: story == null ? story : null })
})

it('is kept in the time of the desk, and outlives what is asked later without one', () => {
  const sides = new TwoSides()
  const desk = sides.desk.desk()
  const step = { at: 4_000, code: 'task.guide', words: { zh: '引导', en: 'Guide' } }
  const story = {
    now: 5_000,
    steps: [step],
    ticket: null,
    device: null,
    earlier: [],
    titles: { branch: { en: 'North' }, zone: null, service: null },
  }
  const message = FromBranch.parse(ask(story))
  if (message.kind !== 'ask') throw new Error('it is an ask')
  onAsked(desk, { branch: 'north', ...message })
  const next = { ...message.ask, revision: { epoch: 1, n: 2 }, isNew: false }
  onAsked(desk, { branch: 'north', ask: next, agoMs: 0, story: null })
  expect(desk.links.served.get('north/escalation-1')?.story?.steps).toEqual([
    { ...step, at: desk.at - 1_000 },
  ])
})
