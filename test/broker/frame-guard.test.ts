/** The guard in front of a connection: it loses nothing, changes nothing, and lets through no more than allowed. */
import { Duplex, PassThrough } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type FrameViolation, guardFrames } from '#hub/broker/frame-guard.ts'
import { type BrokerLimits, brokerLimits } from '#hub/broker/limits.ts'
import { createManualClock } from './manual-clock.ts'
import { packets } from './packets.ts'

const build = (limits: Partial<BrokerLimits> = {}) => {
  const clock = createManualClock()
  const conn = new PassThrough({ highWaterMark: 1_048_576 })
  const violations: FrameViolation[] = []
  const guard = guardFrames(conn, {
    clock,
    limits: brokerLimits(limits),
    onViolation: (code) => violations.push(code),
  })
  const read = () => conn.read(undefined) as Buffer | null
  return { clock, conn, guard, violations, read }
}

const connect = packets.connect('b1/cam1')
const publish = (n: number) => packets.publish('usher/v1/b1/cam1/event/zone.count', 'x'.repeat(n))

describe('the frame guard', () => {
  test('hands on every byte once and in order, however the stream is cut and whoever asks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(300), { minLength: 1, maxLength: 30 }),
        fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 5 }),
        (sizes, cuts, packetsPerRead) => {
          const { clock, conn, guard, read, violations } = build({
            packetsPerRead,
            packetsBurst: 3,
            packetsPerSecond: 10,
          })
          const stream = Buffer.concat([connect, ...sizes.map(publish)])
          const got: Buffer[] = []
          const take = () => {
            // Node itself asks for nothing now and then, and throws away what it gets.
            expect(conn.read(0)).toBe(null)
            for (let chunk = read(); chunk !== null; chunk = read()) got.push(chunk)
          }
          let at = 0
          for (let turn = 0; at < stream.length; turn++) {
            const size = cuts[turn % cuts.length] ?? 1
            conn.write(stream.subarray(at, at + size))
            at += size
            take()
            if (turn === 2) guard.signedIn(10)
          }
          guard.signedIn(10)
          for (let second = 0; second < 40; second++) {
            clock.advance(1_000)
            take()
          }
          expect(violations).toEqual([])
          expect(Buffer.concat(got).equals(stream)).toBe(true)
        },
      ),
      { numRuns: 300, seed: 3 },
    )
  })

  test('lets nothing but the CONNECT through before the sign-in', () => {
    const { conn, guard, read } = build()
    conn.write(Buffer.concat([connect, publish(5), publish(6)]))
    expect(read()?.equals(connect)).toBe(true)
    expect(read()).toBe(null)
    guard.signedIn(200)
    expect(read()?.equals(Buffer.concat([publish(5), publish(6)]))).toBe(true)
  })

  test('ends a read after so many packets, and pauses above the rate', () => {
    const { clock, conn, guard, read } = build({ packetsPerRead: 2, packetsBurst: 3, packetsPerSecond: 10 })
    conn.write(connect)
    read()
    guard.signedIn(10)
    conn.write(Buffer.concat([1, 2, 3, 4].map(publish)))
    expect(read()?.equals(Buffer.concat([publish(1), publish(2)]))).toBe(true)
    expect(read()?.equals(publish(3))).toBe(true)
    let woken = 0
    conn.on('readable', () => woken++)
    expect(read()).toBe(null)
    woken = 0
    clock.advance(99)
    expect(woken).toBe(0)
    clock.advance(1)
    expect(woken).toBe(1)
    expect(read()?.equals(publish(4))).toBe(true)
  })

  test.each<[string, number[], FrameViolation]>([
    ['a CONNECT above the limit', [0x10, 0x80, 0x80, 0x80, 0x64], 'packet.too-large'],
    ['a fifth digit of length', [0x10, 0x80, 0x80, 0x80, 0x80], 'packet.malformed'],
    ['a packet before CONNECT', [0xc0, 0x00], 'packet.malformed'],
    ['a packet that only servers send', [0x20, 0x02], 'packet.malformed'],
    ['a reserved type', [0xf0], 'packet.malformed'],
  ])('%s closes the connection', (_what, bytes, violation) => {
    const { conn, read, violations } = build()
    conn.write(Buffer.from(bytes))
    expect(read()).toBe(null)
    expect(violations).toEqual([violation])
    expect(conn.destroyed).toBe(true)
  })

  test('fetches no more from a sender that has to wait than fits its buffer once or twice', () => {
    const clock = createManualClock()
    const portion = Buffer.concat(Array.from({ length: 400 }, () => publish(100)))
    let fetched = connect.length
    // A sender without end: whatever is asked for is there.
    const conn = new Duplex({
      readableHighWaterMark: 65_536,
      read() {
        fetched += portion.length
        this.push(portion)
      },
      write: (_chunk, _encoding, done) => done(),
    })
    const limits = brokerLimits({ packetsBurst: 5, packetsPerSecond: 10 })
    const guard = guardFrames(conn, { clock, limits, onViolation: () => undefined })
    conn.unshift(connect)
    let handled = 0
    const take = () => {
      for (let chunk = conn.read() as Buffer | null; chunk !== null; chunk = conn.read() as Buffer | null)
        handled += chunk.length
    }
    take()
    guard.signedIn(10)
    for (let tenth = 0; tenth < 1_000; tenth += 1) {
      take()
      clock.advance(100)
    }
    expect(handled).toBeGreaterThan(100_000)
    expect(fetched - handled).toBeLessThan(300_000)
  })

  test('says when the next packet has to wait, and only then', () => {
    const { clock, conn, guard, read } = build({ packetsBurst: 3, packetsPerSecond: 10 })
    let slowed = 0
    conn.write(connect)
    read()
    guard.signedIn(10, () => {
      slowed += 1
    })
    conn.write(Buffer.concat([1, 2, 3].map(publish)))
    while (read() !== null);
    expect(slowed).toBe(1)
    clock.advance(10_000)
    conn.write(publish(4))
    expect(read()).not.toBe(null)
    expect(slowed).toBe(1)
  })

  test('notices a goodbye', () => {
    const { conn, guard, read } = build()
    conn.write(connect)
    read()
    guard.signedIn(200)
    conn.write(packets.disconnect())
    expect(guard.goodbye).toBe(false)
    read()
    expect(guard.goodbye).toBe(true)
  })
})
