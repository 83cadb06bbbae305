/** Starts and kills the process of hub.main.ts, and asks it. Its pages are parties, where kiosks find theirs. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openTickets } from '#hub/calls/line/ticket.ts'
import type { EntryBody } from '#hub/engine/entry.ts'
import type { CallRow, ExpertRow } from '#protocol/calls/rows.ts'
import type { DeskRole } from '#protocol/desk/roles.ts'
import type { SaleRow } from '#protocol/recording/sale.ts'
import { killChild } from '../../support/kill-child.ts'
import { bundleCall } from './line-process.ts'

export interface HubWishes {
  /** A section of the branch file; absent: nothing is recorded. */
  readonly recording?: object
  /** How recordings are kept. */
  readonly recordings?: object
  /** Of the hub's own settings. */
  readonly calls?: object
  readonly accounts?: readonly {
    readonly name: string
    readonly roles: readonly DeskRole[]
    readonly password: string
  }[]
}

export interface SeenHub {
  readonly calls: readonly CallRow[]
  readonly experts: readonly ExpertRow[]
  readonly escalations: readonly { readonly state: string }[]
  readonly sales: readonly SaleRow[]
  readonly flows: readonly string[]
}

interface FromHub {
  readonly port?: number
  readonly id?: number
  readonly seen?: SeenHub
  readonly failed?: string
}

const pages = join(import.meta.dirname, '../page')

export class HubProcess {
  readonly #folder = mkdtempSync(join(tmpdir(), 'usher-call-hub-'))
  readonly #wishes: HubWishes
  #port = 0
  #asked = 0
  #child: ChildProcess | undefined

  constructor(wishes: HubWishes = {}) {
    this.#wishes = wishes
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  /** Of its pages. */
  get base(): string {
    return `${this.origin}/kiosk`
  }

  get data(): string {
    return join(this.#folder, 'data')
  }

  /** Of its process; undefined: there is none now. */
  get pid(): number | undefined {
    return this.#child?.pid
  }

  async start(): Promise<this> {
    if (this.#port === 0) await this.#makePages()
    const words = [this.#folder, `${this.#port}`, JSON.stringify(this.#wishes)]
    const child = fork(join(import.meta.dirname, 'hub.main.ts'), words)
    this.#child = child
    const [{ port = 0 }] = (await once(child, 'message')) as [FromHub]
    this.#port = port
    return this
  }

  async ticket(call: string, participant: string): Promise<string> {
    const tickets = await openTickets(this.data, () => Date.now())
    return tickets.issue({ call, participant, until: Date.now() + 3_600_000 })
  }

  /** @param body done first; absent: it is only asked */
  ask(body?: EntryBody): Promise<SeenHub> {
    const child = this.#child as ChildProcess
    this.#asked += 1
    const id = this.#asked
    return new Promise((resolve, reject) => {
      const hear = (told: FromHub) => {
        if (told.id !== id) return
        child.off('message', hear)
        if (told.seen === undefined) reject(new Error(told.failed))
        else resolve(told.seen)
      }
      child.on('message', hear)
      child.send({ id, body })
    })
  }

  command(command: Extract<EntryBody, { kind: 'command' }>['command']): Promise<SeenHub> {
    return this.ask({ kind: 'command', command })
  }

  async kill(): Promise<void> {
    const child = this.#child
    this.#child = undefined
    await killChild(child)
  }

  async close(): Promise<void> {
    await this.kill()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #makePages() {
    const folder = join(this.#folder, 'pages/kiosk')
    mkdirSync(join(folder, 'assets'), { recursive: true })
    copyFileSync(await bundleCall(this.#folder), join(folder, 'assets/call.js'))
    copyFileSync(join(pages, 'party.js'), join(folder, 'assets/party.js'))
    const index = readFileSync(join(pages, 'index.html'), 'utf8').replaceAll('src="/', 'src="/kiosk/assets/')
    writeFileSync(join(folder, 'index.html'), index)
  }
}
