/** The kiosk's side: nothing is shown before a yes, a yes is for one expert, and a proposal fills nothing in by itself. */
import { beforeEach, describe, expect, test } from 'vitest'
import type { PageStream, StreamParts } from '#apps/browse/stream.ts'
import type { CallMedia } from '#apps/call/port.ts'
import { personalOf } from '#apps/kiosk/browse/fields.ts'
import { type BrowseSide, createBrowseSide } from '#apps/kiosk/browse/side.ts'
import type { Act } from '#apps/kiosk/journey/runner.ts'
import { type Journey, nobody, type Person } from '#apps/kiosk/journey/state.ts'
import { type Cell, createCell } from '#apps/kiosk/outside/cell.ts'
import type { BrowseFromExpert, BrowseSaid } from '#protocol/calls/browse.ts'
import { KioskService } from '#protocol/kiosk-service.ts'

const field = (id: string, more: object) => ({ id, title: { en: id }, ...more })
const service = KioskService.parse({
  id: 'card',
  service: 'card',
  title: { en: 'Card' },
  steps: [
    {
      id: 'one',
      title: { en: 'One' },
      fields: [
        field('city', { kind: 'text', proposable: true, lengthMax: 10 }),
        field('card', { kind: 'digits' }),
        field('amount', { kind: 'amount' }),
        field('terms', { kind: 'confirm' }),
      ],
    },
    { id: 'two', title: { en: 'Two' }, fields: [field('pin', { kind: 'digits', secret: true })] },
  ],
  result: { title: { en: 'Done' }, text: { en: 'Done.' } },
})

const person = (step = 0): Person => ({
  view: { language: 'en', elder: false, contrast: false, low: false },
  way: ['home', 'service', 'step'],
  service: 'card',
  ticket: null,
  issued: null,
  isIssuing: false,
  hasNoTicket: false,
  form: { service, step, entries: { card: '6222' }, problems: {}, isChanging: false },
  isInSession: true,
  help: null,
  expert: null,
  callsOff: [],
  touchedAt: 0,
  askedAt: null,
})

test('what was typed is nobody’s to read; what was chosen is not hidden, which would tell that it was', () => {
  const { form, ...of } = person()
  if (form === null) throw new Error('There is no form.')
  const entries = { card: ' 6222 ', city: '成都', terms: 'yes', gone: 'elsewhere' }
  const typed = personalOf({ ...of, ticket: 'A012', form: { ...form, entries } })
  expect(new Set(typed)).toEqual(new Set(['6222', '成都', 'A012', '']))
  expect(personalOf(null)).toEqual([])
})

let journey: Cell<Journey>
let acts: Act[]
let said: BrowseSaid[]
let streams: { parts: StreamParts; isStopped: boolean; again: number }[]
let tell: (from: BrowseSaid) => void
let opened: () => void
let side: BrowseSide

const stand = { getElementById: () => ({}) } as unknown as Document

const media = () =>
  ({
    browse: {
      send: (one: BrowseSaid) => {
        said.push(one)
        return true
      },
      hear: (callback: typeof tell) => {
        tell = callback
        return () => {
          tell = () => undefined
        }
      },
      onOpen: (callback: () => void) => {
        opened = callback
        callback()
        return () => undefined
      },
    },
  }) as unknown as CallMedia

const openStream = (parts: StreamParts): PageStream => {
  const stream = { parts, isStopped: false, again: 0 }
  streams.push(stream)
  return {
    again: () => {
      stream.again += 1
    },
    elementOf: () => undefined,
    stop: () => {
      stream.isStopped = true
    },
  }
}

beforeEach(() => {
  journey = createCell<Journey>({ ...nobody, person: person() })
  ;[acts, said, streams] = [[], [], []]
  side = createBrowseSide({
    journey,
    put: (act) => acts.push(act),
    page: stand,
    load: () => Promise.resolve({ openStream }),
    newRun: () => 'r'.repeat(8),
    later: () => () => undefined,
  })
  side.onMedia(media())
})

const sights = () => said.flatMap((one) => (one.kind === 'sight' ? [one.sight] : []))
const settled = () => new Promise<void>((resolve) => setImmediate(resolve))
const agreed = async () => {
  tell({ kind: 'ask' })
  side.agree()
  await settled()
}
const propose = (more: Partial<Extract<BrowseFromExpert, { kind: 'propose' }>> = {}) =>
  tell({ kind: 'propose', proposal: 'p-1234567', field: 'city', value: 'Xi’an', ...more })
const decisions = () =>
  said.flatMap((one) => (one.kind === 'decided' ? [`${one.field} ${one.decision}`] : []))

describe('consent', () => {
  test('nothing looks at the page before a yes, and a no is told', async () => {
    tell({ kind: 'again' })
    tell({ kind: 'hello' })
    tell({ kind: 'ask' })
    side.stop()
    await settled()
    expect(streams).toEqual([])
    expect(sights()).toEqual(['off', 'off', 'asked', 'off'])
    side.agree()
    expect(streams).toEqual([])
  })

  test('a yes ends with the press, and with the expert it was for', async () => {
    await agreed()
    expect(streams).toHaveLength(1)
    expect(acts).toEqual([{ type: 'on-with-it' }])
    side.stop()
    expect(streams[0]?.isStopped).toBe(true)
    await agreed()
    side.onMedia(null)
    expect(streams.map(({ isStopped }) => isStopped)).toEqual([true, true])
    side.onMedia(media())
    expect(side.seen.get().sight).toBe('off')
    expect(sights().at(-1)).toBe('off')
  })

  test('it ends when another expert takes the call over in the middle of it', async () => {
    const told = (id: string) => side.onCall({ expert: { id, title: {} }, document: null })
    told('wang')
    await agreed()
    told('wang')
    expect(streams[0]?.isStopped).toBe(false)
    told('zhao')
    expect(streams[0]?.isStopped).toBe(true)
    expect(sights().at(-1)).toBe('off')
  })

  test('taken back while the program for it was loaded, nothing begins', async () => {
    tell({ kind: 'ask' })
    side.agree()
    side.stop()
    await settled()
    expect(streams).toEqual([])
  })

  test('a console, or a line, that comes again is told how things stand and gets a whole page', async () => {
    await agreed()
    said = []
    tell({ kind: 'hello' })
    opened()
    expect(sights()).toEqual(['on', 'on'])
    expect(streams[0]?.again).toBe(2)
  })
})

describe('what may be proposed', () => {
  test('is what the form allows on this page: neither money, consent, a secret, nor what is not named', async () => {
    await agreed()
    const last = said.findLast((one) => one.kind === 'sight')
    expect(last?.kind === 'sight' && last.fields.map(({ id }) => id)).toEqual(['city'])
    for (const id of ['card', 'amount', 'terms', 'pin', 'nothing']) propose({ field: id, value: '1' })
    expect(decisions()).toEqual(['card gone', 'amount gone', 'terms gone', 'pin gone', 'nothing gone'])
    journey.set({ ...nobody, person: person(1) })
    propose({ field: 'pin', value: '123456' })
    expect(decisions().at(-1)).toBe('pin gone')
    expect(acts.filter(({ type }) => type === 'enter')).toEqual([])
  })

  test('fills in nothing before the visitor says so, and what does not fit not at all', async () => {
    await agreed()
    propose({ value: 'far too long a city' })
    expect(decisions()).toEqual(['city unfit'])
    propose()
    expect(acts.filter(({ type }) => type === 'enter')).toEqual([])
    side.decide(true)
    expect(acts.at(-1)).toEqual({ type: 'enter', field: 'city', value: 'Xi’an' })
    expect(decisions().at(-1)).toBe('city taken')
    propose()
    side.decide(false)
    expect(decisions().at(-1)).toBe('city declined')
    expect(acts.filter(({ type }) => type === 'enter')).toHaveLength(1)
  })

  test('is gone with its page, with a newer one, and when it is taken back', async () => {
    await agreed()
    propose()
    journey.set({ ...nobody, person: person(1) })
    expect(decisions()).toEqual(['city gone'])
    journey.set({ ...nobody, person: person() })
    propose()
    propose({ proposal: 'p-7654321' })
    expect(side.seen.get().proposal?.proposal).toBe('p-7654321')
    tell({ kind: 'take-back', proposal: 'p-7654321' })
    expect(side.seen.get().proposal).toBeNull()
    expect(decisions()).toEqual(['city gone', 'city gone', 'city gone'])
  })

  test('before anything is shown nothing is proposed nor pointed at', () => {
    propose()
    tell({ kind: 'point', run: 'r'.repeat(8), node: 1, x: 0, y: 0, isMark: true })
    expect(side.seen.get()).toMatchObject({ proposal: null, point: null })
    expect(decisions()).toEqual(['city gone'])
  })
})

test('what stands in the fields is known to the copier, which leaves it out wherever it is shown', async () => {
  await agreed()
  expect(streams[0]?.parts.personal()).toContain('6222')
})

test('a secret that may be proposed is no form', () => {
  const bad = { kind: 'digits', secret: true, proposable: true }
  const steps = [{ id: 'one', title: { en: 'One' }, fields: [field('pin', bad)] }]
  expect(KioskService.safeParse({ ...service, steps }).success).toBe(false)
  for (const kind of ['amount', 'confirm']) {
    const never = [{ id: 'one', title: { en: 'One' }, fields: [field('x', { kind, proposable: true })] }]
    expect(KioskService.safeParse({ ...service, steps: never }).success).toBe(false)
  }
})
