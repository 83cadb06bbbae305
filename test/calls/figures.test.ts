/** The figures of a day of calls: who was answered in time, who gave up, who waited for nothing; all, and by group. */
import { describe, expect, it } from 'vitest'
import { CallBook } from '#hub/figures/calls.ts'
import { DeskLab } from './desk-lab.ts'

const people = [
  { id: 'ann', title: {}, group: 'retail' },
  { id: 'cai', title: {}, group: 'loans' },
]
const bookOf = (lab: DeskLab) => {
  const book = new CallBook()
  for (const { at, note } of lab.notes) book.note({ kind: 'call', ...note }, at)
  return book
}

describe('calls of a day', () => {
  it('are counted by what became of them, and timed from the request to the end of the writing up', () => {
    const lab = new DeskLab({
      people,
      needs: { loan: { group: 'loans' } },
      ringMs: 20_000,
      patienceMs: 60_000,
    })
    const from = lab.at
    lab.open('ann', 'cai')
    const first = lab.ask({ device: 'kiosk-1', service: 'loan' }).id
    lab.pass(10_000)
    lab.talk('cai')
    lab.pass(120_000)
    lab.act({ name: 'call.hang-up', call: first, participant: null, by: 'li' })
    lab.pass(30_000)
    const beforeTheEnd = lab.at
    lab.act({ name: 'call.wrap-up', call: first, code: 'solved', notes: '', by: 'cai' })
    // Too late for the level, then handed over: one call, answered once.
    lab.act({ name: 'expert.presence', expert: 'cai', presence: 'break', reason: null, by: 'cai' })
    lab.act({ name: 'expert.presence', expert: 'ann', presence: 'break', reason: null, by: 'ann' })
    const second = lab.ask({ device: 'kiosk-2', service: 'loan' }).id
    expect(lab.call(second).outcome).toBe('unanswered')
    lab.open('ann')
    const third = lab.ask({ device: 'kiosk-3' }).id
    lab.pass(20_000)
    lab.pass(15_000)
    lab.talk('ann')
    lab.pass(60_000)
    lab.act({ name: 'call.hang-up', call: third, participant: null, by: 'li' })
    lab.act({ name: 'call.wrap-up', call: third, code: 'solved', notes: '', by: 'ann' })
    const fourth = lab.ask({ device: 'kiosk-4' }).id
    lab.pass(5_000)
    lab.act({ name: 'call.withdraw', call: fourth, reason: null, by: 'li' })

    const book = bookOf(lab)
    expect(book.figures(lab.at)).toMatchObject({
      calls: 4,
      answered: 2,
      within: 1,
      // Who gave up within the level counts for nobody.
      level: 1 / 3,
      abandoned: 1,
      unanswered: 1,
      waitMs: 22_500,
      talkMs: 90_000,
      wrapUpMs: 15_000,
      groups: {
        loans: { calls: 2, answered: 1, within: 1, unanswered: 1, talkMs: 120_000, wrapUpMs: 30_000 },
        retail: { calls: 1, answered: 1, within: 0, waitMs: 35_000 },
        '': { calls: 1, abandoned: 1 },
      },
    })
    expect(book.figures(beforeTheEnd - 1)).toMatchObject({
      calls: 1,
      answered: 1,
      wrapUpMs: null,
      talkMs: 120_000,
    })
    expect(book.figures(from - 1)).toMatchObject({ calls: 0, level: null, waitMs: null })
  })
})
