/** Shared notes: whatever is typed reaches the hub, in whatever order answers come, and nothing is sent for nothing. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Draft,
  isSaved,
  noDraft,
  onKept,
  onSent,
  shownOf,
  toSend,
  type,
} from '#apps/expert/model/draft.ts'

test('nothing typed: the hub is followed, and nothing is sent', () => {
  expect(toSend(noDraft, 'theirs')).toBeUndefined()
  expect([shownOf(noDraft, 'theirs'), isSaved(noDraft, 'theirs')]).toEqual(['theirs', true])
})

test('typed back to what the hub has: there is nothing to send', () => {
  expect(toSend(type(noDraft, 'theirs'), 'theirs')).toBeUndefined()
})

test('typed on while it is sent: the rest goes out after it', () => {
  let draft = onSent(type(noDraft, 'a'), 'a')
  draft = type(draft, 'ab')
  expect(isSaved(draft, '')).toBe(false)
  expect(toSend(onKept(draft, 'a'), 'a')).toBe('ab')
})

test('after any typing, sending and answering, one more round leaves the hub with what is shown', () => {
  const step = fc.oneof(
    fc.record({ does: fc.constant('types' as const), text: fc.string({ maxLength: 4 }) }),
    fc.record({ does: fc.constantFrom('rests' as const, 'answers' as const) }),
  )
  fc.assert(
    fc.property(fc.string({ maxLength: 4 }), fc.array(step, { maxLength: 30 }), (first, steps) => {
      let kept = first
      let draft: Draft = noDraft
      let last = first
      const under: string[] = []
      const rest = () => {
        const next = toSend(draft, kept)
        if (next === undefined) return
        under.push(next)
        draft = onSent(draft, next)
      }
      const answer = () => {
        kept = under.shift() ?? kept
        draft = onKept(draft, kept)
      }
      for (const one of steps) {
        if (one.does === 'types') {
          last = one.text
          draft = type(draft, last)
        } else if (one.does === 'rests') rest()
        else answer()
        expect(shownOf(draft, kept)).toBe(under.length === 0 && draft.typed === null ? kept : last)
      }
      for (let round = 0; round < 3; round += 1) {
        while (under.length > 0) answer()
        rest()
      }
      while (under.length > 0) answer()
      expect([kept, isSaved(draft, kept)]).toEqual([last, true])
    }),
  )
})
