/** Two who change the same loop: the second is told of the first, nobody of what he saved himself and never heard of. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  asSent,
  type Edited,
  onTop,
  overtakenBy,
  putOnce,
  settled,
} from '#apps/lobby/pages/content/model/edited.ts'

const means = (form: string) => form.trim()
const mine: Edited<string> = { id: 'loop', revision: 3, form: 'mine' }
const there = (revision: number, form: string) => ({ id: 'loop', revision, form })
const told = (edited: Edited<string>, now: Edited<string> | undefined) =>
  overtakenBy(settled(edited, now, means), now)

it('tells who edits second, and lets nothing go that he typed', () => {
  expect(overtakenBy(undefined, there(9, 'theirs'))).toBeUndefined()
  expect(told(mine, there(3, 'as it was'))).toBeUndefined()
  expect(told(mine, there(4, 'theirs'))).toBe('changed')
  expect(told(mine, undefined)).toBe('gone')
  expect(told({ ...mine, revision: 0 }, undefined)).toBeUndefined()
  expect(onTop(mine, there(4, 'theirs'))).toEqual({ ...mine, revision: 4 })
  expect(onTop(mine, undefined)).toEqual({ ...mine, revision: 0 })
})

it('goes on from what is there, where both meant the same or it is what was sent', () => {
  expect(settled(mine, there(7, 'mine '), means)).toEqual(there(7, 'mine'))
  expect(settled({ ...mine, sent: ['once', 'first'] }, there(4, 'first'), means)).toEqual(there(4, 'mine'))
  expect(told({ ...mine, sent: ['first'] }, there(4, 'theirs'))).toBe('changed')
})

const lost = new Error('lost')
const conflict = new Error('conflict')

/** Of each save: whether the call is lost on its way, only its answer, or neither. */
const ways = ['call', 'answer', 'none'] as const

it('saves the last that was typed, whichever calls and answers are lost, and speaks of no conflict with oneself', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom(...ways)), { maxLength: 8 }),
      fc.constantFrom(0, 3),
      fc.boolean(),
      async (saves, revision, hasLook) => {
        let row = revision === 0 ? undefined : there(revision, 'as it was')
        let edited: Edited<string> = { id: 'loop', revision, form: '' }
        for (const [form, way] of [...saves, ['last', 'none'] as const]) {
          edited = { ...settled(edited, hasLook ? row : undefined, means), form }
          const put = async (asked: Edited<string>) => {
            if (way === 'call') throw lost
            if ((row?.revision ?? 0) !== asked.revision) throw conflict
            row = there(asked.revision + 1, asked.form)
            if (way === 'answer') throw lost
          }
          const asked = edited
          edited = asSent(edited)
          const why = await putOnce(asked, {
            means,
            put,
            look: async () => row,
            isConflict: (error) => error === conflict,
          }).catch((error: unknown) => error)
          expect(why).toBe(way === 'none' ? undefined : lost)
          if (why === undefined) edited = row ?? edited
        }
        expect(row?.form).toBe('last')
      },
    ),
  )
})

it('does not save over what somebody else did', async () => {
  const row = there(4, 'theirs')
  const parts = {
    means,
    put: () => Promise.reject(conflict),
    look: () => Promise.resolve(row),
    isConflict: (error: unknown) => error === conflict,
  }
  await expect(putOnce(asSent(mine), parts)).rejects.toBe(conflict)
})
