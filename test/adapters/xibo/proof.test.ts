/** Proof of play, read back: which task it belongs to, late rows, many rows, rows told once, whatever happens in between. */
import { describe, expect, test } from 'vitest'
import { isLater, Ledger } from '#adapters/xibo/ledger.ts'
import { createFleetingProofMemory } from '#adapters/xibo/proof-memory.ts'
import { createStand, promotion, until } from './support/stand.ts'

const minutes = 60_000
const ended = (agoMs: number) => ({ fromMs: Date.now() - agoMs - 20_000, toMs: Date.now() - agoMs })
/** As if it had run for long, with a promotion of half an hour ago. */
const memoryWith = (more: object = {}) => {
  const memory = createFleetingProofMemory()
  memory.write({ sinceMs: Date.now() - 3 * 86_400_000, told: [], shows: [], ...more })
  return memory
}
const stats = (events: readonly Record<string, unknown>[]) => events.map(({ stat }) => stat)

describe.concurrent('proof of play', () => {
  test('of a promotion comes back with its task', async ({ onTestFinished }) => {
    const stand = await createStand()
    onTestFinished(() => stand.stop())
    const { task, ended: over } = stand.give('promote', promotion(300))
    await over()
    const [event] = await until(() => {
      expect(stand.events()).toHaveLength(1)
      return stand.events()
    })
    expect(event).toMatchObject({ display: 1, layout: 20, plays: 1, task })
    const { from, to } = event as { from: string; to: string }
    expect(Math.abs(Date.parse(to) - Date.now())).toBeLessThan(5_000)
    expect(Date.parse(from)).toBeLessThanOrEqual(Date.parse(to))
  })

  test('that a display hands in when it is back again, hours later, still finds its task', async ({
    onTestFinished,
  }) => {
    const span = ended(5 * 60 * minutes)
    const shows = [
      { device: 'screen-1', task: 'task-old', layoutId: 21, fromMs: span.fromMs, toMs: span.toMs },
    ]
    const stand = await createStand({ proofMemory: memoryWith({ shows }) })
    onTestFinished(() => stand.stop())
    stand.cms.addStat(1, 21, span)
    await until(() => expect(stand.events()).toMatchObject([{ task: 'task-old', shownForMs: 20_000 }]))
  })

  test('of other layouts is nobody’s business; of other tasks it has no task', async ({ onTestFinished }) => {
    const stand = await createStand({ proofMemory: memoryWith() })
    onTestFinished(() => stand.stop())
    stand.cms.addStat(1, 10, ended(minutes))
    stand.cms.addStat(1, 21, ended(minutes))
    await until(() => expect(stand.events()).toHaveLength(1))
    expect(stand.events()[0]).not.toHaveProperty('task')
  })

  test('of a display whose clock is ahead is read, too', async ({ onTestFinished }) => {
    const stand = await createStand({ proofMemory: memoryWith() })
    onTestFinished(() => stand.stop())
    stand.cms.addStat(1, 21, ended(-120 * minutes))
    await until(() => expect(stand.events()).toHaveLength(1))
  })

  test('of a row that claims to be shown for ever keeps nobody from the next ones', async ({
    onTestFinished,
  }) => {
    const stand = await createStand({ proofMemory: memoryWith() })
    onTestFinished(() => stand.stop())
    const fromMs = Date.now() - minutes
    stand.cms.addStat(1, 21, { fromMs, toMs: fromMs + 8e18 })
    stand.cms.addStat(1, 21, ended(minutes))
    await until(() => expect(stand.events()).toContainEqual(expect.objectContaining({ shownForMs: 20_000 })))
  })

  test('is told once, also when the adapter starts anew', async ({ onTestFinished }) => {
    const memory = memoryWith()
    const first = await createStand({ proofMemory: memory })
    const id = first.cms.addStat(1, 21, ended(minutes))
    await until(() => expect(stats(first.events())).toEqual([String(id)]))
    await first.stop()
    const second = await createStand({ proofMemory: memory })
    onTestFinished(() => second.stop())
    second.cms.addStat(1, 21, { ...ended(minutes), id })
    second.cms.addStat(1, 21, { ...ended(minutes), id: id + 1 })
    await until(() => expect(stats(second.events())).toEqual([String(id + 1)]))
  })

  test('of a row that becomes visible after a later one is not missed', async ({ onTestFinished }) => {
    const stand = await createStand({ proofMemory: memoryWith() })
    onTestFinished(() => stand.stop())
    stand.cms.addStat(1, 21, { ...ended(minutes), id: 2_002 })
    await until(() => expect(stats(stand.events())).toEqual(['2002']))
    stand.cms.addStat(1, 21, { ...ended(minutes), id: 2_001 })
    await until(() => expect(stats(stand.events())).toEqual(['2002', '2001']))
  })

  test('of more rows than come at once is read page by page', async ({ onTestFinished }) => {
    const stand = await createStand({
      proofMemory: memoryWith(),
      prepare: ({ cms }) => {
        for (let index = 0; index < 450; index += 1) cms.addStat(1, 21, ended(minutes))
      },
    })
    onTestFinished(() => stand.stop())
    await until(() => expect(stand.events()).toHaveLength(450))
    expect(new Set(stats(stand.events())).size).toBe(450)
  })

  test('goes on from now where the CMS counts anew', async ({ onTestFinished }) => {
    const stand = await createStand({ proofMemory: memoryWith({ floor: '65f0c0ffee65f0c0ffee65f0' }) })
    onTestFinished(() => stand.stop())
    await until(() =>
      expect(stand.lines.map(({ text }) => text)).toContain(
        'the CMS counts its proof of play anew: what was not read yet is left out',
      ),
    )
    stand.cms.addStat(1, 21, { fromMs: Date.now(), toMs: Date.now() + 5_000 })
    await until(() => expect(stand.events()).toHaveLength(1))
  })

  test('that cannot be read is said once, and read later', async ({ onTestFinished }) => {
    const stand = await createStand({
      config: { answerMs: 800, proofEveryMs: 100 },
      proofMemory: memoryWith(),
    })
    onTestFinished(() => stand.stop())
    stand.cms.addStat(1, 21, ended(minutes))
    const forbidden = { answer: { status: 403, body: { message: 'Access to this route is denied' } } }
    stand.trouble({ times: 3, path: '/api/stats', how: forbidden })
    await until(() => expect(stand.events()).toHaveLength(1))
    const texts = stand.lines.map(({ text }) => text).filter((text) => text.includes('proof of play'))
    expect(texts).toEqual(['the proof of play cannot be read', 'the proof of play can be read again'])
  })
})

describe('the ledger', () => {
  test('keeps ids in the order in which they were given, numbers and object ids alike', () => {
    expect(isLater('10', '9')).toBe(true)
    expect(isLater('99', '100')).toBe(false)
    expect(isLater('65f0c0ffee65f0c0ffee65f1', '65f0c0ffee65f0c0ffee65f0')).toBe(true)
  })

  test('forgets single rows when they have settled, and knows them by the floor from then on', () => {
    const ledger = new Ledger({ sinceMs: 0, told: [], shows: [] })
    ledger.note(['7', '8'], 1_000)
    ledger.note(['9'], 500_000)
    expect(ledger.known()).toMatchObject({ floor: '8', told: [{ id: '9' }] })
    const row = (id: string) => ({
      id,
      displayId: 1,
      layoutId: 1,
      campaignId: 1,
      numberPlays: 1,
      duration: 1,
      start: 1,
      end: 1,
    })
    expect(['7', '8', '9', '10'].map((id) => ledger.isNews(row(id)))).toEqual([false, false, false, true])
  })

  test('gives a play to the task that it overlaps most', () => {
    const ledger = new Ledger({ sinceMs: 0, told: [], shows: [] })
    const show = { device: 'screen-1', layoutId: 20 }
    ledger.remember({ ...show, task: 'one', fromMs: 0, toMs: 20_000 }, 86_400_000)
    ledger.remember({ ...show, task: 'two', fromMs: 25_000, toMs: 45_000 }, 86_400_000)
    const taskAt = (fromMs: number, toMs: number) => ledger.taskOf('screen-1', { layoutId: 20, fromMs, toMs })
    expect(taskAt(1_000, 21_000)).toBe('one')
    expect(taskAt(24_000, 44_000)).toBe('two')
    expect(taskAt(200_000, 220_000)).toBeUndefined()
    expect(ledger.taskOf('screen-2', { layoutId: 20, fromMs: 0, toMs: 20_000 })).toBeUndefined()
  })
})
