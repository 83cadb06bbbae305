import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ticketCall } from '#flows/ticket-call/flow.ts'
import { called, ended, lobby } from '#flows/ticket-call/samples.ts'
import type { Intent } from '#protocol/intents.ts'
import { describeFlow } from '../kit/describe-flow.ts'
import { runFlow } from '../kit/run-flow.ts'
import { ticketCallProof } from './proof.ts'

describeFlow(ticketCall, ticketCallProof)

const start = (policy: Record<string, unknown> = { onScreens: true }, rows = lobby()) => {
  const run = runFlow(ticketCall, { key: 'A012', rows, policy })
  return { run, wanted: run.tell(called()) }
}
const refsOf = (intents: readonly Intent[], type: 'task' | 'cancel') =>
  intents.flatMap((intent) => (intent.type === type ? [intent.ref] : []))

describe('a call on screens', () => {
  it('is shown at once where people wait, with number and counter, above everything but an emergency', () => {
    const { wanted } = start()
    expect(refsOf(wanted, 'task')).toEqual(['screen-1-c3', 'screen-2-c3'])
    expect(wanted[0]).toMatchObject({
      capability: 'display',
      priority: 8,
      command: {
        content: {
          template: 'ticket-call',
          words: [
            { language: 'zh', text: '请 A012 到 3 号窗口' },
            { language: 'en', text: 'A012, please go to counter 3' },
          ],
          values: { ticket: 'A012', counter: '3' },
        },
      },
      subject: { ticket: 'A012', counter: 'c3', zone: 'hall', device: 'screen-1' },
      because: { code: 'ticket-called', params: { ticket: 'A012', counter: 'c3' } },
    })
  })

  it('is off until somebody sets it on', () => {
    const { run, wanted } = start({})
    expect([wanted, run.ended]).toEqual([[], true])
  })

  it('is taken back and shown anew when the ticket is called to another counter', () => {
    const { run } = start()
    const wanted = run.tell(called('hall-07'))
    expect(refsOf(wanted, 'cancel')).toEqual(['screen-1-c3', 'screen-2-c3'])
    expect(refsOf(wanted, 'task')).toEqual(['screen-1-hall-07', 'screen-2-hall-07'])
    expect(run.tasks.at(-1)?.command).toMatchObject({ content: { values: { counter: '7' } } })
    run.tell({ type: 'task.cancelled', ref: 'screen-1-c3', task: 't1', reason: 'called-elsewhere' })
    expect(run.ended).toBe(false)
  })

  it('is taken back when the ticket is over, and ends when every screen has answered', () => {
    const first = start()
    expect(refsOf(first.run.tell(ended), 'cancel')).toEqual(['screen-1-c3', 'screen-2-c3'])
    const { run } = start()
    run.tell({ type: 'task.done', ref: 'screen-1-c3', task: 't1', member: 'screen-1', result: {} })
    expect(run.ended).toBe(false)
    run.tell({ type: 'task.expired', ref: 'screen-2-c3', task: 't2', reason: 'late' })
    expect(run.ended).toBe(true)
  })
})

it('leaves no call on a screen that is not the last one, whatever is called and answered in whatever order', () => {
  const happening = fc.oneof(
    fc.constantFrom('c1', 'c2', 'counter-12').map((counter) => ({ counter })),
    fc.record({ nth: fc.nat(20), how: fc.constantFrom('task.done', 'task.expired', 'task.failed') }),
    fc.constant('ended' as const),
  )
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 25 }), (happenings) => {
      const run = runFlow(ticketCall, { key: 'A012', rows: lobby(), policy: { onScreens: true } })
      const open = new Map<string, string>()
      const note = (intents: readonly Intent[]) => {
        for (const intent of intents)
          if (intent.type === 'cancel') open.delete(intent.ref)
          else if (intent.type === 'task') open.set(intent.ref, String(intent.subject.counter))
      }
      let last = ''
      for (const one of happenings) {
        if (one === 'ended') note(run.tell(ended))
        else if ('counter' in one) {
          last = one.counter
          note(run.tell(called(one.counter)))
        } else {
          const ref = [...open.keys()][one.nth % Math.max(1, open.size)]
          if (ref === undefined) continue
          open.delete(ref)
          const member = 'screen-1'
          note(run.tell({ type: one.how, ref, task: 't', member, reason: 'x', result: {} } as never))
        }
        expect([...open.values()].every((counter) => counter === last)).toBe(true)
        if (one === 'ended') expect(open.size).toBe(0)
      }
    }),
  )
})
