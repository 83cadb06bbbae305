import { describe, expect, it } from 'vitest'
import { flows } from '#flows/index.ts'
import { greetedVisits } from './figures.ts'
import { judge } from './invariants.ts'
import { type Day, liveOneDay } from './world.ts'

describe('simulated days', () => {
  it('break no promise under troubles of line, disk, clock, hub and devices', {
    timeout: 120_000,
  }, async () => {
    let greeted = 0
    let starts = 0
    for (let seed = 1; seed <= 12; seed++) {
      const day = await liveOneDay(String(seed), { flows })
      expect(await judge(day), `npm run test:sim -- --seeds 1 --from ${seed}`).toEqual([])
      greeted += greetedVisits(day.logs)
      starts += day.starts
    }
    expect(greeted).toBeGreaterThan(10)
    expect(starts).toBeGreaterThan(20)
  })

  it('are the same twice for the same seed', async () => {
    const digests = await Promise.all(
      ['7', '7'].map(async (seed) => {
        const { disk } = await liveOneDay(seed, { flows, visitors: 6, troubledMs: 60_000 })
        return disk.branches.get('sim')?.head
      }),
    )
    expect(digests[0]).toEqual(digests[1])
  })
})

describe('the judge', () => {
  const quietDay = () => liveOneDay('quiet', { flows, visitors: 4, troubledMs: 40_000 })
  const withLog = (day: Day, ...more: Day['logs']): Day => ({ ...day, logs: [...day.logs, ...more] })
  const about = { at: 1, device: 'robot-1', boot: 'b' }
  const act = {
    ...about,
    kind: 'begun' as const,
    attempt: 1,
    epoch: 1,
    capability: 'greet',
    visit: 'v-1-1-0',
  }

  it('sees a visit greeted twice, an event lost, and a journal that was changed', async () => {
    const day = await quietDay()
    expect(await judge(day)).toEqual([])
    const twice = withLog(day, { ...act, task: 'x-1' }, { ...act, task: 'x-2' })
    expect((await judge(twice)).join('\n')).toContain('greeted twice')
    const payload = '{}'
    const lost = withLog(day, {
      ...about,
      device: 'camera-1',
      kind: 'acknowledged',
      n: 999_999,
      topic: 'usher/v1/sim/camera-1/event/zone.count',
      payload,
    })
    expect((await judge(lost)).join('\n')).toContain('acknowledged and lost')
    const branch = day.disk.branches.get('sim')
    branch?.entries.splice(3, 1)
    expect((await judge(day)).join('\n')).toContain('the chain is broken')
  })
})
