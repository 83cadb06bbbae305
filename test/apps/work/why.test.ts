/** What an explanation is made of: the course of a task in steps, and its candidates in order. */
import { expect, it } from 'vitest'
import { isSpared, sortCandidates } from '#apps/lobby/why/sort-candidates.ts'
import { courseOf } from '#apps/lobby/why/steps.ts'
import type { ToldCandidate, ToldTask } from '#protocol/desk/look/explain.ts'

const member = (id: string) => ({ id, title: id.toUpperCase(), isPerson: false })

const attempt = (more: Partial<ToldTask['attempts'][number]>): ToldTask['attempts'][number] => ({
  number: 1,
  member: member('r1'),
  offeredAt: 2_000,
  acceptedAt: null,
  startSentAt: null,
  startedAt: null,
  endedAt: null,
  end: [],
  ...more,
})

const task = (more: Partial<ToldTask>): ToldTask => ({
  id: 't-1',
  capability: 'greet',
  title: 'Greeting',
  subject: [],
  priority: 4,
  because: { code: 'visitor-came-in', words: 'somebody came in' },
  wantedAt: 1_000,
  expiresAt: 9_000,
  cause: null,
  flow: {
    id: 'greeting',
    title: 'Greeting',
    version: 1,
    policyRevision: 0,
    policySetBy: 'default',
    policySetByTitle: 'as shipped',
  },
  outcome: { phase: 'started', words: 'under way', isOpen: true, reason: null, at: null },
  looks: [],
  attempts: [],
  said: [],
  wanted: [],
  notes: [],
  ...more,
})

it('goes through each attempt, with the time that every step took', () => {
  const steps = courseOf(
    task({
      attempts: [
        attempt({ endedAt: 5_000, end: [{ code: 'no-answer', words: 'no answer in time' }] }),
        attempt({ number: 2, member: member('r2'), offeredAt: 5_000, acceptedAt: 5_500, startedAt: 7_000 }),
      ],
    }),
  )
  expect(steps.map(({ kind, who, afterMs }) => [kind, who, afterMs])).toEqual([
    ['wanted', '', null],
    ['offered', 'R1', 1_000],
    ['ended', 'R1', 3_000],
    ['offered', 'R2', 0],
    ['accepted', 'R2', 500],
    ['started', 'R2', 1_500],
  ])
  expect(steps[2]?.words).toBe('no answer in time')
})

it('ends with the outcome where no attempt ended with it, and says each word once', () => {
  const outcome = { phase: 'refused', words: 'nobody was sent', isOpen: false, at: 4_000 } as const
  const nobody = courseOf(
    task({ outcome: { ...outcome, reason: { code: 'nobody', words: 'nobody could' } } }),
  )
  expect(nobody.at(-1)).toMatchObject({ kind: 'ended', at: 4_000, words: 'nobody was sent · nobody could' })
  const same = courseOf(task({ outcome: { ...outcome, reason: { code: 'x', words: 'nobody was sent' } } }))
  expect(same.at(-1)?.words).toBe('nobody was sent')
})

it('does not tell an end twice', () => {
  const steps = courseOf(
    task({
      attempts: [attempt({ endedAt: 5_000 })],
      outcome: { phase: 'done', words: 'done', isOpen: false, reason: null, at: 5_000 },
    }),
  )
  expect(steps.filter(({ kind }) => kind === 'ended')).toMatchObject([{ words: 'done' }])
})

it('shows the chosen one first, then by score, and apart from them who could not', () => {
  const candidate = (id: string, score: number | null): ToldCandidate => ({
    member: member(id),
    score,
    parts: [],
    out: score === null ? { code: 'busy', words: 'busy' } : null,
  })
  const of = [candidate('far', 20), candidate('busy', null), candidate('near', 70), candidate('mine', 50)]
  const { fits, outs } = sortCandidates(of, 'mine')
  expect(fits.map(({ member }) => member.id)).toEqual(['mine', 'near', 'far'])
  expect(outs.map(({ member }) => member.id)).toEqual(['busy'])
  expect(sortCandidates(of, null).fits.map(({ member }) => member.id)).toEqual(['near', 'mine', 'far'])
})

it('says that a person is spared where a device does it, and leaves out of the way who was never meant', () => {
  const robot = { id: 'robot-1', score: 60 }
  expect(isSpared({ id: 'person/li', score: 90 }, robot)).toBe(true)
  expect(isSpared({ id: 'person/li', score: 50 }, robot)).toBe(false)
  expect(isSpared({ id: 'robot-2', score: 90 }, robot)).toBe(false)
  expect(isSpared({ id: 'person/li', score: 90 }, { id: 'person/wu', score: 60 })).toBe(false)
  const out = (id: string, code: string): ToldCandidate => ({
    member: member(id),
    score: null,
    parts: [],
    out: { code, words: code },
  })
  const { outs, strangers } = sortCandidates([out('camera', 'kind'), out('robot', 'busy')], null)
  expect(outs.map(({ member }) => member.id)).toEqual(['robot'])
  expect(strangers.map(({ member }) => member.id)).toEqual(['camera'])
})
