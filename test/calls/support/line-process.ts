/** Starts, kills and starts again the process of line.main.ts, and hears what it tells. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import type { z } from 'zod'
import { openTickets, type Tickets } from '#hub/calls/line/ticket.ts'
import type { CallsSettings } from '#hub/calls/turn/settings.ts'
import type { Participant } from '#protocol/calls/signalling.ts'
import { killChild } from '../../support/kill-child.ts'

export interface LineWishes {
  readonly folder: string
  readonly bundle: string
  readonly port: number
  readonly calls?: z.input<typeof CallsSettings>
  readonly relayFor?: Readonly<Record<string, string>>
  /** How wrong the clock is that credentials for the relay are made by. */
  readonly relayClockMs?: number
}

export interface ToLine {
  readonly end?: string
  readonly out?: { readonly call: string; readonly participant: Participant }
  readonly stop?: true
}

export interface Told {
  readonly joined?: string
  readonly left?: string
  readonly hungUp?: string
  readonly call?: string
  readonly refused?: string
  readonly complaint?: string
  readonly port?: number
}

const root = join(import.meta.dirname, '../../..')

/** The program of a call as pages load it, in one file. */
export const bundleCall = async (folder: string): Promise<string> => {
  const file = join(folder, 'call.js')
  const bundle = await rolldown({
    input: join(root, 'apps/call/open-call.ts'),
    platform: 'browser',
    cwd: root,
    logLevel: 'warn',
  })
  await bundle.write({ file, format: 'iife', name: 'usherCall' })
  await bundle.close()
  return file
}

const hoursMs = 3_600_000

export class LineProcess {
  readonly folder = mkdtempSync(join(tmpdir(), 'usher-calls-'))
  readonly told: Told[] = []
  readonly #waiting = new Set<() => void>()
  #wishes: LineWishes = { folder: this.folder, bundle: '', port: 0 }
  #child: ChildProcess | undefined
  #tickets: Tickets | undefined

  get port(): number {
    return this.#wishes.port
  }

  get pid(): number {
    return this.#child?.pid as number
  }

  get base(): string {
    return `http://127.0.0.1:${this.port}`
  }

  async start(wishes: Partial<LineWishes> = {}): Promise<this> {
    const bundle = this.#wishes.bundle === '' ? await bundleCall(this.folder) : this.#wishes.bundle
    this.#wishes = { ...this.#wishes, bundle, ...wishes }
    const child = fork(join(import.meta.dirname, 'line.main.ts'), [JSON.stringify(this.#wishes)])
    this.#child = child
    const from = this.told.length
    child.on('message', (message: Told) => {
      this.told.push(message)
      for (const look of this.#waiting) look()
    })
    const { port = 0 } = await this.hears((one) => one.port !== undefined, from)
    this.#wishes = { ...this.#wishes, port }
    this.#tickets = await openTickets(this.folder, () => Date.now())
    return this
  }

  ticket(call: string, participant: Participant, forMs = hoursMs): string {
    const pass = { call, participant, until: Date.now() + forMs }
    return (this.#tickets as Tickets).issue(pass)
  }

  /** The first that fits since `from`, told already or yet to come. */
  hears(fits: (told: Told) => boolean, from = 0): Promise<Told> {
    return new Promise((resolve) => {
      const look = () => {
        const found = this.told.slice(from).find(fits)
        if (found === undefined) return
        this.#waiting.delete(look)
        resolve(found)
      }
      this.#waiting.add(look)
      look()
    })
  }

  tell(what: ToLine): void {
    this.#child?.send(what)
  }

  async kill(): Promise<void> {
    const child = this.#child
    this.#child = undefined
    await killChild(child)
  }

  async stop(): Promise<void> {
    const child = this.#child
    this.#child = undefined
    if (child === undefined || child.exitCode !== null) return
    child.send({ stop: true } satisfies ToLine)
    await once(child, 'exit')
  }

  async close(): Promise<void> {
    await this.kill()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
