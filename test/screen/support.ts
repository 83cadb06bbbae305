/** Two screens as they hang on a wall and a kiosk: a hub that is a process, and for each a browser that keeps its profile. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { connectAsync } from 'mqtt'
import { parse, stringify } from 'yaml'
import { openControl } from '#hub/ops/control.ts'
import { controlPath } from '#hub/ops/paths.ts'
import type { StoredEntry } from '#hub/store/port.ts'
import type { Media } from '#protocol/content.ts'
import { uploadPath } from '#protocol/desk/content-routes.ts'
import { openPageHub, type PageHub } from '../adapters/browser/support/page-hub.ts'
import { demoBranch } from '../cli/support.ts'
import { type Browser, openBrowser } from '../desk/support.ts'
import { KeptPage } from './kept-page.ts'

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
  readonly screens: readonly [KeptPage, KeptPage]
  readonly kiosk: KeptPage
  /** Uploaded by one, put into the playlist of the screens, agreed to by the other. */
  publish(items: readonly NewItem[], showForMs: number): Promise<void>
  /** By the code that it shows. */
  admit(page: KeptPage): Promise<void>
  /** Some other device of the branch says what happened. */
  sense(device: string, event: string, data: object): Promise<void>
  /** What a device told the hub, as the journal has it. */
  told(device: string, event: string): Promise<readonly unknown[]>
  /** The same for the showings of both screens: each once, in their order. */
  plays(): Promise<readonly [readonly Play[], readonly Play[]]>
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

type StageParts = Pick<ScreenStage, 'hub' | 'editors' | 'screens' | 'kiosk'>

class Stage implements ScreenStage {
  readonly hub: PageHub
  readonly editors: Editors
  readonly screens: readonly [KeptPage, KeptPage]
  readonly kiosk: KeptPage
  #playlistRevision = 0
  readonly #entries: { readonly item: string; readonly showForMs: number }[] = []

  constructor({ hub, editors, screens, kiosk }: StageParts) {
    this.hub = hub
    this.editors = editors
    this.screens = screens
    this.kiosk = kiosk
  }

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

  async admit(page: KeptPage) {
    const code = (await page.code().textContent()) ?? ''
    await sent(this.editors.ann, '/api/pairings/admit', { code, device: page.device })
    await page.code().waitFor({ state: 'detached' })
  }

  async sense(device: string, event: string, data: object) {
    const client = await connectAsync(`mqtt://127.0.0.1:${this.hub.ports.mqtt}`, {
      clientId: `demo/${device}`,
    })
    await client.publishAsync(`usher/v1/demo/${device}/event/${event}`, JSON.stringify(data), { qos: 1 })
    await client.endAsync()
  }

  /** Asked as the command asks: a process for each look would be most of the work. */
  async #journal(): Promise<readonly StoredEntry[]> {
    const control = await openControl(controlPath(this.hub.data))
    const entries: StoredEntry[] = []
    try {
      for await (const entry of control.stream<StoredEntry>('journal.export', { from: 1 }))
        entries.push(entry)
      return entries
    } finally {
      control.close()
    }
  }

  told = async (device: string, event: string) => toldIn(await this.#journal(), device, event)

  async plays() {
    const journal = await this.#journal()
    const [one, other] = this.screens
    return [playsIn(journal, one.device), playsIn(journal, other.device)] as const
  }

  async stop() {
    await Promise.all([...this.screens, this.kiosk].map((page) => page.close()))
    await this.hub.kill()
  }
}

interface Told {
  readonly kind: string
  readonly device?: string
  readonly name?: string
  readonly data?: unknown
}

const toldIn = (journal: readonly StoredEntry[], device: string, event: string): readonly unknown[] =>
  journal
    .flatMap(({ body }) => (body?.includes(event) === true ? [body] : []))
    .flatMap((text) => {
      const { body } = JSON.parse(text) as { body: Told }
      const isThat = body.kind === 'event' && body.device === device && body.name === event
      return isThat ? [body.data] : []
    })

interface Played {
  readonly player: string
  readonly plays: readonly Omit<Play, 'player'>[]
}

const playsIn = (journal: readonly StoredEntry[], device: string): readonly Play[] => {
  const told = toldIn(journal, device, 'content.played') as readonly Played[]
  const plays = told.flatMap(({ player, plays }) => plays.map((play) => ({ ...play, player })))
  return [...new Map(plays.map((play) => [`${play.player}/${play.n}`, play])).values()].sort(
    (a, b) => a.n - b.n,
  )
}

const kioskSettings = join(import.meta.dirname, '../../docs/guides/examples/kiosk-settings.yaml')

interface BranchFile {
  readonly devices: readonly { readonly id: string; settings?: object }[]
  readonly flows: Record<string, object>
}

/** The demonstration's, where called tickets are shown on screens, and a kiosk has services of its own. */
const branchFile = (folder: string): string => {
  const branch = parse(readFileSync(demoBranch, 'utf8')) as BranchFile
  branch.flows['ticket-call'] = { policy: { onScreens: true, showForMs: 3_000 } }
  const kiosk = parse(readFileSync(kioskSettings, 'utf8')) as object
  for (const device of branch.devices) if (device.id === 'kiosk-1') device.settings = { kiosk }
  const file = join(folder, 'branch.yaml')
  writeFileSync(file, stringify(branch))
  return file
}

export const openScreenStage = async (folder: string): Promise<ScreenStage> => {
  // Its own pages need no place in the list of origins.
  const hub = await openPageHub(join(folder, 'hub'), 'http://127.0.0.1:9', branchFile(folder))
  const pageOf = (app: 'screen' | 'kiosk', device: string, words: readonly string[] = []) =>
    new KeptPage({
      device,
      address: `http://127.0.0.1:${hub.ports.http}/${app}`,
      profile: join(folder, device),
      words,
    })
  return new Stage({
    hub,
    editors: { ann: await enter(hub, 'ann'), bob: await enter(hub, 'bob') },
    // One as the guide says how to start it, and one without the switch for sound.
    screens: [
      pageOf('screen', 'screen-waiting-1', ['--autoplay-policy=no-user-gesture-required']),
      pageOf('screen', 'screen-waiting-2'),
    ],
    kiosk: pageOf('kiosk', 'kiosk-1'),
  })
}
