/** The hub's own acknowledgement, and what becomes of news that are repeated all the time. */
import { describe, expect, test } from 'vitest'
import type { Input } from '#hub/engine/entry.ts'
import { UsherError } from '#protocol/errors.ts'
import { buildIngress as build, count } from './ingress-support.ts'

describe('the cumulative acknowledgement', () => {
  test('is sent once for many messages', async () => {
    const { send, acks, clock } = build()
    for (let n = 0; n < 20; n++) await send('event/zone.count', { ...count, boot: 'r', n })
    expect(acks()).toEqual([])
    clock.advance(50)
    expect(acks()).toEqual([{ boot: 'r', n: 19 }])
  })

  test('stops before what is not committed, and before what could not be', async () => {
    const outcomes: { resolve: () => void; reject: (error: Error) => void }[] = []
    const { send, acks, clock } = build({
      submit: () => new Promise<void>((resolve, reject) => outcomes.push({ resolve, reject })),
    })
    const sent = [0, 1, 2].map((n) => send('event/zone.count', { ...count, boot: 'r', n }))
    outcomes[0]?.resolve()
    outcomes[2]?.resolve()
    await sent[0]
    await sent[2]
    clock.advance(50)
    expect(acks()).toEqual([{ boot: 'r', n: 0 }])
    outcomes[1]?.reject(new UsherError('store.full'))
    await expect(sent[1]).rejects.toThrow()
    clock.advance(50)
    const again = send('event/zone.count', { ...count, boot: 'r', n: 1 })
    outcomes[3]?.resolve()
    await again
    clock.advance(50)
    expect(acks().at(-1)).toEqual({ boot: 'r', n: 2 })
  })

  test('is said again for a repeat, and begins anew with a new start of the device', async () => {
    const { send, acks, clock } = build()
    await send('event/zone.count', { ...count, boot: 'r', n: 1 })
    clock.advance(50)
    await send('event/zone.count', { ...count, boot: 'r', n: 1 })
    clock.advance(50)
    await send('event/zone.count', { ...count, boot: 's', n: 0 })
    clock.advance(50)
    expect(acks()).toEqual([
      { boot: 'r', n: 1 },
      { boot: 'r', n: 1 },
      { boot: 's', n: 0 },
    ])
  })

  test('covers what was answered with an error, too', async () => {
    const { send, acks, clock } = build()
    await send('event/zone.count', { boot: 'r', n: 0 })
    clock.advance(50)
    expect(acks()).toEqual([{ boot: 'r', n: 0 }])
  })
})

describe('telemetry', () => {
  const states = (inputs: readonly Input[]) =>
    inputs.map(({ body }) => (body.kind === 'state' ? body.state : body.kind))

  test('is joined, and journalled at most once a second', async () => {
    const { send, inputs, clock } = build()
    await send('state', { battery: { percent: 80, charging: false }, boot: 'r', n: 1 }, { qos: 0 })
    await send('state', { busy: true }, { qos: 0 })
    await send('state', { battery: { percent: 78, charging: false } }, { qos: 0 })
    clock.advance(999)
    expect(inputs).toHaveLength(1)
    clock.advance(1)
    expect(states(inputs)).toEqual([
      { battery: { percent: 80, charging: false } },
      { busy: true, battery: { percent: 78, charging: false } },
    ])
    expect(inputs.every(({ numbering }) => numbering === undefined)).toBe(true)
  })

  test('that changes nothing is dropped, but comes now and then', async () => {
    const { send, inputs, clock } = build()
    const state = { battery: { percent: 80.2, charging: false }, spot: { pose: { map: 'm', x: 1, y: 1 } } }
    await send('state', state, { qos: 0 })
    for (let second = 0; second < 29; second++) {
      clock.advance(1_000)
      await send(
        'state',
        { ...state, battery: { percent: 80.9, charging: false }, spot: { pose: { map: 'm', x: 1.2, y: 1 } } },
        { qos: 0 },
      )
    }
    expect(inputs).toHaveLength(1)
    clock.advance(1_000)
    await send('state', state, { qos: 0 })
    expect(inputs).toHaveLength(2)
  })

  test('that changes nothing never lets a device that keeps its heartbeat look silent', async () => {
    const heartbeatMs = 10_000
    const { send, inputs, clock } = build({ heartbeatMs })
    const journalledAt: number[] = []
    for (let at = 0; at <= 120_000; at += heartbeatMs) {
      await send('state', { health: { level: 'ok' } }, { qos: 0 })
      if (inputs.length > journalledAt.length) journalledAt.push(at)
      // A little early, as real timers may be.
      clock.advance(heartbeatMs - 1)
    }
    const gaps = journalledAt.slice(1).map((at, index) => at - (journalledAt[index] ?? 0))
    // Three heartbeats without a word count as silence.
    expect(Math.max(...gaps)).toBeLessThan(3 * heartbeatMs)
  })

  test.each([
    ['a step', { spot: { pose: { map: 'm', x: 2, y: 1 } } }],
    ['another place', { spot: { place: 'door' } }],
    ['the charger', { battery: { percent: 80, charging: true } }],
    ['a fault', { health: { level: 'faulted', reasons: ['motor'] } }],
    ['being stuck', { blocked: true }],
  ])('%s is news', async (_what, change) => {
    const { send, inputs, clock } = build()
    await send(
      'state',
      { battery: { percent: 80, charging: false }, spot: { pose: { map: 'm', x: 1, y: 1 } } },
      { qos: 0 },
    )
    clock.advance(1_000)
    await send('state', change, { qos: 0 })
    expect(inputs).toHaveLength(2)
  })

  test('at QoS 1 is journalled always, and older news do not overwrite it', async () => {
    const { send, inputs, clock } = build()
    await send('state', { busy: false }, { qos: 0 })
    await send('state', { busy: true, willing: true }, { qos: 0 })
    await send('state', { busy: false, boot: 'r', n: 2 })
    await send('state', { busy: false, boot: 'r', n: 3 })
    clock.advance(2_000)
    expect(states(inputs)).toEqual([
      { busy: false },
      { busy: false, boot: 'r', n: 2 },
      { busy: false, boot: 'r', n: 3 },
      { willing: true },
    ])
  })

  test('of a task is joined, and forgotten when the task has ended', async () => {
    const { send, inputs, clock } = build()
    const progress = (percent: number) =>
      send('task/t1/report', { attempt: 1, epoch: 1, status: 'progress', progress: { percent } }, { qos: 0 })
    await progress(10)
    await progress(20)
    await progress(30)
    clock.advance(1_000)
    await progress(40)
    await send('task/t1/report', { attempt: 1, epoch: 1, status: 'done' })
    clock.advance(5_000)
    expect(
      inputs.map(
        ({ body }) => body.kind === 'report' && (body.report.progress?.['percent'] ?? body.report.status),
      ),
    ).toEqual([10, 30, 'done'])
  })
})
