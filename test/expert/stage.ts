/**
 * An expert at work, for tests: a real hub with the demonstration's branch, the built console in a real browser, and a
 * kiosk as a device of the hub, with a page beside it that stands in its calls with a camera and a microphone that are none.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import mqtt from 'mqtt'
import type { BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import { KioskCall } from '#protocol/calls/kiosk-call.ts'
import { bundleCall } from '../calls/support/line-process.ts'
import { mediaWords } from '../calls/support/parties.ts'
import { readConsole } from '../support/chromium.ts'
import { type LobbyStage, openLobby, sizes } from '../support/lobby.ts'

const partyFolder = join(import.meta.dirname, '../calls/page')
export const expertName = 'expert-1'

export interface Kiosk {
  /** As its config says now. */
  call(): KioskCall | undefined
  askForExpert(): Promise<void>
  /** Stands in the call that it was told of. */
  join(): Promise<void>
  stop(): Promise<void>
}

const openKiosk = async (stage: LobbyStage, folder: string, id = 'kiosk-1'): Promise<Kiosk> => {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${stage.hub().ports.mqtt}`, { clientId: `demo/${id}` })
  let latest: KioskCall | undefined
  client.on('message', (_, payload) => {
    const { settings = {} } = JSON.parse(payload.toString()) as { settings?: Record<string, unknown> }
    latest = settings['call'] === undefined ? undefined : KioskCall.parse(settings['call'])
  })
  await client.subscribeAsync(`usher/v1/demo/${id}/config`, { qos: 1 })
  const bundle = await bundleCall(folder)
  const context = await stage.browser.newContext({ permissions: ['camera', 'microphone'] })
  const page = await context.newPage()
  const files = {
    '/party': ['text/html', join(partyFolder, 'index.html')],
    '/party.js': ['text/javascript', join(partyFolder, 'party.js')],
    '/call.js': ['text/javascript', bundle],
  } as const
  for (const [path, [contentType, file]] of Object.entries(files))
    await page.route(`${stage.base}${path}`, (route) => route.fulfill({ contentType, body: readFileSync(file) }))
  return {
    call: () => latest,
    askForExpert: async () => {
      const data = { reason: 'expert', observedAgoMs: 0 }
      await client.publishAsync(`usher/v1/demo/${id}/event/help.requested`, JSON.stringify(data), { qos: 1 })
    },
    join: async () => {
      await expect.poll(() => latest?.ticket).toBeTruthy()
      await page.goto(`${stage.base}/party`)
      await page.evaluate(`join(${JSON.stringify(latest?.ticket)})`)
    },
    stop: async () => {
      await context.close()
      await client.endAsync(true)
    },
  }
}

export interface ExpertPage {
  readonly page: Page
  readonly context: BrowserContext
  /** Goes through its troubles, and closes it. */
  close(): Promise<void>
}

export interface ExpertWishes {
  readonly tongue?: 'zh' | 'en'
  readonly size?: keyof typeof sizes
}

export interface ExpertStage {
  readonly lobby: LobbyStage
  openKiosk(id?: string): Promise<Kiosk>
  openPage(wishes?: ExpertWishes): Promise<ExpertPage>
  stop(): Promise<void>
}

const openPage = async (
  lobby: LobbyStage,
  { tongue = 'en', size = 'landscape' }: ExpertWishes,
): Promise<ExpertPage> => {
  const context = await lobby.browser.newContext({
    locale: tongue === 'zh' ? 'zh-CN' : 'en-GB',
    viewport: sizes[size],
    baseURL: lobby.base,
    reducedMotion: 'reduce',
    permissions: ['camera', 'microphone'],
  })
  const page = await context.newPage()
  const log = readConsole(page, /requires 'Trusted\w+' assignment/i)
  await page.goto('/expert')
  await lobby.signIn(page, expertName)
  await page.waitForURL(/\/expert/)
  await page.getByText(tongue === 'zh' ? '已连接' : 'Live', { exact: true }).waitFor()
  return {
    page,
    context,
    close: async () => {
      if (log.troubles.length > 0) throw new Error(`The page had troubles:\n${log.troubles.join('\n')}`)
      await context.close()
    },
  }
}

export const openExpertStage = async (folder: string): Promise<ExpertStage> => {
  const lobby = await openLobby({ words: mediaWords })
  await lobby.addAccount(expertName, ['expert'])
  return {
    lobby,
    openKiosk: (id) => openKiosk(lobby, folder, id),
    openPage: (wishes = {}) => openPage(lobby, wishes),
    stop: () => lobby.stop(),
  }
}
