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
import type { Shown } from '#protocol/calls/signalling.ts'
import { bundleCall } from '../calls/support/line-process.ts'
import { mediaWords } from '../calls/support/parties.ts'
import { readConsole } from '../support/chromium.ts'
import { type LobbyStage, openLobby, sizes } from '../support/lobby.ts'

const partyFolder = join(import.meta.dirname, '../calls/page')
/** The kiosk's page is put into the browser by the test, from no address that it knows. */
const words = [...mediaWords, '--disable-features=LocalNetworkAccessChecks']
export const expertName = 'expert-1'

/** What another one in the call sees of it. */
interface Told {
  readonly others: readonly { readonly id: string; readonly shown: Shown; readonly link: string }[]
}

export interface Party {
  join(ticket: string): Promise<void>
  told(): Promise<Told>
  close(): Promise<void>
}

export interface Kiosk {
  /** As its config says now. */
  call(): KioskCall | undefined
  askForExpert(): Promise<void>
  withdraw(): Promise<void>
  /** As its own word, or the broker's. */
  says(status: 'online' | 'lost'): Promise<void>
  /** Stands in the call that it was told of. */
  join(): Promise<void>
  told(): Promise<Told>
  stop(): Promise<void>
}

const openParty = async (lobby: LobbyStage, bundle: string): Promise<Party> => {
  const context = await lobby.browser.newContext({ permissions: ['camera', 'microphone'] })
  const page = await context.newPage()
  const files = {
    '/party': ['text/html', join(partyFolder, 'index.html')],
    '/party.js': ['text/javascript', join(partyFolder, 'party.js')],
    '/call.js': ['text/javascript', bundle],
  } as const
  for (const [path, [contentType, file]] of Object.entries(files))
    await page.route(`${lobby.base}${path}`, (route) =>
      route.fulfill({ contentType, body: readFileSync(file) }),
    )
  return {
    join: async (ticket) => {
      await page.goto(`${lobby.base}/party`)
      await page.evaluate(`join(${JSON.stringify(ticket)})`)
    },
    told: () => page.evaluate('told()') as Promise<Told>,
    close: () => context.close(),
  }
}

const openKiosk = async (lobby: LobbyStage, bundle: string, id: string): Promise<Kiosk> => {
  const broker = `mqtt://127.0.0.1:${lobby.hub().ports.mqtt}`
  const client = await mqtt.connectAsync(broker, { clientId: `demo/${id}` })
  let latest: KioskCall | undefined
  client.on('message', (_, payload) => {
    const { settings = {} } = JSON.parse(payload.toString()) as { settings?: Record<string, unknown> }
    latest = settings['call'] === undefined ? undefined : KioskCall.parse(settings['call'])
  })
  await client.subscribeAsync(`usher/v1/demo/${id}/config`, { qos: 1 })
  const party = await openParty(lobby, bundle)
  const publish = (topic: string, data: object) =>
    client.publishAsync(`usher/v1/demo/${id}/${topic}`, JSON.stringify(data), { qos: 1 })
  const says = async (status: 'online' | 'lost') => void (await publish('presence', { status }))
  await says('online')
  return {
    call: () => latest,
    says,
    askForExpert: async () => {
      await publish('event/help.requested', { reason: 'expert', observedAgoMs: 0 })
    },
    withdraw: async () => {
      await publish('event/help.withdrawn', { observedAgoMs: 0 })
    },
    join: async () => {
      await expect.poll(() => latest?.ticket).toBeTruthy()
      await party.join(latest?.ticket ?? '')
    },
    told: party.told,
    stop: async () => {
      await party.close()
      await client.endAsync(true)
    },
  }
}

/** As the tablet does it, with a page that shows less. */
const openManager = async (lobby: LobbyStage, bundle: string, call: string): Promise<Party> => {
  const { page, close } = await lobby.openPage()
  const ticket = await page.evaluate(async (call) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch('/api/calls/join', { method: 'POST', headers, body: JSON.stringify({ call }) })
    return ((await answer.json()) as { ticket: string }).ticket
  }, call)
  await close()
  const party = await openParty(lobby, bundle)
  await party.join(ticket)
  return party
}

export interface ExpertPage {
  readonly page: Page
  readonly context: BrowserContext
  /** Goes through its troubles, and closes it. */
  close(): Promise<void>
}

export interface ExpertWishes {
  /** Default: the first expert. */
  readonly who?: string
  readonly tongue?: 'zh' | 'en'
  readonly size?: keyof typeof sizes
}

export interface ExpertStage {
  readonly lobby: LobbyStage
  openKiosk(id: string): Promise<Kiosk>
  joinAsManager(call: string): Promise<Party>
  openPage(wishes?: ExpertWishes): Promise<ExpertPage>
  stop(): Promise<void>
}

const openPage = async (
  lobby: LobbyStage,
  { tongue = 'en', size = 'landscape', who = expertName }: ExpertWishes,
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
  await lobby.signIn(page, who)
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

/** @param folder for what is bundled */
export const openExpertStage = async (folder: string): Promise<ExpertStage> => {
  const [lobby, bundle] = await Promise.all([openLobby({ words }), bundleCall(folder)])
  await lobby.addAccount(expertName, ['expert'])
  return {
    lobby,
    openKiosk: (id) => openKiosk(lobby, bundle, id),
    joinAsManager: (call) => openManager(lobby, bundle, call),
    openPage: (wishes = {}) => openPage(lobby, wishes),
    stop: () => lobby.stop(),
  }
}
