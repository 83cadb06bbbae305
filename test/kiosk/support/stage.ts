/**
 * A kiosk for tests: a real hub with the demonstration's branch, of which two kiosks have settings of their own, the
 * built page, and a real browser. Whatever a page throws or is kept from doing fails the test that looks.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { parse, stringify } from 'yaml'
import { readVersions } from '#cli/start/versions.ts'
import { flows } from '#flows/index.ts'
import { systemClock } from '#hub/engine/hub-time.ts'
import { type Hub, startHub } from '#hub/main.ts'
import { HubConfig } from '#hub/ops/config.ts'
import { createLog } from '#hub/ops/log.ts'
import { openMediaChromium } from '../../calls/support/parties.ts'
import { openChromium, type PageLog, readConsole } from '../../support/chromium.ts'

const root = join(import.meta.dirname, '../../..')
const demo = join(root, 'simulators/branches/demo.yaml')
const example = join(root, 'docs/guides/examples/kiosk-settings.yaml')

export const sizes = {
  landscape: { width: 1280, height: 800 },
  portrait: { width: 1080, height: 1920 },
} as const

export interface KioskPage {
  readonly page: Page
  readonly context: BrowserContext
  readonly log: PageLog
}

export interface KioskWishes {
  readonly app?: 'kiosk' | 'screen'
  readonly device?: string
  readonly size?: keyof typeof sizes
  /** Runs before the page is gone to. */
  readonly before?: (page: Page) => Promise<void>
}

interface DeclaredDevice {
  readonly id: string
  settings?: object
}

interface Beyond {
  /** What else the branch file says of its expert desk. */
  readonly experts?: object
  /** Of its kiosks, beyond the example's. */
  readonly services?: readonly object[]
  /** What else it says of its recorded sales. */
  readonly recording?: object
  /** Settings of the hub. */
  readonly recordings?: object
}

/** The demonstration's branch, with the example's settings for its first two kiosks, and what goes beyond it. */
const branchFile = (folder: string, { experts = {}, services = [], recording = {} }: Beyond): string => {
  const branch = parse(readFileSync(demo, 'utf8')) as {
    devices: DeclaredDevice[]
    experts: object
    recording: object
  }
  Object.assign(branch.experts, experts)
  Object.assign(branch.recording, recording)
  const settings = parse(readFileSync(example, 'utf8')) as { readonly services: readonly object[] }
  const kiosk = { ...settings, services: [...settings.services, ...services] }
  for (const device of branch.devices)
    if (['kiosk-1', 'kiosk-2'].includes(device.id)) device.settings = { kiosk }
  const file = join(folder, 'branch.yaml')
  writeFileSync(file, stringify(branch))
  return file
}

export class KioskStage {
  readonly #isInCalls: boolean
  readonly #folder = mkdtempSync(join(tmpdir(), 'usher-kiosk-'))
  readonly #branch: string
  readonly #recordings: object
  #ports = { http: 0, ws: 0, mqtt: 0 }
  #hub: Hub | undefined
  #browser: Browser | undefined

  /** @param isInCalls with a camera and a microphone, which are none */
  constructor({ isInCalls = false, ...beyond }: { readonly isInCalls?: boolean } & Beyond = {}) {
    this.#isInCalls = isInCalls
    this.#branch = branchFile(this.#folder, beyond)
    this.#recordings = beyond.recordings ?? {}
  }

  get browser(): Browser {
    return this.#browser as Browser
  }

  get hub(): Hub {
    return this.#hub as Hub
  }

  get base(): string {
    return `http://127.0.0.1:${this.#ports.http}`
  }

  get data(): string {
    return join(this.#folder, 'data')
  }

  get mqtt(): number {
    return this.#ports.mqtt
  }

  async open(): Promise<this> {
    const [browser] = await Promise.all([
      this.#isInCalls ? openMediaChromium() : openChromium(),
      this.startHub(),
    ])
    this.#browser = browser
    return this
  }

  /** On the same ports, with the same data. */
  async startHub(): Promise<void> {
    this.#hub = await startHub({
      config: HubConfig.parse({
        branch: this.#branch,
        data: join(this.#folder, 'data'),
        mqtt: {
          loopback: { port: this.#ports.mqtt, trust: 'declared' },
          tls: false,
          websocket: { loopback: { port: this.#ports.ws, trust: 'declared' } },
        },
        http: { port: this.#ports.http },
        recordings: this.#recordings,
      }),
      flows,
      versions: readVersions(),
      clock: systemClock(),
      log: createLog('silent'),
      onFatal: (error) => {
        throw error
      },
    })
    const { http, ws = 0, mqtt = 0 } = this.#hub.ports
    this.#ports = { http, ws, mqtt }
  }

  async stopHub(): Promise<void> {
    const hub = this.#hub
    this.#hub = undefined
    await hub?.stop()
  }

  async openPage({
    app = 'kiosk',
    device = 'kiosk-1',
    size = 'landscape',
    before,
  }: KioskWishes = {}): Promise<KioskPage> {
    const context = await (this.#browser as Browser).newContext({
      viewport: sizes[size],
      baseURL: this.base,
      reducedMotion: 'reduce',
      permissions: this.#isInCalls ? ['camera', 'microphone'] : [],
    })
    // A page that stands still is seen to, and not waited for.
    context.setDefaultTimeout(15_000)
    const page = await context.newPage()
    const log = readConsole(page, /requires 'Trusted\w+' assignment/i)
    await before?.(page)
    await page.goto(`/${app}?device=${device}`)
    return { page, context, log }
  }

  async stop(): Promise<void> {
    await this.#browser?.close()
    await this.stopHub()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
