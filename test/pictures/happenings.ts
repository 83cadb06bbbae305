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

interface Made {
  readonly item: string
  readonly title: Readonly<Record<string, string>>
  readonly template?: 'queues' | 'welcome'
  readonly words?: Readonly<Record<string, string>>
  readonly mandatory?: 'fraud-warning'
}

const made: readonly Made[] = [
  {
    item: 'fraud-warning',
    title: { zh: '谨防电信诈骗', en: 'Beware of fraud' },
    mandatory: 'fraud-warning',
    words: {
      zh: '不轻信，不透露，不转账。如有疑问请询问工作人员。',
      en: 'Trust no caller, tell no code, send no money. Ask our staff.',
    },
  },
  { item: 'queues', title: { zh: '排队情况', en: 'Queues' }, template: 'queues' },
  {
    item: 'autumn-savings',
    title: { zh: '秋季储蓄', en: 'Autumn savings' },
    words: { zh: '秋季储蓄计划：每月定存，轻松积累', en: 'A little every month adds up' },
  },
]

/** A library in which something is shown and something waits, added by somebody else. */
export const someContent = async (stage: LobbyStage): Promise<void> => {
  const { engine } = stage.hub()
  for (const { item, title, template = null, words = {}, mandatory = null } of made) {
    await engine.submit({
      body: {
        kind: 'command',
        command: {
          name: 'content.add',
          item,
          title,
          media: null,
          template,
          words,
          mandatory,
          productCode: item === 'autumn-savings' ? 'LC-2026-09' : null,
          expiresOn: null,
          by: 'manager-2',
        },
      },
    })
    if (item !== 'autumn-savings')
      await engine.submit({
        body: {
          kind: 'command',
          command: { name: 'content.approve', item, version: 1, by: 'manager-1' },
        },
      })
  }
}

const poster = `<!doctype html><title>Autumn</title><style>
body{margin:0;height:100vh;display:grid;place-content:center;gap:4vmin;text-align:center;background:#7a2e12;color:#fff3d6;font:bold 9vmin sans-serif}
p{margin:0;font-size:20vmin}</style><p>2.05%</p>秋季储蓄 Autumn savings`

/** The form, as far as its last button. */
export const fillContent = async (page: Page): Promise<void> => {
  const main = page.getByRole('main')
  await main
    .locator('input[type=file]')
    .setInputFiles({ name: 'autumn-savings.html', mimeType: 'text/html', buffer: Buffer.from(poster) })
  await main.locator('[data-taken]').waitFor()
  await main
    .getByLabel(/Chinese|中文/)
    .first()
    .fill('秋季储蓄计划：每月定存，轻松积累')
  await main.getByLabel(/^(Product code|产品代码)$/).fill('LC-2026-09')
  await main.getByRole('button', { name: /^(Waiting area|等候区)/ }).click()
  await main.getByLabel(/^(From|从)$/).fill('09:00')
  await main.getByLabel(/^(To|到)$/).fill('11:00')
  await main.getByRole('button', { name: /^(personal customers|个人客户)$/ }).click()
  await main.getByRole('heading').first().scrollIntoViewIfNeeded()
}
