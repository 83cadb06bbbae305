/** Plans and reports on one running hub, as somebody at a terminal meets them. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import mqtt from 'mqtt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DayReport } from '#cli/day/day-report.ts'
import type { EffectReport } from '#cli/effect/estimate.ts'
import type { FloorReport } from '#cli/floor/floor-report.ts'
import type { ShownSwitchback } from '#hub/ops/methods/effect.ts'
import { remove, type StartedHub, scratch, startHub } from '../support.ts'

const folder = scratch()
let hub: StartedHub

beforeAll(async () => {
  hub = await startHub(folder)
}, 60_000)

afterAll(async () => {
  await hub.stop()
  remove(folder)
})

const dayFrom = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
const plan = (...words: readonly string[]) =>
  hub.usher('effect', 'plan', '--from', dayFrom(1), '--until', dayFrom(14), '--by', 'manager-1', ...words)

describe('effect', () => {
  test('is empty before there is a plan', async () => {
    expect((await hub.usher('effect', 'show')).said).toContain('No measuring plan')
    expect((await hub.usher('report', 'effect')).said).toContain('Nothing has been measured')
    expect(await hub.json('report', 'effect')).toBeNull()
    const stop = await hub.usher('effect', 'stop')
    expect([stop.code, stop.complained]).toEqual([1, expect.stringContaining('effect.none')])
  })

  test('refuses flows that people rely on, and plans that cannot be', async () => {
    const kept = await plan('--flows', 'greeting,assistance')
    expect([kept.code, kept.complained]).toEqual([1, expect.stringContaining('effect.flow-kept: ')])
    const long = await plan('--burn-in', '50m')
    expect([long.code, long.complained]).toEqual([1, expect.stringContaining('more than half')])
    const past = await plan('--from', '2020-01-06', '--until', '2020-01-10')
    expect([past.code, past.complained]).toEqual([1, expect.stringContaining('still to come')])
    expect((await plan('--weekdays', '0-9')).code).toBe(2)
  })

  test('sets a plan, shows it, keeps a second one out, and stops it', async () => {
    const { code, said } = await plan('--flows', 'greeting', '--weekdays', '1-7', '--seed', 'a')
    expect(code).toBe(0)
    expect(said).toContain('set by manager-1')
    expect(said).toContain('Now: between blocks')
    const again = await plan()
    expect([again.code, again.complained]).toEqual([1, expect.stringContaining('effect.running')])
    const shown = await hub.json<ShownSwitchback>('effect', 'show')
    expect(shown.row.plan).toMatchObject({ flows: ['greeting'], seed: 'a' })
    expect(shown.blocks).toHaveLength(14 * 8)
    const report = await hub.json<EffectReport>('report', 'effect')
    expect(report).toMatchObject({ plan: shown.row.id, tosses: 0, verdict: 'not-enough' })
    expect((await hub.usher('report', 'effect')).said).toContain('No pair of blocks has been measured yet')
    expect((await hub.usher('report', 'effect', '--lang', 'zh')).said).toContain('尚未测完任何一对时段')
    expect((await hub.usher('effect', 'stop', '--by', 'manager-1')).said).toContain('stopped by manager-1')
  })

  test('a flow that somebody set by hand is theirs', async () => {
    await hub.usher('flows', 'set', 'promotion', '--autonomy', 'suggest')
    const refused = await plan('--flows', 'promotion')
    expect([refused.code, refused.complained]).toEqual([1, expect.stringContaining('effect.flow-set: ')])
  })
})

test('campaigns are reported, and honestly where there is nothing', async () => {
  expect((await hub.usher('promotion', 'report')).said).toContain('Nothing has been promoted')
  expect(await hub.json('promotion', 'report', '--from', dayFrom(-7), '--to', dayFrom(0))).toEqual([])
  expect((await hub.usher('promotion', 'report', '--from', 'yesterday')).code).toBe(2)
  expect((await hub.usher('promotion', 'report', '--from', '2026-02-30')).code).toBe(2)
  const turned = await hub.usher('promotion', 'report', '--from', dayFrom(0), '--to', dayFrom(-1))
  expect([turned.code, turned.complained]).toEqual([2, expect.stringContaining('command.invalid')])
})

describe('reports of today', () => {
  test('floor and day: empty, then with a visitor', async () => {
    expect((await hub.usher('report', 'day')).said).toContain('nobody came in')
    const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${hub.ports.mqtt}`, {
      clientId: 'demo/tester-1',
      protocolVersion: 4,
      reconnectPeriod: 0,
    })
    const tell = (name: string, data: unknown) =>
      client.publishAsync(`usher/v1/demo/tester-1/event/${name}`, JSON.stringify(data), { qos: 1 })
    await tell('visitor.detected', { zone: 'entrance', track: 'a', direction: 'in' })
    await client.endAsync()
    const floor = await hub.json<FloorReport>('report', 'floor')
    expect(floor.zones.reduce((sum, { footfall }) => sum + (footfall ?? 0), 0)).toBe(1)
    expect((await hub.usher('report', 'floor')).said).toContain('entrance')
    expect((await hub.usher('report', 'floor', '--csv')).said).toMatch(/^what,name,from/)
    const day = await hub.json<DayReport>('report', 'day', '--day', 'today')
    expect(day.figures.visitors.came).toBe(1)
    expect((await hub.usher('report', 'day', '--csv')).said).toContain('meanWait,ms,\n')
  })

  test('a day that is no recorded day says what is wrong', async () => {
    const file = join(folder, 'no-day.jsonl')
    writeFileSync(file, '{"type":"something"}\n')
    for (const words of [
      ['day', '--day', file],
      ['floor', '--day', file],
      ['effect', file],
    ]) {
      const { code, complained } = await hub.usher('report', ...words)
      expect([code, complained]).toEqual([1, expect.stringContaining('journal.invalid')])
    }
  })
})
