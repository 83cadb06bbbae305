/** The life of a task against an explicit model: every state met with every event, under both repeat rules. */
import { describe, expect, it } from 'vitest'
import { isFinal, type Life, type LifeEvent, live } from '#hub/dispatch/life.ts'
import { taskPhases } from '#hub/dispatch/rows.ts'
import type { RepeatRule } from '#protocol/capabilities.ts'
import { reportStatuses } from '#protocol/messages.ts'

const states: readonly (readonly [string, Life])[] = [
  ['queued', { phase: 'queued', startSent: false }],
  ['offered', { phase: 'offered', startSent: false }],
  ['offered!', { phase: 'offered', startSent: true }],
  ['accepted', { phase: 'accepted', startSent: false }],
  ['accepted!', { phase: 'accepted', startSent: true }],
  ['started!', { phase: 'started', startSent: true }],
]

const events: readonly (readonly [string, LifeEvent])[] = [
  ['offer', { type: 'offer', withStart: false }],
  ['offer!', { type: 'offer', withStart: true }],
  ['start', { type: 'start' }],
  ...reportStatuses.map((status) => [status, { type: 'report', status }] as const),
  ...(['ack', 'start', 'run', 'lost'] as const).map(
    (which) => [`${which}-due`, { type: 'deadline', which }] as const,
  ),
  ['expire', { type: 'expire' }],
  ['cancel', { type: 'cancel' }],
  ['restored', { type: 'restored' }],
]

/** Columns as in `states`; `.`: nothing changes, `+`: the hub goes on to start it, `!`: its start is committed. */
const model: Readonly<Record<RepeatRule, string>> = {
  'at-most-once': `
    offer        offered   .         .         .         .         .
    offer!       offered!  .         .         .         .         .
    start        .         offered!  .         accepted! .         .
    accepted     .         accepted+ accepted! .         .         .
    started      .         started!  started!  started!  started!  .
    progress     .         started!  started!  started!  started!  .
    done         .         done      done      done      done      done
    refused      .         queued    queued    queued    queued    unknown
    not-started  .         queued    queued    queued    queued    unknown
    failed       .         queued    failed    queued    failed    failed
    cancelled    .         queued    failed    queued    failed    failed
    ack-due      .         queued    .         .         .         .
    start-due    .         .         unknown   .         unknown   .
    run-due      .         .         .         .         .         unknown
    lost-due     .         queued    unknown   queued    unknown   unknown
    expire       expired   expired   .         expired   .         .
    cancel       cancelled cancelled cancelled cancelled cancelled cancelled
    restored     unknown   unknown   .         unknown   .         .`,
  'until-done': `
    offer        offered   .         .         .         .         .
    offer!       offered!  .         .         .         .         .
    start        .         offered!  .         accepted! .         .
    accepted     .         accepted+ accepted! .         .         .
    started      .         started!  started!  started!  started!  .
    progress     .         started!  started!  started!  started!  .
    done         .         done      done      done      done      done
    refused      .         queued    queued    queued    queued    queued
    not-started  .         queued    queued    queued    queued    queued
    failed       .         queued    queued    queued    queued    queued
    cancelled    .         queued    queued    queued    queued    queued
    ack-due      .         queued    .         .         .         .
    start-due    .         .         queued    .         queued    .
    run-due      .         .         .         .         .         queued
    lost-due     .         queued    queued    queued    queued    queued
    expire       expired   expired   .         expired   .         .
    cancel       cancelled cancelled cancelled cancelled cancelled cancelled
    restored     .         queued    .         queued    .         .`,
}

const outcome = (life: Life, event: LifeEvent, repeat: RepeatRule): string => {
  const step = live(life, event, repeat)
  if (step === null) return '.'
  return `${step.life.phase}${step.life.startSent ? '!' : ''}${step.next === 'start' ? '+' : ''}`
}

describe('the life of a task', () => {
  it.each(['at-most-once', 'until-done'] as const)('follows its model, %s', (repeat) => {
    const found = events.map(([name, event]) => [
      name,
      ...states.map(([, life]) => outcome(life, event, repeat)),
    ])
    const expected = model[repeat]
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
    const byName = (a: string[], b: string[]) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1)
    expect(found.sort(byName)).toEqual(expected.sort(byName))
  })

  it('changes nothing once it has ended', () => {
    for (const phase of taskPhases.filter(isFinal))
      for (const [, event] of events)
        for (const repeat of ['at-most-once', 'until-done'] as const)
          expect(live({ phase, startSent: false }, event, repeat)).toBeNull()
  })

  it('ends every attempt that goes back to the queue, and tells of work that began too early', () => {
    for (const [, life] of states)
      for (const [name, event] of events) {
        const step = live(life, event, 'until-done')
        if (step?.life.phase === 'queued') expect([name, step.end, step.next]).not.toContain(null)
        if (step?.next === 'next') expect(step.life).toEqual({ phase: 'queued', startSent: false })
        const began = event.type === 'report' && ['started', 'progress', 'done'].includes(event.status)
        if (step !== null && began) expect(step.early).toBe(!life.startSent)
      }
  })
})
