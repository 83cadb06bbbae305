/** A record of the commit log is whole or it is none: cut off or written over at any byte, and in any lap. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batchText, parseBatchText } from '#hub/store/batch-text.ts'
import { frameBytes, hasRecordAfter, readRecord, writeRecord } from '#hub/store/log-record.ts'
import { headerBytes, makeStamp, readHeader, writeHeader } from '#hub/store/log-segment.ts'
import { type PackedBatch, packBatch } from '#hub/store/pack.ts'
import { batchOn, change, start, task } from './batches.ts'

const stamp = makeStamp(7, 0xfeed)
const written = (text: string, before = 0, own = stamp) => {
  const bytes = Buffer.alloc(before + frameBytes + Buffer.byteLength(text))
  expect(writeRecord(bytes, before, { text, stamp: own })).toBe(bytes.length - before)
  return bytes
}
const text = fc.string({ unit: 'grapheme', maxLength: 300 })

describe('a record', () => {
  it('gives back any text, and says where the next one begins', () => {
    fc.assert(
      fc.property(text, fc.nat(50), (content, before) => {
        const bytes = written(content, before)
        expect(readRecord(bytes, before, stamp)).toEqual({ text: content, end: bytes.length })
      }),
    )
  })

  it('is not written where it does not fit', () => {
    expect(writeRecord(Buffer.alloc(frameBytes + 5), 0, { text: 'äää', stamp })).toBe(-1)
    expect(writeRecord(Buffer.alloc(frameBytes + 6), 0, { text: 'äää', stamp })).toBe(frameBytes + 6)
  })

  it('is none when any one byte is another, or it is cut off anywhere', () => {
    const bytes = written('{"body":{"kind":"event","name":"visitor.detected"}}')
    for (let at = 0; at < bytes.length; at++) {
      const damaged = Buffer.from(bytes)
      damaged[at] = (damaged[at] ?? 0) ^ 0x10
      expect(readRecord(damaged, 0, stamp)).toBeNull()
      expect(readRecord(bytes.subarray(0, at), 0, stamp)).toBeNull()
    }
  })

  it('of an earlier lap is none, also where it is torn over by a later one', () => {
    const before = written(
      'what the lap before left, which is longer than what is new',
      0,
      makeStamp(5, 0xfeed),
    )
    expect(readRecord(before, 0, stamp)).toBeNull()
    expect(readRecord(before, 0, makeStamp(5, 0xbeef))).toBeNull()
    const later = written('what is new')
    for (let torn = 0; torn <= later.length; torn++) {
      const bytes = Buffer.from(before)
      later.copy(bytes, 0, 0, torn)
      expect(readRecord(bytes, 0, stamp)?.text).toBe(torn === later.length ? 'what is new' : undefined)
    }
  })

  it('is found behind damage, wherever it begins', () => {
    fc.assert(
      fc.property(text, text, (first, second) => {
        const one = written(first)
        const bytes = Buffer.concat([one, written(second)])
        bytes[frameBytes - 1] = (bytes[frameBytes - 1] ?? 0) ^ 1
        expect(hasRecordAfter(bytes, 0, stamp)).toBe(true)
        expect(hasRecordAfter(bytes.subarray(0, bytes.length - 1), 0, stamp)).toBe(false)
      }),
    )
  })
})

it('the beginning of a lap is whole or it is none', () => {
  const bytes = Buffer.alloc(headerBytes)
  writeHeader(bytes, stamp)
  expect(readHeader(bytes)).toEqual({ lap: 7, stamp })
  for (let at = 0; at < 24; at++) {
    const damaged = Buffer.from(bytes)
    damaged[at] = (damaged[at] ?? 0) ^ 1
    expect(readHeader(damaged)).toBeNull()
  }
  expect(readHeader(Buffer.alloc(headerBytes))).toBeNull()
})

describe('a batch as text', () => {
  const head = { branch: 'b', epoch: 3, seq: 41, at: start, hash: '' }
  it('comes back as it was packed', () => {
    const batch = packBatch(
      batchOn(head, {
        entries: 3,
        cause: 't-1/1',
        decisions: [{ visit: 'v', task: 't-1' }, { zone: '入口' }],
        changes: [
          change('zones', { a: { n: 1 }, '-2': null, '': '', gone: undefined, known: 5 }, ['known']),
          change('claims', { 'greet:v': { task: 't' }, held: { until: 1 }, left: undefined }, ['held']),
          change('endedTasks', { 't-1': task('t-1', { visit: 'v', phase: 'done' }) }),
        ],
      }),
    )
    expect(batch.born).toEqual([1, 1, 1, 0])
    expect(parseBatchText(batchText(batch))).toEqual(batch)
  })

  it('comes back whatever the cells hold', () => {
    const cell = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.constant(null))
    const entry = fc.record({
      at: fc.nat(),
      kind: fc.string(),
      device: fc.option(fc.string()),
      cause: fc.option(fc.string()),
      body: fc.string({ unit: 'grapheme' }),
    })
    const cells = (columns: number) =>
      fc.array(fc.array(cell, { minLength: columns, maxLength: columns })).map((rows) => rows.flat())
    const words = fc.array(fc.string())
    const packed: fc.Arbitrary<PackedBatch> = fc
      .record({
        branch: fc.string(),
        epoch: fc.nat(),
        fromSeq: fc.nat(),
        entries: fc.array(entry),
        decisions: cells(9),
        put: cells(3),
        dropped: cells(2),
        claimsAdded: cells(2),
        claimsChanged: fc.array(fc.tuple(fc.string(), fc.string())),
        claimsDropped: words,
        ended: cells(6),
      })
      .map((batch) => ({
        ...batch,
        entries: batch.entries.map((one, i) => ({ ...one, seq: batch.fromSeq + 1 + i })),
        born: batch.put.filter((_, i) => i % 3 === 0).map((_, i) => (i % 2) as 0 | 1),
      }))
    fc.assert(
      fc.property(packed, (batch) => {
        expect(parseBatchText(batchText(batch))).toEqual(batch)
      }),
    )
  })
})
