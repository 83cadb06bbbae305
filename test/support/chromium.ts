/** A real browser for tests: Debian's Chromium, driven by playwright-core, which brings none and downloads none. */
import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'

const program = '/usr/bin/chromium'

/** The same engine without windows, tabs and profiles: a page costs it a quarter less. Who has not installed it gets the whole one. */
const bare = '/usr/bin/chromium-headless-shell'

/** What Playwright switches off: of two such lists Chromium heeds the last alone. */
const offForPlaywright = [
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'TcpPortRandomizationWin',
  'ThirdPartyStoragePartitioning',
]

/** Below its address bar, which nobody sees, Chromium keeps two pages of its own ready: more work a window than most pages of ours. */
const offForUs = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup']

const arguments_ = [
  `--disable-features=${[...offForPlaywright, ...offForUs].join(',')}`,
  // Its own sandbox does not start as root.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
]

const launch = (executablePath: string, words: readonly string[]): Promise<Browser> =>
  chromium.launch({ executablePath, headless: true, args: [...arguments_, ...words] })

/** As people have it. One for all tests of a file: starting it takes longer than most of them. @param words more of its switches */
export const openChromium = (words: readonly string[] = []): Promise<Browser> => launch(program, words)

/** For pages that need an engine and nothing around it: neither cameras nor films nor what outlives the browser. */
export const openBareChromium = (): Promise<Browser> => launch(existsSync(bare) ? bare : program, [])

/** The same with a folder of its own, in which what pages keep outlives it. */
export const openKeptChromium = (folder: string, words: readonly string[] = []) =>
  chromium.launchPersistentContext(folder, {
    executablePath: program,
    headless: true,
    args: [...arguments_, ...words],
    // Who is asked to stop says goodbye first.
    handleSIGTERM: false,
  })

export interface PageLine {
  readonly level: string
  readonly msg: string
  readonly [field: string]: unknown
}

export interface PageLog {
  /** The first JSON line on its console since `from` that fits, said already or yet to come. */
  says(msg: string | RegExp, from?: number): Promise<PageLine>
  lines(): readonly PageLine[]
  /** What it was kept from by its content security policy, and what it threw. */
  readonly troubles: readonly string[]
}

/** What a browser says when its content security policy keeps a page from something. */
const kept = /Content.Security.Policy/i

/** Call it before the page goes anywhere. @param trouble what else of its console counts as one */
export const readConsole = (page: Page, trouble?: RegExp): PageLog => {
  const lines: PageLine[] = []
  const troubles: string[] = []
  const waiting = new Set<() => void>()
  page.on('console', (message) => {
    const text = message.text()
    if (kept.test(text) || trouble?.test(text) === true) troubles.push(text)
    if (!text.startsWith('{')) return
    lines.push(JSON.parse(text) as PageLine)
    for (const look of waiting) look()
  })
  page.on('pageerror', (error) => troubles.push(String(error)))
  return {
    troubles,
    lines: () => lines,
    says: (wanted, from = 0) =>
      new Promise((resolve) => {
        const look = () => {
          const found = lines
            .slice(from)
            .find(({ msg }) => (typeof wanted === 'string' ? msg === wanted : wanted.test(msg)))
          if (found === undefined) return
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
      }),
  }
}
