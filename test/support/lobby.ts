/**
 * The tablet for tests: a real hub with the demonstration's branch on free ports, the built pages, and a real browser.
 * Tests with it stand in test/tablet: they see a hub, and no DOM but through the page.
 * Whatever a page throws or is kept from doing by the policy of the hub fails the test that opened it.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { startLobby } from '#cli/demo/lobby-process.ts'
import { readVersions } from '#cli/start/versions.ts'
import { flows } from '#flows/index.ts'
import { systemClock } from '#hub/engine/hub-time.ts'
import { type Hub, startHub } from '#hub/main.ts'
import { HubConfig } from '#hub/ops/config.ts'
import { createLog } from '#hub/ops/log.ts'
import type { DeskRole } from '#protocol/desk/roles.ts'
import { openBareChromium, openChromium, type PageLog, readConsole } from './chromium.ts'
import { smallTargetsHere } from './small-targets.js'

const branchFile = join(import.meta.dirname, '../../simulators/branches/demo.yaml')
export const lobbyPassword = 'walnut-umbrella-seventeen-fjords'

/** The sizes that every page is looked at. */
export const sizes = {
  landscape: { width: 1280, height: 800 },
  small: { width: 1024, height: 768 },
  portrait: { width: 768, height: 1024 },
  phone: { width: 390, height: 844 },
} as const

export interface PageWishes {
  readonly who?: string
  readonly tongue?: 'zh' | 'en'
  readonly scheme?: 'light' | 'dark'
  readonly size?: keyof typeof sizes
  /** Also asks what is asked once, when a shift begins. */
  readonly shift?: boolean
  /** Below /lobby. */
  readonly path?: string
  /** Runs in the page before anything of it. */
  readonly before?: () => void
}

export interface LobbyPage {
  readonly page: Page
  readonly context: BrowserContext
  readonly log: PageLog
  /** Goes through its troubles, and closes it. */
  close(): Promise<void>
}

export interface LobbyStage {
  readonly browser: Browser
  readonly base: string
  /** Of the hub. */
  readonly data: string
  hub(): Hub
  /** As a hub that dies or is updated; pages see their line break. */
  stopHub(): Promise<void>
  /** On the same ports, with the same data. */
  startHub(): Promise<void>
  addAccount(name: string, roles: readonly DeskRole[]): Promise<void>
  /** On a page that asks for it. */
  signIn(page: Page, who: string): Promise<void>
  /** Signed in, with its line open. */
  openPage(wishes?: PageWishes): Promise<LobbyPage>
  stop(): Promise<void>
}

export interface StageWishes {
  /** With the simulated devices and people; otherwise the branch is there, and nobody in it. */
  readonly isPeopled?: boolean
  /** Where the built pages are; default: those of `npm run build`. */
  readonly pages?: string
  /** With the door for pages that are devices. */
  readonly hasDoor?: boolean
  /** Which lets in whoever names a declared device, without a code. */
  readonly isDoorOpen?: boolean
  /** The whole browser, with more of its switches; otherwise the engine alone. */
  readonly words?: readonly string[]
  /** Pages are kept by their service worker, as on a real tablet: it fetches all of them for each browser context. */
  readonly keepsPages?: boolean
}

/** Runs in the page: whoever it is has started his shift today, as the demonstration's branch counts days. */
export const keepShift = (who: string): void => {
  // It also runs in the frame of a preview, which is nobody's and keeps nothing.
  if ((globalThis as { readonly origin?: string }).origin === 'null') return
  const timeZone = 'Asia/Shanghai'
  const parts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const
  const day = new Intl.DateTimeFormat('en-CA', { timeZone, ...parts }).format(Date.now())
  localStorage.setItem('usher.shift', `${who} ${day} ${timeZone}`)
}

const quiet = () => createLog('silent')

interface Places {
  readonly data: string
  readonly pages: string | undefined
  readonly ports: { readonly http: number; readonly mqtt: number; readonly ws: number }
  readonly door: false | { readonly trust?: 'declared' }
}

const configOf = ({ data, pages, ports, door }: Places): HubConfig =>
  HubConfig.parse({
    branch: branchFile,
    data,
    mqtt: {
      loopback: { port: ports.mqtt, trust: 'declared' },
      tls: false,
      websocket: door && { loopback: { port: ports.ws, ...door } },
    },
    http: { port: ports.http, pages },
  })

class Stage implements LobbyStage {
  readonly #folder = mkdtempSync(join(tmpdir(), 'usher-lobby-'))
  readonly #cookies = new Map<string, Awaited<ReturnType<BrowserContext['cookies']>>>()
  readonly #wishes: StageWishes
  #ports = { http: 0, mqtt: 0, ws: 0 }
  #hub: Hub | undefined
  #browser: Browser | undefined
  #lobby: ReturnType<typeof startLobby> | undefined

  constructor(wishes: StageWishes) {
    this.#wishes = wishes
  }

  get browser(): Browser {
    return this.#browser as Browser
  }

  get base(): string {
    return `http://127.0.0.1:${this.#ports.http}`
  }

  get data(): string {
    return join(this.#folder, 'data')
  }

  hub(): Hub {
    return this.#hub as Hub
  }

  async open(): Promise<this> {
    const { words } = this.#wishes
    const open = words === undefined ? openBareChromium() : openChromium(words)
    const [browser] = await Promise.all([open, this.startHub()])
    this.#browser = browser
    await this.addAccount('manager-1', ['manager', 'admin'])
    if (this.#wishes.isPeopled === true)
      this.#lobby = startLobby({
        broker: `mqtt://127.0.0.1:${this.#ports.mqtt}`,
        seed: '1',
        inProcess: true,
        logFolder: join(this.#folder, 'devices'),
        complain: () => undefined,
      })
    return this
  }

  async startHub(): Promise<void> {
    this.#hub = await startHub({
      config: configOf({
        data: join(this.#folder, 'data'),
        pages: this.#wishes.pages,
        ports: this.#ports,
        door:
          this.#wishes.hasDoor === true && (this.#wishes.isDoorOpen === true ? { trust: 'declared' } : {}),
      }),
      flows,
      versions: readVersions(),
      clock: systemClock(),
      log: quiet(),
      onFatal: (error) => {
        throw error
      },
    })
    const { http, mqtt = 0, ws = 0 } = this.#hub.ports
    this.#ports = { http, mqtt, ws }
  }

  async stopHub(): Promise<void> {
    const hub = this.#hub
    this.#hub = undefined
    await hub?.stop()
  }

  addAccount(name: string, roles: readonly DeskRole[]): Promise<void> {
    return this.hub().desk.putLocal({ name, roles, password: lobbyPassword })
  }

  async openPage(wishes: PageWishes = {}): Promise<LobbyPage> {
    const { who = 'manager-1', tongue = 'en', scheme = 'light', size = 'landscape' } = wishes
    const context = await this.browser.newContext({
      locale: tongue === 'zh' ? 'zh-CN' : 'en-GB',
      colorScheme: scheme,
      viewport: sizes[size],
      baseURL: this.base,
      reducedMotion: 'reduce',
      serviceWorkers: this.#wishes.keepsPages === true ? 'allow' : 'block',
    })
    const page = await context.newPage()
    const log = readConsole(page, /requires 'Trusted\w+' assignment/i)
    if (wishes.before !== undefined) await page.addInitScript(wishes.before)
    if (wishes.shift !== true) await page.addInitScript(keepShift, who)
    await context.addCookies(this.#cookies.get(who) ?? [])
    await page.goto(`/lobby${wishes.path ?? ''}`)
    if (new URL(page.url()).pathname === '/sign-in') {
      await this.signIn(page, who)
      await page.waitForURL(/\/lobby/)
      this.#cookies.set(who, await context.cookies())
    }
    await page.getByText(tongue === 'zh' ? '已连接' : 'Live', { exact: true }).waitFor()
    return {
      page,
      context,
      log,
      close: async () => {
        if (log.troubles.length > 0) throw new Error(`The page had troubles:\n${log.troubles.join('\n')}`)
        await context.close()
      },
    }
  }

  async signIn(page: Page, who: string) {
    await page.locator('#name').fill(who)
    await page.locator('#password').fill(lobbyPassword)
    await page.keyboard.press('Enter')
  }

  async stop(): Promise<void> {
    await this.#browser?.close()
    await this.#lobby?.stop()
    await this.stopHub()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

/** One for a file: starting it takes longer than most tests. */
export const openLobby = (wishes: StageWishes = {}): Promise<LobbyStage> => new Stage(wishes).open()

const require = createRequire(import.meta.url)
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[]
}

/** Every violation of WCAG 2.2 AA on the page as it is now, in a form that says where. */
export const accessibilityOf = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe)
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(options: object): Promise<{ violations: Violation[] }> }
    }
    const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
    // Words for where all that is in order stands would take longer than the looking.
    return (await axe.run({ runOnly: { type: 'tag', values }, resultTypes: ['violations'] })).violations
  })
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  )
}

/** What can be pressed and is smaller than 48 px; links within a sentence may be. */
export const smallTargets = (page: Page): Promise<readonly string[]> => page.evaluate(smallTargetsHere)
