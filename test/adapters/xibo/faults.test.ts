/** What goes wrong with a CMS and its displays, one by one: each is planted, and the hub is told the truth. */
import { describe, expect, test, vi } from 'vitest'
import { demoCms, demoSettings } from '#adapters/xibo/simulator/demo.ts'
import type { Trouble } from '#adapters/xibo/simulator/server.ts'
import { createStand, display, promotion, type Stand, startGateway, until } from './support/stand.ts'

type Finished = (call: () => Promise<void>) => void

const standsUp = async (onTestFinished: Finished, how: Parameters<typeof createStand>[0] = {}) => {
  const stand = await createStand(how)
  onTestFinished(() => stand.stop())
  return stand
}

const quick = { config: { answerMs: 800, seeWithinMs: 1_000 } }
const showing = (stand: Stand) => until(() => expect(stand.player().shows()).toBe(20))
const faulted = (stand: Stand, reason: string, device = 'screen-1') =>
  until(() => expect(stand.state(device).health).toMatchObject({ level: 'faulted', reasons: [reason] }))
const well = (stand: Stand, device = 'screen-1') =>
  until(() => expect(stand.state(device).health).toEqual({ level: 'ok' }))
const orders = (stand: Stand) => stand.asked('changeLayout').length
const said = (stand: Stand, text: string) => stand.lines.filter((line) => line.text === text)

describe.concurrent('the CMS', () => {
  test('is away at the start: the screens are there and out of order, and come to life with it', async ({
    onTestFinished,
  }) => {
    const closed = await createStand()
    const port = Number(new URL(closed.url).port)
    await closed.stop()
    const gateway = await startGateway({ ...demoSettings(closed.url), ...quick.config })
    const stand: Stand = { ...closed, ...gateway, stop: closed.stop }
    onTestFinished(async () => {
      await gateway.stop()
      await closed.server.close()
    })
    await faulted(stand, 'cms-unreachable')
    expect(await gateway.give('display', display()).ended()).toMatchObject({
      status: 'refused',
      code: 'faulted',
    })
    await closed.server.listen(port)
    await well(stand)
    expect(await gateway.give('display', display()).ended()).toMatchObject({ status: 'done' })
    expect(said(stand, 'the CMS is lost')).toHaveLength(1)
    expect(said(stand, 'the CMS is back')).toHaveLength(1)
  })

  test('goes away while something is shown: what was seen counts, and the display ends it by itself', async ({
    onTestFinished,
  }) => {
    const stand = await standsUp(onTestFinished, quick)
    const task = stand.give('promote', promotion(700), { runWithinMs: 5_000 })
    await until(() => expect(stand.place().layoutId).toBe(20))
    const looks = stand.asked('/api/display').length
    await until(() => expect(stand.asked('/api/display').length).toBeGreaterThan(looks + 1))
    await stand.server.close()
    expect(await task.ended()).toMatchObject({ status: 'done' })
    await faulted(stand, 'cms-unreachable')
    expect(said(stand, 'a layout could not be taken back; the display ends it by itself')).toHaveLength(1)
    await until(() => expect(stand.player().shows()).toBe(10))
    await stand.server.listen(Number(new URL(stand.url).port))
    await well(stand)
  })

  test('takes an order and its answer is lost: it is not given twice, and what is seen is done', async ({
    onTestFinished,
  }) => {
    const stand = await standsUp(onTestFinished, quick)
    stand.trouble({ times: 1, path: 'changeLayout', how: { cut: 'after' } })
    expect(await stand.give('promote', promotion()).ended()).toMatchObject({ status: 'done' })
    expect(orders(stand)).toBe(1)
  })

  test.for<[string, Trouble['how']]>([
    ['breaks off', { cut: 'before' }],
    ['has an error of its own', { answer: { status: 500, body: { error: 500, message: 'oops' } } }],
    ['is hidden behind a page of its proxy', { answer: { status: 200 }, html: '<html>Wartung</html>' }],
    ['sends elsewhere to sign in', { answer: { status: 302, headers: { location: '/login' } } }],
  ])(
    '%s: nobody knows, so it is looked for, taken back and not repeated',
    async ([, how], { onTestFinished }) => {
      const stand = await standsUp(onTestFinished, quick)
      stand.trouble({ times: 1, path: 'changeLayout', how })
      expect(await stand.give('promote', promotion()).ended()).toMatchObject({
        status: 'failed',
        code: 'cms-no-answer',
      })
      expect(orders(stand)).toBe(1)
      expect(stand.actions()).toEqual(['revertToSchedule'])
    },
  )

  test('is slow: the order arrives after all and is seen', async ({ onTestFinished }) => {
    const stand = await standsUp(onTestFinished, { config: { answerMs: 600, seeWithinMs: 4_000 } })
    stand.trouble({ times: 1, path: 'changeLayout', how: { slowMs: 1_200 } })
    expect(await stand.give('promote', promotion(300)).ended()).toMatchObject({ status: 'done' })
    expect(orders(stand)).toBe(1)
  })

  test('hangs: nobody waits longer than it may take', async ({ onTestFinished }) => {
    const stand = await standsUp(onTestFinished, quick)
    stand.trouble({ times: 100, path: '/api/display', how: { slowMs: 20_000 } })
    await faulted(stand, 'cms-unreachable')
    stand.trouble()
    await well(stand)
  })

  test('is slow with every answer: what is shown is seen all the same', async ({ onTestFinished }) => {
    const stand = await standsUp(onTestFinished)
    stand.trouble({ times: 100, path: '/api/display', how: { slowMs: 700 } })
    const task = stand.give('promote', promotion(500))
    expect(await task.ended()).toMatchObject({ status: 'done' })
    expect(stand.state().health).toEqual({ level: 'ok' })
  })

  test('a cancel while the screen is looked at does not make the others blind', async ({
    onTestFinished,
  }) => {
    const stand = await standsUp(onTestFinished)
    const task = stand.give('promote', promotion(5_000))
    await showing(stand)
    stand.trouble({ times: 2, path: '/api/display', how: { slowMs: 3_000 } })
    const looks = stand.asked('/api/display').length
    await until(() => expect(stand.asked('/api/display').length).toBeGreaterThan(looks))
    const answers = vi.spyOn(stand.cms, 'answer')
    task.cancel()
    expect(await task.ended()).toMatchObject({ status: 'cancelled', code: 'not-needed' })
    // Nobody waited for the answer of that look: it has not come.
    expect(answers.mock.calls.filter(([{ path }]) => path === '/api/display')).toEqual([])
    await until(() => expect(stand.asked('/api/display').length).toBeGreaterThan(looks + 3))
    expect(stand.lines.filter(({ level }) => level !== 'info')).toEqual([])
  })

  test('answers with pages or nonsense: the screens are out of order until it speaks again', async ({
    onTestFinished,
  }) => {
    const stand = await standsUp(onTestFinished, quick)
    stand.trouble({
      times: 20,
      path: '/api/display',
      how: { answer: { status: 200 }, html: '<!doctype html>' },
    })
    await faulted(stand, 'cms-odd-answer')
    const looks = stand.asked('/api/display').length
    await until(() => expect(stand.asked('/api/display').length).toBeGreaterThan(looks + 3))
    expect(said(stand, 'the CMS is lost')).toHaveLength(1)
    stand.trouble({
      times: 1_000,
      path: '/api/display',
      how: { answer: { status: 200, body: { data: [] } } },
    })
    await faulted(stand, 'cms-odd-answer')
    stand.trouble()
    await well(stand)
  })

  test('sends more than is sensible: it is not read to the end', async ({ onTestFinished }) => {
    const stand = await standsUp(onTestFinished, quick)
    const endless = { answer: { status: 200, body: 'x'.repeat(5 * 1024 * 1024) } }
    stand.trouble({ times: 100, path: '/api/display', how: endless })
    await faulted(stand, 'cms-odd-answer')
    stand.trouble()
    await well(stand)
  })

  test('asks for fewer requests: it is waited for as long as it says, if that is in time', async ({
    onTestFinished,
  }) => {
    const stand = await standsUp(onTestFinished)
    const limited = (seconds: string) => ({
      answer: { status: 429, body: { message: 'Too many' }, headers: { 'retry-after': seconds } },
    })
    stand.trouble({ times: 1, path: 'changeLayout', how: limited('1') })
    const began = performance.now()
    expect(await stand.give('promote', promotion(200)).ended()).toMatchObject({ status: 'done' })
    expect(performance.now() - began).toBeGreaterThan(1_000)
    stand.trouble({ times: 1, path: 'changeLayout', how: limited('3600') })
    const late = stand.give('promote', promotion(200))
    expect(await late.ended()).toMatchObject({ code: 'cms-limits' })
    expect(stand.actions().filter((action) => action === 'changeLayout')).toHaveLength(1)
  })

  test('rejects it: the layout is gone, or the display never registered for pushed commands', async ({
    onTestFinished,
  }) => {
    const stand = await standsUp(onTestFinished)
    stand.cms.layouts.delete(21)
    expect(await stand.give('display', display()).ended()).toMatchObject({
      status: 'not-started',
      code: 'layout-missing',
    })
    stand.cms.layouts.delete(20)
    expect(await stand.give('promote', promotion()).ended()).toMatchObject({
      status: 'not-started',
      code: 'layout-missing',
    })
    stand.cms.layouts.add(20)
    stand.place().registered = false
    expect(await stand.give('promote', promotion()).ended()).toMatchObject({
      status: 'not-started',
      code: 'display-not-ready',
    })
  })

  test('has a clock three hours ahead: nothing is different', async ({ onTestFinished }) => {
    const stand = await standsUp(onTestFinished, {
      prepare: ({ cms }) => {
        cms.aheadMs = 3 * 3_600_000
      },
    })
    await well(stand)
    expect(await stand.give('promote', promotion(200)).ended()).toMatchObject({ status: 'done' })
    await until(() => expect(stand.events()).toHaveLength(1))
  })

  test('lives in another time zone than the settings say: that is told', async ({ onTestFinished }) => {
    const stand = await standsUp(onTestFinished, { cms: { timeZone: 'Asia/Tokyo' } })
    await until(() => expect(stand.state().health).toEqual({ level: 'degraded', reasons: ['cms-time-zone'] }))
    expect(await stand.give('promote', promotion(200)).ended()).toMatchObject({ status: 'done' })
    const [event] = await until(() => {
      expect(stand.events()).toHaveLength(1)
      return stand.events()
    })
    expect(Math.abs(Date.parse(String(event?.['from'])) - Date.now())).toBeLessThan(60_000)
  })
})

describe.concurrent('the right to speak to it', () => {
  test('is renewed when it was taken away, and before it runs out', async ({ onTestFinished }) => {
    const stand = await standsUp(onTestFinished, { cms: { tokenLivesS: 2 } })
    stand.cms.forgetTokens()
    expect(await stand.give('promote', promotion(2_500)).ended()).toMatchObject({ status: 'done' })
    expect(stand.asked('access_token').length).toBeGreaterThanOrEqual(3)
    // Only the one that was taken away, and whoever used it at that moment.
    expect(stand.cms.refusals).toBeLessThanOrEqual(2)
    expect(stand.lines.filter(({ level }) => level !== 'info')).toEqual([])
  })

  test('is refused: the screens say so; neither secret nor token is ever written anywhere', async ({
    onTestFinished,
  }) => {
    const stand = await standsUp(onTestFinished, {
      prepare: ({ cms }) => void Object.assign(cms.settings, { clientSecret: 'another' }),
    })
    await faulted(stand, 'cms-refuses')
    Object.assign(stand.cms.settings, { clientSecret: demoCms.clientSecret })
    await well(stand)
    stand.trouble({
      times: 4,
      path: 'changeLayout',
      how: { answer: { status: 401, body: { error: 'access_denied' } } },
    })
    expect(await stand.give('promote', promotion()).ended()).toMatchObject({
      status: 'not-started',
      code: 'cms-refuses',
    })
    // Once more with a new token, then no more.
    expect(orders(stand)).toBe(2)
    const written = JSON.stringify([stand.lines, stand.hub.sent])
    expect(written).not.toContain(demoCms.clientSecret)
    expect(written).not.toMatch(/token-[0-9a-f]{8}/)
  })
})

describe.concurrent('a display', () => {
  test('is offline: nothing is offered to it; it comes back', async ({ onTestFinished }) => {
    const stand = await standsUp(onTestFinished)
    stand.place().loggedIn = false
    await faulted(stand, 'display-offline')
    expect(await stand.give('display', display()).ended()).toMatchObject({
      status: 'refused',
      code: 'faulted',
    })
    stand.place().loggedIn = true
    await well(stand)
  })

  test('goes away in the middle: that it was shown to the end is not claimed', async ({ onTestFinished }) => {
    const stand = await standsUp(onTestFinished)
    const task = stand.give('promote', promotion(5_000))
    await showing(stand)
    stand.player().setOnline(false)
    stand.place().loggedIn = false
    expect(await task.ended()).toMatchObject({ status: 'failed', code: 'display-offline' })
  })

  test('never shows what it was told: not done, and taken back', async ({ onTestFinished }) => {
    const stand = await standsUp(onTestFinished, quick)
    stand.player().deaf = true
    expect(await stand.give('promote', promotion()).ended()).toMatchObject({
      status: 'failed',
      code: 'not-seen',
    })
    expect(stand.actions()).toEqual(['changeLayout', 'revertToSchedule'])
  })

  test('reported the same layout long ago and is silent since: an old report proves nothing', async ({
    onTestFinished,
  }) => {
    const stand = await standsUp(onTestFinished, quick)
    stand.player().silent = true
    Object.assign(stand.place(), { layoutId: 20, heardAt: Date.now() - 600_000 })
    expect(await stand.give('promote', promotion()).ended()).toMatchObject({
      status: 'failed',
      code: 'not-seen',
    })
  })

  test('is given something else by somebody else: the task has failed, and theirs stays', async ({
    onTestFinished,
  }) => {
    const stand = await standsUp(onTestFinished)
    const task = stand.give('promote', promotion(8_000))
    await until(() => expect(stand.place().layoutId).toBe(20))
    const looks = stand.asked('/api/display').length
    await until(() => expect(stand.asked('/api/display').length).toBeGreaterThan(looks + 1))
    stand.player().put(22)
    expect(await task.ended()).toMatchObject({ status: 'failed', code: 'replaced' })
    expect(stand.player().shows()).toBe(22)
  })

  test('is logged in and was not heard of for long, or is not authorised, or not there at all', async ({
    onTestFinished,
  }) => {
    const stand = await standsUp(onTestFinished)
    stand.player().silent = true
    stand.place().heardAt = Date.now() - 3_600_000
    await until(() =>
      expect(stand.state().health).toEqual({ level: 'degraded', reasons: ['display-silent'] }),
    )
    stand.place().licensed = false
    await faulted(stand, 'display-not-authorised')
    stand.cms.places.delete(1)
    await faulted(stand, 'no-display')
    stand.cms.places.clear()
  })

  test('has no layout for this: refused', async ({ onTestFinished }) => {
    const stand = await standsUp(onTestFinished, {
      config: { layouts: [{ when: { template: 'greeting' }, layoutId: 20 }] },
    })
    expect(await stand.give('display', display('diversion')).ended()).toMatchObject({
      status: 'refused',
      code: 'no-layout',
    })
  })
})

test.concurrent('a cancel that the CMS does not hear is asked for until it does', async ({
  onTestFinished,
}) => {
  const stand = await standsUp(onTestFinished, quick)
  const task = stand.give('promote', promotion(8_000))
  await showing(stand)
  stand.trouble({ times: 3, path: 'revertToSchedule', how: { cut: 'before' } })
  task.cancel()
  expect(await task.ended()).toMatchObject({ status: 'cancelled', code: 'not-needed' })
  expect(stand.player().shows()).toBe(10)
  expect(stand.asked('revertToSchedule')).toHaveLength(4)
})
