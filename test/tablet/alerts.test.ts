/** Alerts on the tablet: one person has one by name, seen is not solved, and of two who want it one is first. */
import mqtt from 'mqtt'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { holdLine } from '../support/held-line.ts'
import { type LobbyStage, openLobby } from '../support/lobby.ts'
import { expectOpenToAll } from './open-to-all.ts'

/** Above its limit, for as long as the flow wants to see it. */
const crowd = (sensor: mqtt.MqttClient, zone: string) =>
  sensor.publishAsync(
    'usher/v1/demo/tester-1/event/zone.count',
    JSON.stringify({ zone, count: 40, observedAgoMs: 0 }),
    { qos: 1 },
  )

let stage: LobbyStage
let sensor: mqtt.MqttClient

beforeAll(async () => {
  stage = await openLobby()
  await stage.addAccount('lobby-1', ['manager'])
  sensor = await mqtt.connectAsync(`mqtt://127.0.0.1:${stage.hub().ports.mqtt}`, {
    clientId: 'demo/tester-1',
  })
  for (const zone of ['vip', 'kiosks', 'counters']) await crowd(sensor, zone)
})
afterAll(async () => {
  await sensor?.endAsync(true)
  await stage?.stop()
})

const card = (page: Page, words: string) => page.locator('main li[data-alert]').filter({ hasText: words })

test('one person claims it by name, and everybody sees who; seen is not solved', async () => {
  const { page, close } = await stage.openPage({ path: '/alerts' })
  const vip = card(page, 'people in VIP room')
  await vip.getByText('High ·').waitFor()

  await vip.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Seen' }).click()
  await vip.getByText('Seen by Duty manager').waitFor()
  await vip.getByRole('button', { name: 'Claim' }).click()
  await vip.getByText('You are on it').waitFor()

  const other = await stage.openPage({ who: 'lobby-1', tongue: 'zh', path: '/alerts' })
  const theirs = card(other.page, '贵宾室')
  await theirs.getByText('值班经理正在处理').waitFor()
  expect(await theirs.getByRole('button', { name: '认领' }).count()).toBe(0)

  await vip.getByRole('button', { name: 'Give back' }).click()
  await theirs.getByRole('button', { name: '认领' }).waitFor()
  await vip.getByRole('button', { name: 'Claim' }).click()
  await vip.getByRole('button', { name: 'Solved' }).click()
  await theirs.getByText('由值班经理解决').waitFor()
  await other.close()
  await close()
})

test('it is put aside with a reason and an end, and taken back', async () => {
  const { page, close } = await stage.openPage({ path: '/alerts' })
  const kiosks = card(page, 'people in Kiosks')
  await kiosks.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Put aside…' }).click()
  const dialog = page.getByRole('dialog')
  const put = dialog.getByRole('button', { name: 'Put aside', exact: true })
  expect(await put.isDisabled()).toBe(true)
  await dialog.getByRole('button', { name: 'Planned work' }).click()
  await dialog.getByRole('radio', { name: '1 h' }).click()
  await put.click()
  await page.locator('summary', { hasText: 'Put aside' }).click()
  await kiosks.getByText('Planned work', { exact: false }).waitFor()
  const [row] = await stage
    .hub()
    .engine.read((state) =>
      state.alerts
        .values()
        .filter(({ params, clearedAt }) => params['zone'] === 'kiosks' && clearedAt === null),
    )
  expect(row?.shelved).toMatchObject({ by: 'manager-1', reason: 'Planned work' })
  await kiosks.getByRole('button', { name: 'Take back' }).click()
  await kiosks.getByRole('button', { name: 'Claim' }).waitFor()
  await close()
})

test('of two who want it one is first, and the other reads who', async () => {
  const first = await stage.openPage({ path: '/alerts' })
  const second = await stage.openPage({ who: 'lobby-1', path: '/alerts' })
  const line = await holdLine(second.page)
  const [won, lost] = [first, second].map(({ page }) => card(page, 'people in Counters'))
  await lost?.getByRole('button', { name: 'Claim' }).waitFor()
  // That it is taken has not reached the second when he presses.
  line.hold()
  await won?.getByRole('button', { name: 'Claim' }).click()
  await won?.getByText('You are on it').waitFor()
  await lost?.getByRole('button', { name: 'Claim' }).click()
  line.release()
  await lost?.getByText('Duty manager is on it').waitFor()
  await lost?.getByText('Duty manager was first').waitFor()
  await first.close()
  await second.close()
})

/** Whatever this page sends from now on, on a line that it opens anew. */
const listenTo = async (page: Page) => {
  const frames: string[] = []
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => frames.push(String(payload))))
  await page.reload()
  await page.getByText('Live', { exact: true }).waitFor()
  return { ordered: (name: string) => frames.filter((frame) => frame.includes(`"${name}"`)).length }
}

test('pressed twice it is ordered once, and a second page of the same person has what he wanted', async () => {
  await stage.hub().engine.submit({
    body: {
      kind: 'command',
      command: {
        name: 'adapter.health',
        device: 'robot-1',
        about: 'process',
        code: 'adapter.crash-loop',
        params: { crashes: 5 },
        by: 'operator',
      },
    },
  })
  const first = await stage.openPage({ path: '/alerts' })
  const second = await stage.openPage({ path: '/alerts' })
  const sent = await listenTo(first.page)
  const line = await holdLine(second.page)
  const [here, there] = [first, second].map(({ page }) => card(page, 'crashed 5 times'))
  await there?.getByRole('button', { name: 'Claim' }).waitFor()
  line.hold()
  // In one breath: the page is not drawn between the two.
  await here
    ?.getByRole('button', { name: 'Claim' })
    .evaluate((button: { click(): void }) => [button.click(), button.click()])
  await here?.getByText('You are on it').waitFor()
  expect(sent.ordered('alert.claim')).toBe(1)

  const again = there?.getByRole('button', { name: 'Claim' })
  await again?.click()
  await expect.poll(() => again?.isDisabled()).toBe(true)
  await there?.getByText('Sent', { exact: true }).waitFor()
  line.release()
  await there?.getByText('You are on it').waitFor()
  expect(await second.page.getByText(/^Not done/).count()).toBe(0)
  await here?.getByRole('button', { name: 'Solved' }).click()
  await first.close()
  await second.close()
})

test.each(['zh', 'en'] as const)('nobody is shut out of it (%s)', async (tongue) => {
  const { page, close } = await stage.openPage({ tongue, size: 'small', path: '/alerts' })
  await page.locator('main li[data-alert]').first().waitFor()
  await expectOpenToAll(page)
  await close()
})
