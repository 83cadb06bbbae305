/** The line of the pages: what they hear, in which order, and that it is what the hub holds. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { remove } from '../support.ts'
import { connectPage, contentOf, type LiveStage, raiseLive, signInLive } from './support.ts'

let stage: LiveStage
let manager: string

beforeAll(async () => {
  stage = await raiseLive()
  manager = await signInLive(stage, 'li', ['manager'])
})
afterAll(async () => {
  await stage.stop()
  remove(stage.folder)
})

describe('a page that comes', () => {
  test('gets everything, and then what changes', async () => {
    const page = connectPage(stage.port, manager)
    await page.until(({ snapshots }) => snapshots === 1)
    expect(page.copy.branch.get('north-gate')).toMatchObject({ mode: 'open', title: { en: 'North Gate' } })
    expect([...page.copy.devices.keys()].sort()).toEqual(['camera-1', 'robot-1', 'tickets-1'])
    expect(page.copy.devices.get('robot-1')?.at).toEqual({ x: 1, y: 1, theta: null })
    const answer = await page.ask({ name: 'device.hold', params: { device: 'robot-1', forMs: null } })
    expect(answer).toMatchObject({ done: true })
    await page.until(({ copy }) => copy.devices.get('robot-1')?.willingness === 'held')
    expect(page.copy.devices.get('robot-1')?.willingnessBy).toBe('li')
    expect(page.snapshots).toBe(1)
    await page.ask({ name: 'device.release', params: { device: 'robot-1' } })
    page.leave()
  })

  test('hears the time, and goes on where it was', async () => {
    const first = connectPage(stage.port, manager)
    await first.until((page) => page.last('beat') !== undefined)
    const { copy, have } = first
    first.leave()
    await stage.send({ kind: 'command', command: { name: 'duty', person: 'wang', onDuty: false, by: 'li' } })
    const second = connectPage(stage.port, manager, { have, copy })
    await second.until((page) => page.copy.people.get('wang')?.onDuty === false)
    expect(second.snapshots).toBe(0)
    const third = connectPage(stage.port, manager)
    await third.until((page) => page.snapshots === 1 && page.have?.n === second.have?.n)
    expect(contentOf(second.copy)).toEqual(contentOf(third.copy))
    second.leave()
    third.leave()
  })
})

test('where nobody looks nothing is followed, and who comes then gets everything anew', async () => {
  const quiet = await raiseLive({ idleMs: 50 })
  const cookie = await signInLive(quiet, 'li', ['manager'])
  expect(quiet.followers()).toEqual([0, 0])
  const first = connectPage(quiet.port, cookie)
  const second = connectPage(quiet.port, cookie)
  for (const page of [first, second]) await page.until(({ snapshots }) => snapshots === 1)
  first.leave()
  // Longer than nobody would have to be there.
  await second.until((page) => page.heard.filter((name) => name === 'beat').length > 1)
  expect(quiet.followers()).toEqual([1, 1])
  second.leave()
  await vi.waitFor(() => expect(quiet.followers()).toEqual([0, 0]), 45_000)
  await quiet.send({ kind: 'command', command: { name: 'duty', person: 'wang', onDuty: false, by: 'li' } })
  const { have, copy } = second
  const third = connectPage(quiet.port, cookie, { ...(have !== undefined && { have }), copy })
  await third.until((page) => page.copy.people.get('wang')?.onDuty === false)
  expect([third.snapshots, third.have?.run === have?.run]).toEqual([1, false])
  third.leave()
  await quiet.stop()
  expect(quiet.complaints).toEqual([])
  remove(quiet.folder)
})

test('nothing is complained about', () => {
  expect(stage.complaints).toEqual([])
})
