/** A kiosk in a call with the console of its expert, before a real hub: two real pages, and all that goes between them. */
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Command } from '#hub/engine/entry.ts'
import { type PageLog, readConsole } from '../../support/chromium.ts'
import { everyField } from './every-field.ts'
import { type KioskPage, KioskStage, type sizes } from './stage.ts'
import { press } from './update-phone.ts'

const password = 'walnut-umbrella-seventeen-fjords'
export const expertName = 'expert-1'

export interface ConsolePage {
  readonly page: Page
  readonly context: BrowserContext
  readonly log: PageLog
}

const isHeard = async (page: Page) => {
  const level = () => page.locator('meter').evaluate((meter) => (meter as unknown as { value: number }).value)
  await expect.poll(level).toBeGreaterThan(0)
}

const isIn = async (stage: Pick<TogetherStage, 'call'>) => {
  await expect.poll(async () => (await stage.call())?.state).toBe('in-call')
}

export class TogetherStage {
  readonly kiosks = new KioskStage({ isInCalls: true, services: [everyField] })
  /** What the kiosk's page has sent over the line of the call. */
  readonly sent: string[] = []

  async open(): Promise<this> {
    await this.kiosks.open()
    await this.kiosks.hub.desk.putLocal({ name: expertName, roles: ['expert'], password })
    return this
  }

  order(command: Command) {
    return this.kiosks.hub.engine.submit({ body: { kind: 'command', command } })
  }

  async call() {
    const calls = await this.kiosks.hub.engine.read((state) => structuredClone(state.calls.values()))
    return calls.toSorted((a, b) => b.at - a.at)[0]
  }

  /** What is on record of calls, by its code. */
  async records(): Promise<readonly { readonly code: string; readonly params: object }[]> {
    const { store, branch } = this.kiosks.hub
    const rows = await store.decisions(branch, { limit: 1_000 })
    return rows.flatMap(({ record: { kind, code, params = {} } }) =>
      kind === 'call' ? [{ code, params }] : [],
    )
  }

  openKiosk(device: string, size: keyof typeof sizes = 'landscape'): Promise<KioskPage> {
    return this.kiosks.openPage({
      device,
      size,
      before: async (page) => {
        page.on('websocket', (socket) => {
          if (!socket.url().includes('/calls')) return
          socket.on('framesent', ({ payload }) => this.sent.push(payload.toString()))
        })
      },
    })
  }

  /** Within a test: it waits for the microphone. */
  async openConsole(tongue: 'zh' | 'en' = 'en'): Promise<ConsolePage> {
    const context = await this.kiosks.browser.newContext({
      locale: tongue === 'zh' ? 'zh-CN' : 'en-GB',
      viewport: { width: 1440, height: 900 },
      baseURL: this.kiosks.base,
      reducedMotion: 'reduce',
      permissions: ['camera', 'microphone'],
    })
    context.setDefaultTimeout(15_000)
    const page = await context.newPage()
    const log = readConsole(page, /requires 'Trusted\w+' assignment/i)
    await page.goto('/expert')
    await page.locator('#name').fill(expertName)
    await page.locator('#password').fill(password)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/expert/)
    await page.locator('meter').waitFor()
    await isHeard(page)
    await page.keyboard.press('v')
    await page.locator('[data-stage="ready"]').waitFor()
    return { page, context, log }
  }

  /** From asking on an English page to talking. */
  async connect(kiosk: Page, console: Page): Promise<void> {
    await press(kiosk, 'Call an expert')
    await press(kiosk, 'Agree and call')
    await console.locator('[data-stage="ringing"]').waitFor()
    await console.keyboard.press('a')
    await press(kiosk, 'Agree and talk')
    await kiosk.getByRole('heading', { name: 'Talking to Expert Wang' }).waitFor()
    await isIn(this)
  }

  /** Agreed to by two people, as the library has it. */
  async addDocument(item: string, title: Readonly<Record<string, string>>, file: Buffer): Promise<void> {
    const sha256 = createHash('sha256').update(file).digest('hex')
    const folder = join(this.kiosks.data, 'content')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, sha256), file)
    await this.order({
      name: 'content.add',
      item,
      title,
      media: { sha256, type: 'image/png', bytes: file.length },
      template: null,
      words: {},
      productCode: null,
      expiresOn: null,
      by: 'ann',
    })
    await this.order({ name: 'content.approve', item, version: 1, by: 'bob' })
  }

  stop(): Promise<void> {
    return this.kiosks.stop()
  }
}
