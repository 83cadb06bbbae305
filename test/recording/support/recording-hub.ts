/** Starts, kills and asks the process of hub.main.ts, and brings a call in it to a recorded sale. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openTickets } from '#hub/calls/line/ticket.ts'
import type { EntryBody } from '#hub/engine/entry.ts'
import type { CallRow } from '#protocol/calls/rows.ts'
import type { SaleRow } from '#protocol/recording/sale.ts'
import { bundleCall } from '../../calls/support/line-process.ts'
import type { Party } from '../../calls/support/parties.ts'

export interface Seen {
  readonly calls: readonly CallRow[]
  readonly sales: readonly SaleRow[]
}

interface FromHub {
  readonly port?: number
  readonly id?: number
  readonly seen?: Seen
  readonly failed?: string
}

const pages = join(import.meta.dirname, '../../calls/page')
export const ids = ['kiosk:kiosk-1', 'expert:expert-1'] as const
const seller = { by: 'expert-1', leads: false }

export class RecordingHub {
  readonly folder = mkdtempSync(join(tmpdir(), 'usher-recording-'))
  readonly #settings: object
  #port = 0
  #asked = 0
  #child: ChildProcess | undefined

  constructor(settings: object = {}) {
    this.#settings = settings
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  /** Of its pages. */
  get base(): string {
    return `${this.origin}/kiosk`
  }

  get data(): string {
    return join(this.folder, 'data')
  }

  async start(): Promise<this> {
    if (this.#port === 0) await this.#makePages()
    const words = [this.folder, `${this.#port}`, JSON.stringify(this.#settings)]
    const child = fork(join(import.meta.dirname, 'hub.main.ts'), words)
    this.#child = child
    const [{ port = 0 }] = (await once(child, 'message')) as [FromHub]
    this.#port = port
    return this
  }

  async ticket(call: string, participant: string, forMs = 3_600_000): Promise<string> {
    const tickets = await openTickets(this.data, () => Date.now())
    return tickets.issue({ call, participant, until: Date.now() + forMs })
  }

  ask(body?: EntryBody): Promise<Seen> {
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

  command(command: Extract<EntryBody, { kind: 'command' }>['command']): Promise<Seen> {
    return this.ask({ kind: 'command', command })
  }

  async sale(): Promise<SaleRow> {
    return (await this.ask()).sales.at(-1) as SaleRow
  }

  /** The process of the recorder; undefined: there is none now. */
  recorderPid(): number | undefined {
    const pid = this.#child?.pid
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
    const isRecorder = (one: string) =>
      readFileSync(`/proc/${one}/cmdline`, 'utf8').includes('recorder.main.ts')
    const found = children.find((one) => one !== '' && isRecorder(one))
    return found === undefined ? undefined : Number(found)
  }

  /** The kiosk asks, the expert accepts, both stand in it. @returns the call */
  async call(parties: readonly Party[]): Promise<string> {
    await this.#expertIsThere()
    await this.ask({
      kind: 'event',
      device: 'kiosk-1',
      name: 'help.requested',
      data: { reason: 'expert', language: 'en' },
    })
    const { id, ring } = (await this.ask()).calls.at(-1) as CallRow
    await this.command({ name: 'call.accept', call: id, ring: ring?.id ?? '', by: 'expert-1' })
    for (const party of parties) await party.join(await this.ticket(id, party.id))
    return id
  }

  /** @returns the sale, once the customer has said yes */
  async beginSale(call: string, termEnds: string | null = null): Promise<string> {
    await this.command({ name: 'sale.begin', call, device: null, product: 'fund-a', termEnds, ...seller })
    const { id } = await this.sale()
    const data = { sale: id, given: true }
    await this.ask({ kind: 'event', device: 'kiosk-1', name: 'recording.answered', data })
    return id
  }

  async endSale(sale: string): Promise<void> {
    await this.command({ name: 'sale.end', sale, ...seller })
  }

  /** As a crash, without a word to anybody. */
  async kill(): Promise<void> {
    const child = this.#child
    this.#child = undefined
    if (child === undefined || child.exitCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }

  async close(): Promise<void> {
    await this.kill()
    rmSync(this.folder, { recursive: true, force: true })
  }

  async expertBack(): Promise<void> {
    await this.command({ name: 'expert.line', expert: 'expert-1', here: true, by: 'hub' })
  }

  async #expertIsThere() {
    const presence = { presence: 'available', reason: null, by: 'expert-1' } as const
    await this.expertBack()
    await this.command({ name: 'expert.presence', expert: 'expert-1', ...presence })
  }

  async #makePages() {
    const folder = join(this.folder, 'pages/kiosk')
    mkdirSync(join(folder, 'assets'), { recursive: true })
    copyFileSync(await bundleCall(this.folder), join(folder, 'assets/call.js'))
    copyFileSync(join(pages, 'party.js'), join(folder, 'assets/party.js'))
    const index = readFileSync(join(pages, 'index.html'), 'utf8').replaceAll('src="/', 'src="/kiosk/assets/')
    writeFileSync(join(folder, 'index.html'), index)
  }
}
