/** The expert's side of a page that is looked at together: what was lost is noticed, and mended by a whole page. */
import { beforeEach, describe, expect, test } from 'vitest'
import type { Mirror } from '#apps/browse/mirror.ts'
import { TogetherStore } from '#apps/expert/browse/store.ts'
import type { BrowseSaid } from '#protocol/calls/browse.ts'

const run = 'r'.repeat(8)
const frame = { root: 1, width: 1280, height: 800, foot: 0, attributes: {} }
const page = (seq: number, whole = false): BrowseSaid => ({
  kind: 'page',
  run,
  seq,
  whole,
  frame,
  nodes: [],
})

let said: BrowseSaid[]
let now: number
let isOpen: boolean
let tell: (from: BrowseSaid) => void
let opened: () => void
let store: TogetherStore

/** As the real one: a number that does not follow is refused. */
const mirror = () => {
  let seq = -1
  return {
    take: (one: { seq: number; whole: boolean }) => {
      if (!one.whole && one.seq !== seq + 1) return false
      seq = one.seq
      return true
    },
    dress: () => undefined,
  } as unknown as Mirror
}

beforeEach(() => {
  ;[said, now, isOpen] = [[], 10_000, true]
  store = new TogetherStore({
    line: {
      send: (one) => {
        if (isOpen) said.push(one)
        return isOpen
      },
      hear: (callback) => {
        tell = callback
        return () => undefined
      },
      onOpen: (callback) => {
        opened = callback
        return () => undefined
      },
    },
    newId: () => 'p-1234567',
    nowMs: () => now,
  })
  store.open()
})

const kinds = () => said.map(({ kind }) => kind)

test('says that it is there each time the line is, and asks for everything where it is drawn', () => {
  opened()
  store.attach(mirror())
  opened()
  expect(kinds()).toEqual(['hello', 'again', 'hello'])
})

describe('a change that was lost', () => {
  test('is noticed by the next one, asked for once, and mended by a whole page', () => {
    store.attach(mirror())
    said = []
    tell(page(0, true))
    tell(page(1))
    tell(page(3))
    tell(page(4))
    expect(kinds()).toEqual(['again'])
    tell(page(0, true))
    tell(page(1))
    expect(kinds()).toEqual(['again'])
  })

  test('is asked for anew when that was lost as well, and not a hundred times a second', () => {
    store.attach(mirror())
    said = []
    for (let seq = 5; seq < 105; seq += 1) tell(page(seq))
    expect(kinds()).toEqual(['again'])
    now += 2_000
    tell(page(200))
    expect(kinds()).toEqual(['again', 'again'])
  })
})

test('a pointer says where it is some times a second, a mark always', () => {
  const spot = { run, node: 3, x: 0.5, y: 0.5 }
  for (let moved = 0; moved < 50; moved += 1) {
    store.point(spot)
    now += 20
  }
  expect(said.length).toBeLessThan(10)
  store.mark(spot)
  expect(said.at(-1)).toEqual({ kind: 'point', ...spot, isMark: true })
})

test('a proposal waits for its own answer, and there is none where it could not be said', () => {
  const field = { id: 'city', title: { en: 'City' } }
  store.propose(field, 'Xi’an')
  expect(store.get().proposed).toMatchObject({ decision: null })
  const decided = (proposal: string): BrowseSaid => ({
    kind: 'decided',
    proposal,
    field: 'city',
    decision: 'taken',
  })
  tell(decided('p-another1'))
  expect(store.get().proposed).toMatchObject({ decision: null })
  tell(decided('p-1234567'))
  expect(store.get().proposed).toMatchObject({ decision: 'taken' })
  isOpen = false
  store.propose({ id: 'way', title: { en: 'Way' } }, 'by-post')
  expect(store.get().proposed).toMatchObject({ title: { en: 'City' } })
})

test('a kiosk that is gone from the call is seen no longer', () => {
  tell({ kind: 'sight', sight: 'on', fields: [] })
  expect(store.get().sight).toBe('on')
  store.lost()
  expect(store.get().sight).toBe('off')
})
