/**
 * Staff who answer what is asked of them as fast as they can, each on a connection of their own, and remember what the
 * hub has told them it noted.
 */
import type { TaskRow } from '#hub/dispatch/rows.ts'
import { type ControlClient, openControl } from '#hub/ops/control.ts'
import { createDice } from '../sim/chance.ts'
import { people } from './branch.ts'

export interface Answer {
  readonly task: string
  readonly by: string
  readonly status: 'accepted' | 'refused' | 'started' | 'done' | 'failed'
  /** The task as the hub showed it in return: what it says there must stay so. */
  readonly row: TaskRow
}

export interface Staff {
  readonly answered: readonly Answer[]
  /** The next time somebody says something to the hub (`asking`), or is told that it is noted (`answered`). */
  next(moment: 'asking' | 'answered'): Promise<void>
  /** Ids of the tasks that have not ended; undefined: the hub cannot be asked now. */
  openTasks(): Promise<readonly string[] | undefined>
  stop(): void
}

const lookMs = 40

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const dice = createDice('staff')

/** Most people say that they come, and help; some say so when they are there or have helped, some cannot. */
const answerTo = ({ id, phase, attempts }: TaskRow): Answer['status'] => {
  const share = dice.share(`${id}/${attempts.length}/${phase}`)
  if (phase !== 'offered') return share < 0.1 ? 'failed' : 'done'
  if (share < 0.15) return 'refused'
  if (share < 0.3) return 'started'
  return share < 0.4 ? 'done' : 'accepted'
}

const isGone = (error: unknown) => (error as { code?: string }).code === 'hub.unreachable'

class Desk {
  readonly answered: Answer[] = []
  readonly #socket: string
  readonly #waiting = { asking: new Set<() => void>(), answered: new Set<() => void>() }
  #stopped = false

  constructor(socket: string) {
    this.#socket = socket
  }

  next(moment: 'asking' | 'answered'): Promise<void> {
    return new Promise((resolve) => this.#waiting[moment].add(resolve))
  }

  stop() {
    this.#stopped = true
  }

  async withHub<T>(ask: (hub: ControlClient) => Promise<T>): Promise<T | undefined> {
    let hub: ControlClient | undefined
    try {
      hub = await openControl(this.#socket)
      return await ask(hub)
    } catch {
      return undefined
    } finally {
      hub?.close()
    }
  }

  /** Until they are sent home: a hub that died is looked for again, so that the first answers come right after a start. */
  async work(person: string) {
    while (!this.#stopped) {
      await this.withHub(async (hub) => {
        while (!this.#stopped) {
          await this.#answerAll(hub, person)
          await sleep(lookMs)
        }
      })
      await sleep(lookMs)
    }
  }

  #tell(moment: 'asking' | 'answered') {
    for (const resolve of this.#waiting[moment]) resolve()
    this.#waiting[moment].clear()
  }

  async #answerAll(hub: ControlClient, person: string) {
    for (const task of await hub.request<readonly TaskRow[]>('tasks.list', { person, limit: 5 })) {
      if (task.phase === 'queued') continue
      const said = { task: task.id, by: person, status: answerTo(task) }
      try {
        const noted = hub.request<TaskRow>('tasks.report', said)
        this.#tell('asking')
        this.answered.push({ ...said, row: await noted })
        this.#tell('answered')
      } catch (error) {
        // It went to somebody else or ended in between.
        if (isGone(error)) throw error
      }
    }
  }
}

export const startStaff = (socket: string): Staff => {
  const desk = new Desk(socket)
  for (const person of people) void desk.work(person)
  return {
    answered: desk.answered,
    next: (moment) => desk.next(moment),
    openTasks: () =>
      desk.withHub(async (hub) =>
        (await hub.request<readonly TaskRow[]>('tasks.list', { limit: 1_000 })).map(({ id }) => id),
      ),
    stop: () => desk.stop(),
  }
}
