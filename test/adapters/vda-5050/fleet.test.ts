/**
 * A fleet of robots of somebody else's at a real hub: people ask the way, robots are killed and tasks are cancelled, and in
 * the end each task is done or it is known why not. `npm run test:fleet` does it with 20 robots and 200 tasks.
 */
import { join } from 'node:path'
import { setInterval } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { remove, scratch } from '../../cli/support.ts'
import type { AdapterProcess } from '../sdk/support/process.ts'
import { startFleet, type TaskLine } from './support/fleet.ts'

const [robotCount, taskCount] = (process.env['USHER_FLEET'] ?? '4x16').split('x').map(Number) as [
  number,
  number,
]
const serials = Array.from({ length: robotCount }, (_, index) => `V-${index + 1}`)
const ended = new Set(['done', 'failed', 'refused', 'cancelled', 'expired', 'unknown'])

let folder: string
let fleet: Awaited<ReturnType<typeof startFleet>>
let adapter: AdapterProcess

beforeAll(async () => {
  folder = scratch()
  // The first two can be killed each by itself.
  const [one = '', two = '', ...others] = serials
  fleet = await startFleet(join(folder, 'fleet'), [[one], [two], others])
  adapter = fleet.startAdapter()
  await vi.waitFor(
    async () => {
      const rows = await fleet.json<{ id: string; link: string; health: string }[]>('devices', 'list')
      const fit = rows.filter(
        ({ id, link, health }) => id.startsWith('v-') && link === 'online' && health === 'ok',
      )
      if (fit.length < robotCount) throw new Error(`${fit.length} robots are fit`)
    },
    { timeout: 45_000, interval: 300 },
  )
}, 90_000)

afterAll(async () => {
  await fleet?.stop()
  remove(folder)
}, 120_000)

const names = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index}`)

/** Until that many tasks are over. */
const allOver = (count: number, timeout: number) =>
  vi.waitFor(
    async () => {
      const tasks = await fleet.tasks()
      expect(tasks).toHaveLength(count)
      expect(tasks.filter(({ phase }) => !ended.has(phase))).toEqual([])
      return tasks
    },
    { timeout, interval: 500 },
  )

const running = (tasks: readonly TaskLine[]) => tasks.filter(({ phase }) => phase === 'started')

test('the adapter is killed in the middle of an order: it is known, and the task is done by another attempt', async () => {
  await fleet.askTheWay(['first'], 'vip')
  await vi.waitFor(async () => expect(running(await fleet.tasks())).toHaveLength(1), {
    timeout: 45_000,
    interval: 50,
  })
  adapter.kill('SIGKILL')
  await adapter.ended
  adapter = fleet.startAdapter()
  const [task] = await allOver(1, 60_000)
  expect(task?.phase).toBe('done')
  expect(await fleet.say('explain', '--task', task?.id ?? '')).toContain('restarted in the middle')
}, 90_000)

test('every guide task is done or explained, with two robots killed and tasks cancelled on the way', async () => {
  // First a long way for each robot, so that those that are killed are on their way.
  await fleet.askTheWay(names('far', robotCount), 'exit')
  await vi.waitFor(async () => expect(running(await fleet.tasks())).toHaveLength(robotCount), {
    timeout: 45_000,
    interval: 50,
  })
  fleet.groups[0]?.kill('SIGKILL')
  fleet.groups[1]?.kill('SIGKILL')
  await fleet.askTheWay(names('ask', taskCount - robotCount))
  let cancelled = 0
  const cancelOne = async () => {
    const open = (await fleet.tasks()).filter(({ phase }) => !ended.has(phase))
    const [victim] = open.filter(({ phase }) => phase === 'started')
    if (victim === undefined) return open.length
    const { code } = await fleet.cancel(victim.id)
    if (code === 0) cancelled += 1
    return open.length
  }
  // As long as anything is open, one a second, but never all of them.
  for await (const _ of setInterval(1_000)) {
    const open = await cancelOne()
    if (open === 0 || cancelled >= taskCount / 8) break
  }

  const tasks = await allOver(taskCount + 1, 240_000)
  const phases = Object.groupBy(tasks, ({ phase }) => phase)
  const counts = Object.entries(phases).map(([phase, of]) => `${of?.length ?? 0} ${phase}`)
  process.stdout.write(`${robotCount} robots, ${tasks.length} tasks: ${counts.join(', ')}\n`)
  expect(phases['done']?.length ?? 0).toBeGreaterThan(taskCount / 2)
  expect(phases['cancelled']?.length ?? 0).toBeGreaterThan(0)
  const record = await fleet.say('journal', 'export')
  expect(record.match(/robot-gone/g)?.length ?? 0).toBeGreaterThanOrEqual(2)
  for (const { id, phase } of tasks.filter((task) => task.phase !== 'done')) {
    const why = await fleet.say('explain', '--task', id)
    expect(why, `${id} ${phase}`).toMatch(/by hand|robot-gone|robot-connection-lost|lost|expired/)
  }
}, 400_000)

test('the killed robots are out of order, the others are not, and the adapter ends in order', async () => {
  const shown = (device: string) => fleet.json<{ health: string; link: string }>('devices', 'show', device)
  const healths = await Promise.all(fleet.devices.map(async (device) => (await shown(device)).health))
  expect(healths.slice(0, 2)).toEqual(['faulted', 'faulted'])
  expect(healths.slice(2)).not.toContain('faulted')
  adapter.kill('SIGTERM')
  expect((await adapter.ended).code).toBe(0)
  await vi.waitFor(async () => expect((await shown('v-3')).link).toBe('offline'), {
    timeout: 45_000,
    interval: 200,
  })
}, 120_000)
