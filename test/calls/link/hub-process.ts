/** Hubs as processes, and the line between them through a proxy that can fall silent, as a network that is cut does. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import type { z } from 'zod'
import type { EntryBody } from '#hub/engine/entry.ts'
import type { BranchState } from '#hub/engine/state.ts'
import type { HubConfig } from '#hub/ops/config.ts'
import { killChild } from '../../support/kill-child.ts'

export interface HubWishes {
  readonly role: 'branch' | 'desk'
  readonly config: z.input<typeof HubConfig>
  /** Where a restart on a busy machine is to be no loss of the line. */
  readonly silentMs?: number | undefined
}

export type Asked =
  | { readonly submit: EntryBody }
  | { readonly rows: keyof BranchState }
  | { readonly metrics: true }
  | { readonly decisions: true }

interface Answer {
  readonly id: number
  readonly value?: unknown
  readonly error?: string
}

type Row<Name extends keyof BranchState> = NonNullable<ReturnType<BranchState[Name]['get']>>

export class HubProcess {
  readonly #wishes: HubWishes
  #child: ChildProcess | undefined
  #count = 0
  port = 0
  readonly #waiting = new Map<number, (answer: Answer) => void>()

  constructor(wishes: HubWishes) {
    this.#wishes = wishes
  }

  async start(): Promise<void> {
    const child = fork(join(import.meta.dirname, 'hub.main.ts'), [JSON.stringify(this.#wishes)], {
      env: { ...process.env, NODE_OPTIONS: '' },
      execArgv: [],
    })
    this.#child = child
    await new Promise<void>((resolve, reject) => {
      child.on('message', (message: Answer & { ready?: true; port?: number }) => {
        if (message.ready === true) {
          this.port = message.port ?? 0
          return resolve()
        }
        this.#waiting.get(message.id)?.(message)
        this.#waiting.delete(message.id)
      })
      child.once('exit', () => reject(new Error('the hub ended before it was ready')))
    })
  }

  async kill(): Promise<void> {
    const child = this.#child
    this.#child = undefined
    this.#waiting.clear()
    await killChild(child)
  }

  /** Its connections stay, and nothing comes of them. @returns goes on where it was */
  hang(): () => void {
    const child = this.#child
    child?.kill('SIGSTOP')
    return () => void child?.kill('SIGCONT')
  }

  async restart(): Promise<void> {
    await this.kill()
    await this.start()
  }

  ask(asked: Asked): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#count += 1
      this.#waiting.set(this.#count, ({ value, error }) =>
        error === undefined ? resolve(value) : reject(new Error(error)),
      )
      this.#child?.send({ id: this.#count, asked })
    })
  }

  submit(body: EntryBody): Promise<unknown> {
    return this.ask({ submit: body })
  }

  command(command: Extract<EntryBody, { kind: 'command' }>['command']): Promise<unknown> {
    return this.submit({ kind: 'command', command })
  }

  rows<Name extends keyof BranchState>(rows: Name): Promise<readonly Row<Name>[]> {
    return this.ask({ rows }) as Promise<readonly Row<Name>[]>
  }
}

export interface Proxy {
  readonly port: number
  /** Nothing passes any more, and nothing is closed. */
  cut(): void
  heal(): void
  stop(): Promise<void>
}

export const openProxy = async (target: number): Promise<Proxy> => {
  const pairs = new Set<readonly [Socket, Socket]>()
  let isCut = false
  const server = createServer((near) => {
    // While the network is cut nobody is reached at all.
    if (isCut) return near.pause()
    const far = connect(target, '127.0.0.1')
    const pair = [near, far] as const
    pairs.add(pair)
    for (const [one, other] of [pair, [far, near] as const]) {
      one.on('data', (data) => !isCut && other.write(data))
      one.on('error', () => one.destroy())
      one.on('close', () => {
        pairs.delete(pair)
        if (!isCut) other.destroy()
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      isCut = true
    },
    // What was lost meanwhile leaves a hole in the stream: such a connection is of no use any more.
    heal: () => {
      isCut = false
      for (const [near, far] of pairs) {
        near.destroy()
        far.destroy()
      }
    },
    stop: async () => {
      for (const [near, far] of pairs) {
        near.destroy()
        far.destroy()
      }
      server.close()
    },
  }
}
