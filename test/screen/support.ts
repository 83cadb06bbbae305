/** A screen as it hangs on a wall: a hub that is a process, its library with something in it, and a browser that keeps its profile. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { connectAsync } from 'mqtt'
import type { BrowserContext, Page } from 'playwright-core'
import type { Media } from '#protocol/content.ts'
import { uploadPath } from '#protocol/desk/content-routes.ts'
import { openPageHub, type PageHub } from '../adapters/browser/support/page-hub.ts'
import { demoBranch } from '../cli/support.ts'
import { type Browser, openBrowser } from '../desk/support.ts'
import { openKeptChromium, type PageLog, readConsole } from '../support/chromium.ts'

const password = 'walnut-umbrella-seventeen-fjords'

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** A whole picture of one colour. */
export const picture = (colour: readonly [number, number, number], width = 320, height = 180): Buffer => {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const line = Buffer.concat([
    Buffer.alloc(1),
    Buffer.concat(Array.from({ length: width }, () => Buffer.from(colour))),
  ])
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(Array.from({ length: height }, () => line)))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

export interface Frame {
  readonly kind: string
  readonly item?: string
  readonly version?: number
  readonly task?: string
}

export interface Editors {
  readonly ann: Browser
  readonly bob: Browser
}

const enter = async (hub: PageHub, name: string): Promise<Browser> => {
  const { link } = await hub.json<{ link: string }>('staff', 'invite', name, '--roles', 'manager,admin')
  const browser = openBrowser(hub.ports.http)
  const code = new URL(link).searchParams.get('code') ?? ''
  await sent(browser, '/api/set-up', { code, password })
  return browser
}

const sent = async (browser: Browser, path: string, body: object): Promise<string> => {
  const answer = await browser.post(path, body)
  if (answer.status !== 200) throw new Error(`${path}: ${answer.text}`)
  return answer.text
}

export interface NewItem {
  readonly item: string
  readonly bytes?: Buffer
  readonly template?: string
  readonly words?: Readonly<Record<string, string>>
  readonly mandatory?: string
}

export interface ScreenStage {
  readonly hub: PageHub
  readonly editors: Editors
  readonly frames: Frame[]
  page(): Page
  log(): PageLog
  context(): BrowserContext
  /** Uploaded by one, put into the playlist of the screen, agreed to by the other. */
  publish(items: readonly NewItem[], showForMs: number): Promise<void>
  openScreen(): Promise<void>
  admit(): Promise<void>
  /** Some other device of the branch says what happened. */
  sense(device: string, event: string, data: object): Promise<void>
  /** As a power cut. */
  killScreen(): Promise<void>
  /** What the hub was told, as its journal has it. */
  plays(): Promise<readonly Play[]>
  stop(): Promise<void>
}

export interface Play {
  readonly player: string
  readonly n: number
  readonly item: string
  readonly ended: string
  readonly shownForMs: number
  readonly task?: string
}

/** In the page before anything of it: tells each change of what the stage shows. */
const watchFrames = `new MutationObserver((changes) => {
  for (const { target, oldValue } of changes) {
    const { frame } = target.dataset
    if (frame !== undefined && frame !== oldValue) tellFrame(frame)
  }
}).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-frame'], attributeOldValue: true })`

const uploaded = async (hub: PageHub, { cookie }: Browser, bytes: Buffer): Promise<Media> => {
  const origin = `http://127.0.0.1:${hub.ports.http}`
  const answer = await fetch(origin + uploadPath, {
    method: 'POST',
    headers: { origin, cookie: cookie ?? '', 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(text)
  return (JSON.parse(text) as { media: Media }).media
}

const device = 'screen-waiting-1'

class Stage implements ScreenStage {
  readonly hub: PageHub
  readonly editors: Editors
  readonly frames: Frame[] = []
  readonly #folder: string
  #context: BrowserContext | undefined
  #page: Page | undefined
  #log: PageLog | undefined
  #playlistRevision = 0
  readonly #entries: { readonly item: string; readonly showForMs: number }[] = []

  constructor(folder: string, hub: PageHub, editors: Editors) {
    this.#folder = folder
    this.hub = hub
    this.editors = editors
  }

  page = () => this.#page as Page
  log = () => this.#log as PageLog
  context = () => this.#context as BrowserContext

  async publish(items: readonly NewItem[], showForMs: number) {
    const { ann, bob } = this.editors
    const versions: { readonly item: string; readonly version: number }[] = []
    for (const { item, bytes, template, words = {}, mandatory } of items) {
      const media = bytes === undefined ? null : await uploaded(this.hub, ann, bytes)
      const told = await sent(ann, '/api/content/versions', {
        item,
        title: { zh: item, en: item },
        ...(mandatory !== undefined && { mandatory }),
        sha256: media?.sha256 ?? null,
        template: template ?? null,
        words,
        productCode: null,
        expiresOn: null,
      })
      const { version } = JSON.parse(told) as { version: number }
      versions.push({ item, version })
    }
    this.#entries.push(...items.map(({ item }) => ({ item, showForMs })))
    await this.#setPlaylist()
    for (const version of versions) await sent(bob, '/api/content/versions/approve', version)
  }

  async #setPlaylist() {
    await sent(this.editors.ann, '/api/content/playlists', {
      playlist: 'waiting',
      title: { zh: '等候区', en: 'Waiting' },
      zones: [],
      entries: this.#entries,
      runs: { from: null, to: null, hours: null, weekdays: [] },
      priority: 0,
      on: true,
      revision: this.#playlistRevision,
    })
    this.#playlistRevision += 1
  }

  async openScreen() {
    const context = await openKeptChromium(join(this.#folder, 'profile'))
    this.#context = context
    await context.exposeFunction(
      'tellFrame',
      (frame: string) => void this.frames.push(JSON.parse(frame) as Frame),
    )
    await context.addInitScript({ content: watchFrames })
    this.#page = context.pages()[0] ?? (await context.newPage())
    this.#log = readConsole(this.#page, /requires 'Trusted\w+' assignment/i)
    await this.#page.goto(`http://127.0.0.1:${this.hub.ports.http}/screen`)
  }

  /** By the code that it shows. */
  async admit() {
    const code = (await this.page().locator('.note.code strong').textContent()) ?? ''
    await sent(this.editors.ann, '/api/pairings/admit', { code, device })
    await this.page().locator('.note.code').waitFor({ state: 'detached' })
  }

  async sense(device: string, event: string, data: object) {
    const client = await connectAsync(`mqtt://127.0.0.1:${this.hub.ports.mqtt}`, {
      clientId: `demo/${device}`,
    })
    await client.publishAsync(`usher/v1/demo/${device}/event/${event}`, JSON.stringify(data), { qos: 1 })
    await client.endAsync()
  }

  async killScreen() {
    const session = await this.context().newCDPSession(this.page())
    const gone = new Promise<void>((resolve) => {
      this.context().once('close', () => resolve())
    })
    await session.send('Browser.crash' as 'Browser.close').catch(() => undefined)
    await gone
  }

  async plays() {
    const { said } = await this.hub.usher('journal', 'export', '--from', '1')
    const plays = said
      .split('\n')
      .filter((line) => line.includes('content.played'))
      .flatMap(playsIn)
    return [...new Map(plays.map((play) => [`${play.player}/${play.n}`, play])).values()].sort(
      (a, b) => a.n - b.n,
    )
  }

  async stop() {
    await this.#context?.close()
    await this.hub.kill()
  }
}

interface Told {
  readonly body: {
    readonly data: { readonly player: string; readonly plays: readonly Omit<Play, 'player'>[] }
  }
}

const playsIn = (line: string): readonly Play[] => {
  const { body } = JSON.parse(line) as { body: string }
  const { player, plays } = (JSON.parse(body) as Told).body.data
  return plays.map((play) => ({ ...play, player }))
}

/** The demonstration's, where called tickets are shown on screens. */
const withCalls = (folder: string): string => {
  const file = join(folder, 'branch.yaml')
  const flow = 'flows:\n  ticket-call:\n    policy: { onScreens: true, showForMs: 3000 }\n'
  writeFileSync(file, readFileSync(demoBranch, 'utf8').replace(/^flows:\n/m, flow))
  return file
}

export const openScreenStage = async (folder: string): Promise<ScreenStage> => {
  // Its own pages need no place in the list of origins.
  const hub = await openPageHub(join(folder, 'hub'), 'http://127.0.0.1:9', withCalls(folder))
  return new Stage(folder, hub, { ann: await enter(hub, 'ann'), bob: await enter(hub, 'bob') })
}
