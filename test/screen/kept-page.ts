/** A page of the branch on a machine of its own: a browser that keeps its profile, and what the stage of the page showed. */
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { openKeptChromium, type PageLog, readConsole } from '../support/chromium.ts'

export interface Frame {
  readonly kind: string
  readonly item?: string
  readonly version?: number
  readonly task?: string
}

export interface VideoEvent {
  readonly what: 'playing' | 'pause' | 'ended' | 'volumechange'
  readonly muted: boolean
  readonly volume: number
  /** Of the video, in seconds. */
  readonly at: number
}

/**
 * In the page before anything of it. It tells on its console: whatever else reaches out of a page or into it counts for the
 * browser as somebody who touched it, and may hear sound from then on.
 */
const tell = `const tell = (kind, what) => console.debug('seen ' + kind + ' ' + what)`
const told = /^seen (frame|video) (.*)$/

/** Each turn of a video, by its own word. */
const watchVideos = `for (const what of ['playing', 'pause', 'ended', 'volumechange'])
  addEventListener(what, ({ target }) => {
    const { muted, volume, currentTime: at } = target
    tell('video', JSON.stringify({ what, muted, volume, at }))
  }, true)`

/** Each change of what the stage shows. */
const watchFrames = `new MutationObserver((changes) => {
  for (const { target, oldValue } of changes) {
    const { frame } = target.dataset
    if (frame !== undefined && frame !== oldValue) tell('frame', frame)
  }
}).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-frame'], attributeOldValue: true })`

export interface PlaceOfPage {
  /** The device that it becomes when it is let in. */
  readonly device: string
  readonly address: string
  readonly profile: string
  /** Switches of the browser. */
  readonly words?: readonly string[]
}

export class KeptPage {
  /** Of all its lives. */
  readonly frames: Frame[] = []
  readonly videos: VideoEvent[] = []
  readonly #place: PlaceOfPage
  #context: BrowserContext | undefined
  #page: Page | undefined
  #log: PageLog | undefined

  constructor(place: PlaceOfPage) {
    this.#place = place
  }

  get device(): string {
    return this.#place.device
  }

  page = () => this.#page as Page
  log = () => this.#log as PageLog

  /** Items of the library, in the order in which they were seen. */
  shown = (): readonly string[] => this.frames.flatMap(({ item }) => (item === undefined ? [] : [item]))

  /** What somebody at the desk lets it in by. */
  code = (): Locator => this.page().getByText(/^[0-9A-Z]{3} ?[0-9A-Z]{3}$/)

  async open() {
    const context = await openKeptChromium(this.#place.profile, this.#place.words)
    this.#context = context
    context.on('console', (message) => {
      const [, kind, what = ''] = told.exec(message.text()) ?? []
      if (kind === 'frame') this.frames.push(JSON.parse(what) as Frame)
      if (kind === 'video') this.videos.push(JSON.parse(what) as VideoEvent)
    })
    await context.addInitScript({ content: `{ ${tell}\n${watchFrames}\n${watchVideos} }` })
    this.#page = context.pages()[0] ?? (await context.newPage())
    this.#log = readConsole(this.#page, /requires 'Trusted\w+' assignment/i)
    await this.#page.goto(this.#place.address)
  }

  /** As a power cut. */
  async kill() {
    const page = this.page()
    const context = page.context()
    const session = await context.newCDPSession(page)
    const gone = new Promise<void>((resolve) => {
      context.once('close', () => resolve())
    })
    await session.send('Browser.crash' as 'Browser.close').catch(() => undefined)
    await gone
  }

  async close() {
    await this.#context?.close()
  }
}
