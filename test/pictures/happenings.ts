/** What is made to happen in the branch for a picture, as a device or somebody at a tablet would. */
import mqtt from 'mqtt'
import type { Page } from 'playwright-core'
import type { LobbyStage } from '../support/lobby.ts'

/** Told again by the sensor as often as it is called. */
export const crowdVip = async (stage: LobbyStage): Promise<void> => {
  const sensor = await mqtt.connectAsync(`mqtt://127.0.0.1:${stage.hub().ports.mqtt}`, {
    clientId: 'demo/tester-1',
  })
  const data = JSON.stringify({ zone: 'vip', count: 40, observedAgoMs: 0 })
  await sensor.publishAsync('usher/v1/demo/tester-1/event/zone.count', data, { qos: 1 })
  await sensor.endAsync()
}

/** As far as the dry run. */
export const openGuide = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /^(Act|发起)$/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: /^(Guide|引导)$/ }).click()
  await dialog.getByRole('searchbox').first().fill('VIP')
  await dialog.getByRole('button', { name: /^(VIP room|贵宾)/ }).click()
  await dialog
    .getByRole('button', { name: /^(Visitor|访客) [A-Z]\d/ })
    .first()
    .click()
}

/** A robot leads somebody, and something else goes on besides. */
export const someGuiding = async (stage: LobbyStage): Promise<void> => {
  const until = Date.now() + 240_000
  while (Date.now() < until) {
    const running = await stage.hub().engine.read((state) =>
      state.tasks
        .values()
        .filter(({ phase }) => phase === 'started')
        .map(({ intent }) => intent.capability),
    )
    if (running.includes('guide') && running.length > 1) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('No robot led anybody within four minutes')
}
