/**
 * The staff of the demonstration branch: each accepts, does and finishes their tasks after a human while, through the
 * same methods of the local socket that the command line uses.
 */
import type { TaskRow } from '#hub/dispatch/rows.ts'
import { type ControlClient, HubRefused, openControl } from '#hub/ops/control.ts'
import type { TailItem } from '#hub/ops/methods/journal.ts'
import { between, createChance } from '#simulators/devices/chance.ts'

export interface StaffOptions {
  /** Path of the local socket. */
  readonly control: string
  readonly seed: string
  readonly complain: (text: string) => void
}

const personPrefix = 'person/'
const acceptsMs = [1_500, 5_000] as const
const arrivesMs = [2_000, 6_000] as const
const helpsMs = [4_000, 12_000] as const
/** Now and then somebody cannot come, and the next is asked. */
const refusesShare = 0.08

type Status = 'accepted' | 'refused' | 'started' | 'done'

interface Asked {
  readonly task: string
  readonly person: string
}

/** It was called off, or went to somebody else, while they were on their way. */
const isOvertaken = (error: unknown): boolean =>
  error instanceof HubRefused && (error.code === 'task.ended' || error.code === 'task.not-asked')

class DemoStaff {
  readonly #options: StaffOptions
  readonly #chance: ReturnType<typeof createChance>
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #known = new Set<string>()
  #following: ControlClient | undefined
  #asking: ControlClient | undefined
  /** One question at a time: answers come in order. */
  #turn: Promise<unknown> = Promise.resolve()
  #stopped = false

  constructor(options: StaffOptions) {
    this.#options = options
    this.#chance = createChance(options.seed)
  }

  async run(): Promise<void> {
    this.#following = await openControl(this.#options.control)
    this.#asking = await openControl(this.#options.control)
    for (const task of await this.#asking.request<readonly TaskRow[]>('tasks.list', { limit: 1_000 })) {
      const attempt = task.attempts.at(-1)
      if (attempt?.endedAt === null) this.#take(task.id, attempt.member)
    }
    for await (const item of this.#following.stream<TailItem>('journal.follow')) {
      for (const record of item.decisions as readonly {
        code: string
        task?: string
        params?: Readonly<Record<string, unknown>>
      }[]) {
        const member = record.params?.['member']
        if (record.code === 'chosen' && record.task !== undefined && typeof member === 'string')
          this.#take(record.task, member)
      }
    }
  }

  stop(): void {
    this.#stopped = true
    for (const timer of this.#timers) clearTimeout(timer)
    this.#following?.close()
    this.#asking?.close()
  }

  #take(task: string, member: string) {
    const name = `${task} ${member}`
    if (!member.startsWith(personPrefix) || this.#known.has(name)) return
    this.#known.add(name)
    const asked = { task, person: member.slice(personPrefix.length) }
    const draw = (about: string) => this.#chance('staff', about, task, asked.person)
    const accept = between(...acceptsMs, draw('accepts'))
    if (draw('refuses') < refusesShare) {
      this.#later(accept, asked, 'refused')
      return
    }
    const start = accept + between(...arrivesMs, draw('arrives'))
    this.#later(accept, asked, 'accepted')
    this.#later(start, asked, 'started')
    this.#later(start + between(...helpsMs, draw('helps')), asked, 'done')
  }

  #later(afterMs: number, { task, person }: Asked, status: Status) {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      this.#turn = this.#turn
        .then(() => this.#asking?.request('tasks.report', { task, by: person, status }))
        .catch((error: unknown) => {
          if (!this.#stopped && !isOvertaken(error)) this.#options.complain(`${person}: ${String(error)}`)
        })
    }, afterMs)
    this.#timers.add(timer)
  }
}

export const startStaff = (options: StaffOptions): { stop(): void } => {
  const staff = new DemoStaff(options)
  let stopped = false
  staff.run().catch((error: unknown) => {
    if (!stopped) options.complain(`the staff of the demo cannot work: ${String(error)}`)
  })
  return {
    stop() {
      stopped = true
      staff.stop()
    },
  }
}
