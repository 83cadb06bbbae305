/** What devices send becomes an input once, or is answered with a code and kept out of the journal. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UsherError } from '#protocol/errors.ts'
import { buildIngress as build, count } from './ingress-support.ts'

describe('a good message', () => {
  test('becomes an input, with its number and without what sensors add', async () => {
    const { send, inputs } = build()
    await send('event/zone.count', { ...count, boot: 'r1', n: 4, faces: ['…'] })
    expect(inputs).toEqual([
      {
        body: { kind: 'event', device: 'cam1', name: 'zone.count', data: count },
        numbering: { boot: 'r1', n: 4 },
      },
    ])
  })

  test('of every kind is taken', async () => {
    const { send, inputs, errors } = build()
    await send('presence', { status: 'online' }, { retain: true })
    await send('manifest', { kind: 'camera', vendor: 'v', model: 'm' }, { retain: true })
    await send('state', { busy: true })
    await send('task/t-1/report', { attempt: 2, epoch: 1, status: 'done' })
    await send('event/x-acme-wave', { hand: 'left', boot: 'r', n: 1 })
    expect(errors()).toEqual([])
    expect(inputs.map(({ body }) => body.kind)).toEqual(['presence', 'manifest', 'state', 'report', 'event'])
    expect(inputs[3]?.cause).toBe('t-1/2')
    expect(inputs[4]?.body).toMatchObject({ name: 'x-acme-wave', data: { hand: 'left' } })
  })

  test('without a number is taken and counted', async () => {
    const { send, counts } = build()
    await send('event/zone.count', count)
    expect(counts.get('message.unnumbered')).toBe(1)
  })

  test('is settled when committed, not before', async () => {
    let commit = () => undefined as void
    const { send } = build({ submit: () => new Promise<void>((resolve) => (commit = resolve)) })
    let isSettled = false
    const sent = send('event/zone.count', count).then(() => (isSettled = true))
    await Promise.resolve()
    expect(isSettled).toBe(false)
    commit()
    await sent
  })

  test('on a stream goes to whoever watches, and never into the journal', async () => {
    const { send, inputs, streams } = build()
    await send('stream/pose', { x: 1 }, { qos: 0 })
    expect(inputs).toEqual([])
    expect(streams).toEqual([['cam1', 'pose', { x: 1 }]])
  })
})

describe('a bad message', () => {
  const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
  test.each<[string, string, string | Buffer, string]>([
    ['no JSON', 'event/zone.count', 'hello', 'payload.not-json'],
    ['nothing', 'event/zone.count', '', 'payload.not-json'],
    ['a byte order mark', 'event/zone.count', `\uFEFF${JSON.stringify(count)}`, 'payload.not-json'],
    [
      'bytes that are not UTF-8',
      'event/zone.count',
      Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
      'payload.not-json',
    ],
    ['half of a surrogate pair', 'event/x-a', '{"a":"\\ud800"}', 'payload.not-json'],
    ['NaN', 'event/zone.count', '{"zone":"z","count":NaN}', 'payload.not-json'],
    ['a number without end', 'event/zone.count', '{"zone":"z","count":1e400}', 'payload.invalid'],
    ['a number without end, vendor-defined', 'event/x-a', '{"v":-1e400}', 'payload.invalid'],
    ['a fraction', 'event/zone.count', '{"zone":"z","count":1.5}', 'payload.invalid'],
    ['a negative count', 'event/zone.count', '{"zone":"z","count":-1}', 'payload.invalid'],
    ['text for a number', 'event/zone.count', '{"zone":"z","count":"3"}', 'payload.invalid'],
    ['a missing field', 'event/zone.count', '{"zone":"z"}', 'payload.invalid'],
    ['a name that is none', 'event/zone.count', '{"zone":"Z; drop table","count":1}', 'payload.invalid'],
    ['a list', 'event/zone.count', '[]', 'payload.invalid'],
    ['null', 'event/zone.count', 'null', 'payload.invalid'],
    ['a key that comes twice', 'event/zone.count', '{"zone":"a","zone":"b","count":1}', 'payload.invalid'],
    [
      'the same key, escaped',
      'event/zone.count',
      '{"zone":"a","\\u007aone":"b","count":1}',
      'payload.invalid',
    ],
    ['a prototype', 'event/x-a', '{"__proto__":{"admin":true}}', 'payload.invalid'],
    ['a prototype further down', 'event/x-a', '{"a":[{"__proto__":1}]}', 'payload.invalid'],
    ['too much depth', 'event/x-a', deep(17), 'payload.too-deep'],
    [
      'depth without end',
      'event/x-a',
      `{"a":${'['.repeat(30_000)}${']'.repeat(30_000)}}`,
      'payload.too-deep',
    ],
    ['too many bytes', 'event/x-a', JSON.stringify({ a: 'x'.repeat(65_536) }), 'payload.too-large'],
    ['an unknown event', 'event/visitor.cloned', '{}', 'event.unknown'],
    ['an inherited name', 'event/constructor', '{}', 'event.unknown'],
    [
      'control characters in text',
      'task/t1/report',
      '{"attempt":1,"epoch":1,"status":"failed","note":"a\\u0007b"}',
      'payload.invalid',
    ],
    [
      'a bad number of its own',
      'event/zone.count',
      '{"zone":"z","count":1,"boot":"r","n":-1}',
      'payload.invalid',
    ],
    ['an unknown topic', 'events/zone.count', '{}', 'topic.unknown'],
    ['a topic of the hub', 'config', '{}', 'topic.unknown'],
  ])('%s is answered, counted and kept out', async (...row) => {
    const [, rest, payload, code] = row
    const { send, inputs, published, counts } = build()
    await send(rest, payload)
    expect(inputs).toEqual([])
    expect(published).toEqual([
      {
        topic: 'usher/v1/b1/cam1/error',
        payload: expect.objectContaining({ code, topic: `usher/v1/b1/cam1/${rest}` }) as unknown,
      },
    ])
    expect(counts.get(code)).toBe(1)
  })

  test('depth up to the limit is fine', async () => {
    const { send, inputs } = build()
    await send('event/x-a', deep(16))
    expect(inputs).toHaveLength(1)
  })

  test('that is retained where it may not be is answered', async () => {
    const { send, errors, inputs } = build()
    await send('event/zone.count', count, { retain: true })
    expect(errors()).toEqual(['topic.retain'])
    expect(inputs).toEqual([])
  })

  test('names the message by its number', async () => {
    const { send, published } = build()
    await send('event/zone.count', { zone: 'z', boot: 'r', n: 7 })
    expect(published[0]?.payload).toMatchObject({ code: 'payload.invalid', boot: 'r', n: 7 })
    expect(String(published[0]?.payload['text'])).toContain('count')
  })

  test('too often in a minute ends the connection', async () => {
    const { send, disconnected, clock } = build({ limits: { badMessagesPerMinute: 3 } })
    for (let time = 0; time < 3; time++) await send('event/zone.count', '{}')
    clock.advance(60_001)
    await send('event/zone.count', '{}')
    await Promise.resolve()
    expect(disconnected).toEqual([])
    for (let time = 0; time < 3; time++) await send('event/zone.count', '{}')
    await Promise.resolve()
    await Promise.resolve()
    expect(disconnected).toEqual(['cam1'])
  })

  test('is never an input and never throws, whatever its bytes are', async () => {
    const { arrive, inputs, published } = build({ limits: { badMessagesPerMinute: 10_000 } })
    const rest = fc.constantFrom(
      'presence',
      'manifest',
      'state',
      'event/zone.count',
      'event/queue.snapshot',
      'event/visitor.detected',
      'task/t1/report',
      'enrol',
    )
    const payload = fc.oneof(
      fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
      fc.json({ maxDepth: 4 }).map((text) => Buffer.from(text)),
      fc
        .record({ zone: fc.anything(), count: fc.anything(), status: fc.anything(), kind: fc.anything() })
        .map((value) => {
          try {
            return Buffer.from(
              JSON.stringify(value, (_key, one: unknown) => (typeof one === 'bigint' ? String(one) : one)) ??
                '',
            )
          } catch {
            return Buffer.alloc(0)
          }
        }),
    )
    const good = /^(entrance|[a-z0-9][a-z0-9-]{0,63})$/
    await fc.assert(
      fc.asyncProperty(rest, payload, async (name, bytes) => {
        const before = inputs.length + published.length
        await arrive({
          device: 'cam1',
          topic: `usher/v1/b1/cam1/${name}`,
          payload: bytes,
          qos: 1,
          retain: false,
        })
        const last = inputs.at(-1)
        if (last?.body.kind === 'event') expect(String(last.body.data['zone'])).toMatch(good)
        // Taken or answered, never neither (an enrolment that changes nothing is neither on purpose).
        if (name !== 'enrol') expect(inputs.length + published.length).toBe(before + 1)
      }),
      { numRuns: 2_000, seed: 7 },
    )
  })
})

describe('what the hub says', () => {
  test('a refusal for good is answered and settled', async () => {
    const { send, errors } = build({ submit: () => Promise.reject(new UsherError('report.unknown-task')) })
    await send('task/t1/report', { attempt: 1, epoch: 1, status: 'done' })
    expect(errors()).toEqual(['report.unknown-task'])
  })

  test.each(['store.full', 'hub.stopping'] as const)(
    '%s is not: the message is not acknowledged',
    async (code) => {
      const { send, errors } = build({ submit: () => Promise.reject(new UsherError(code)) })
      await expect(send('event/zone.count', count)).rejects.toMatchObject({ code })
      expect(errors()).toEqual([])
    },
  )

  test('a certificate request becomes a registry change, or is answered', async () => {
    const change = { change: 'requested', device: 'cam1', fingerprint: 'f', csr: 'c' } as const
    const taken = build({ enrol: () => Promise.resolve(change) })
    await taken.send('enrol', { csr: 'c' })
    expect(taken.inputs).toEqual([{ body: { kind: 'registry', change } }])
    const refused = build({ enrol: () => Promise.reject(new UsherError('connect.not-approved')) })
    await refused.send('enrol', { csr: 'c' })
    expect(refused.errors()).toEqual(['connect.not-approved'])
  })
})
