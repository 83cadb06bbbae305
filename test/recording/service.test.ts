/** Several sales at once, no room for one more, and an end at any moment: by sales that are set, over a vault on disk. */
import { readdirSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { chainOf, chainStart, type PagePiece } from '#hub/recording/page-copies.ts'
import { createRecordingService, type RecordingService } from '#hub/recording/service.ts'
import { RecordingSettings } from '#hub/recording/settings.ts'
import { manifestOf, verifyRecording } from '#hub/recording/verify.ts'
import { MadeVault, participants, piecesOf } from './support/made.ts'
import { MadeSales } from './support/made-sales.ts'

const [customer] = participants
let made: MadeVault
let sales: MadeSales
let service: RecordingService

const noted: object[] = []
const errors: string[] = []

const waiting = new Map<unknown, number>()
/** Waiting takes a hundredth of its time. */
const clock = {
  monotonicMs: () => performance.now() * 100,
  after: (delayMs: number, callback: () => void) => {
    const timer = setTimeout(() => {
      waiting.delete(timer)
      callback()
    }, delayMs / 100)
    waiting.set(timer, delayMs)
    return () => {
      waiting.delete(timer)
      clearTimeout(timer)
    }
  },
  wallMs: () => Date.now(),
  soon: (callback: () => void) => void setImmediate(callback),
}

const serve = async (settings: Partial<RecordingSettings> = {}) => {
  service = createRecordingService({
    branch: 'demo',
    vault: made.vault,
    settings: RecordingSettings.parse({ freeBytesMin: 0, ...settings }),
    sales,
    seats: { seat: () => Promise.reject(new Error('there is no call')), changed: () => undefined },
    clock,
    note: async (what) => void noted.push(what),
    keepOutcome: async () => undefined,
    log: { error: (_, text) => void errors.push(text), warn: () => undefined },
  })
  await service.start()
}

beforeEach(async () => {
  made = await new MadeVault().open()
  sales = new MadeSales()
  noted.length = 0
  errors.length = 0
})
afterEach(async () => {
  await service.stop()
  made.close()
})

/** As the page of the customer would send them. */
const pagePieces = (part: string, toMs: number): readonly PagePiece[] => {
  let chain = chainStart
  return piecesOf({ from: 0, to: toMs }).map(({ seq, type, bytes }) => {
    chain = chainOf(chain, bytes)
    return { participant: customer, part, seq, ageMs: 0, type, chain, bytes }
  })
}
const isRunning = (id: string) => {
  try {
    return service.running(id) !== undefined
  } catch {
    return false
  }
}
const begin = async (id: string) => {
  sales.set(id, { state: 'recording' })
  await expect.poll(() => isRunning(id)).toBe(true)
}
const end = async (id: string) => {
  sales.set(id, { state: 'sealing' })
  service.running(id).pageSays(customer, 'end')
  await expect.poll(() => sales.sale(id)?.state).toBe('over')
}

test('two at once are two: files, keys and seals of their own', async () => {
  await serve()
  await Promise.all([begin('sale-1'), begin('sale-2')])
  const [first, second] = [pagePieces('part-of-1', 4_000), pagePieces('part-of-2', 6_000)]
  for (const [at, piece] of second.entries()) {
    const other = first[at]
    await Promise.all([
      service.running('sale-2').takePage(piece),
      other && service.running('sale-1').takePage(other),
    ])
  }
  await end('sale-1')
  expect(service.running('sale-2')).toBeDefined()
  await end('sale-2')
  const chunks = async (id: string) => (await manifestOf(made.vault, id)).files.flatMap((file) => file.chunks)
  for (const [id, pieces] of [
    ['sale-1', first],
    ['sale-2', second],
  ] as const) {
    expect(await verifyRecording(made.vault, id, sales.sale(id)?.sealed?.manifest)).toEqual([])
    expect((await chunks(id)).map(({ bytes }) => bytes)).toEqual(pieces.map(({ bytes }) => bytes.length))
  }
  expect(await made.vault.keyOf('sale-1')).not.toEqual(await made.vault.keyOf('sale-2'))
})

test('as many at once as may be, also where they come together; the next begins when one has ended', async () => {
  await serve({ atOnceMax: 1 })
  sales.set('sale-1', { state: 'recording' })
  sales.set('sale-2', { state: 'starting' })
  await expect.poll(() => sales.statesOf('sale-2', 'hub')).toContain('lost recording.busy')
  await expect.poll(() => isRunning('sale-1')).toBe(true)
  expect(() => service.running('sale-2')).toThrow(expect.objectContaining({ code: 'hub.busy' }))
  expect(await made.vault.list()).toEqual(['sale-1'])
  await end('sale-1')
  await expect.poll(() => isRunning('sale-2')).toBe(true)
})

test.each<[string, Partial<RecordingSettings>]>([
  ['the disk is for the journal', { freeBytesMin: Number.MAX_SAFE_INTEGER }],
  ['recordings have had their share', { bytesMax: 1_000 }],
])('%s: none begins, and what is kept stays', async (_, settings) => {
  await made.seal(await made.record('kept', 2_000, { 'hub kiosk:k-1': [{ from: 0, to: 2_000 }] }))
  await serve(settings)
  sales.set('sale-1', { state: 'starting' })
  await expect.poll(() => sales.statesOf('sale-1', 'hub')).toContain('lost recording.no-space')
  expect(await made.vault.list()).toEqual(['kept'])
  expect(await verifyRecording(made.vault, 'kept')).toEqual([])
})

test('what a full disk did not let be told is told in its order', async () => {
  sales.refuses = 3
  await serve({ atOnceMax: 1 })
  await begin('sale-1')
  service.running('sale-1').pageSays(customer, 'ready')
  await expect.poll(() => sales.statesOf('sale-1', `page:${customer}`)).toEqual(['starting', 'on'])
  expect(sales.refuses).toBe(0)
})

test('a sale that ends before anything was recorded is sealed as what it is: nothing', async () => {
  await serve()
  sales.set('sale-1', { state: 'starting' })
  await expect.poll(() => isRunning('sale-1')).toBe(true)
  await end('sale-1')
  const { files, spans } = await manifestOf(made.vault, 'sale-1')
  expect({ files, spans }).toEqual({ files: [], spans: [] })
  expect(await verifyRecording(made.vault, 'sale-1', sales.sale('sale-1')?.sealed?.manifest)).toEqual([])
})

test('a hub that stops waits for no page: the next start goes on with it', async () => {
  await serve({ sealWaitMs: 3_600_000 })
  await begin('sale-1')
  const [head] = pagePieces('part-of-1', 4_000) as [PagePiece]
  await service.running('sale-1').takePage(head)
  sales.set('sale-1', { state: 'sealing' })
  // How often it looks whether the pages are done.
  await expect.poll(() => [...waiting.values()], { interval: 1 }).toContain(200)
  await service.stop()
  await expect.poll(() => waiting.size).toBe(0)
  expect((await made.vault.record('sale-1')).state).toBe('open')
})

test('a piece that comes while it is sealed is refused, and is nowhere', async () => {
  await serve()
  await begin('sale-1')
  const running = service.running('sale-1')
  const [head, next] = pagePieces('part-of-1', 4_000) as [PagePiece, PagePiece]
  await running.takePage(head)
  await end('sale-1')
  await expect(running.takePage(next)).rejects.toMatchObject({ code: 'recording.closed' })
  running.transcript([{ said: 'too late' }])
  await expect.poll(() => errors).toContain('a recording lost a piece')
  expect(await verifyRecording(made.vault, 'sale-1')).toEqual([])
})

test('a page that begins again and again holds one file open', async () => {
  await serve()
  await begin('sale-1')
  const opened = () => readdirSync('/proc/self/fd').length
  const before = opened()
  for (let n = 0; n < 40; n += 1) {
    const [head] = pagePieces(`part-${n}-of-1`, 1_000)
    await service.running('sale-1').takePage(head as PagePiece)
  }
  await expect.poll(opened).toBeLessThan(before + 5)
})
