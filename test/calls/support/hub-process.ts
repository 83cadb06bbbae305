/** Starts and kills the process of hub.main.ts, and asks it. Its pages are parties, where kiosks find theirs. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openTickets } from '#hub/calls/line/ticket.ts'
import type { EntryBody } from '#hub/engine/entry.ts'
import type { CallRow, ExpertRow } from '#protocol/calls/rows.ts'
import type { Participant } from '#protocol/calls/signalling.ts'
import { bundleCall } from './line-process.ts'

export interface SeenHub {
  readonly calls: readonly CallRow[]
  readonly experts: readonly ExpertRow[]
  readonly escalations: readonly { readonly state: string }[]
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
  #port = 0
  #asked = 0
  #child: ChildProcess | undefined

  /** Of its pages. */
  get base(): string {
    return `http://127.0.0.1:${this.#port}/kiosk`
  }

  async start(): Promise<this> {
    if (this.#port === 0) await this.#makePages()
    const child = fork(join(import.meta.dirname, 'hub.main.ts'), [this.#folder, `${this.#port}`])
    this.#child = child
    const [{ port = 0 }] = (await once(child, 'message')) as [FromHub]
    this.#port = port
    return this
  }

  async ticket(call: string, participant: Participant): Promise<string> {
    const tickets = await openTickets(join(this.#folder, 'data'), () => Date.now())
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
