/** The process that records one sale: started, started again when it dies, and told to end. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Clock } from '../engine/hub-time.ts'
import type { FromRecorder, ToRecorder } from './peer/messages.ts'

export interface ProcessParts {
  readonly onMessage: (told: FromRecorder) => void
  /** It is there, for the first time or anew: it knows nothing. */
  readonly onReady: () => void
  readonly onDied: (code: number | null) => void
  readonly clock: Pick<Clock, 'after'>
}

const program = join(import.meta.dirname, 'peer/recorder.main.ts')
const againMs = 300
const againMsMax = 5_000
/** What is left to be written is a moment's work. */
const stopWithinMs = 4_000
const memoryMb = 256

export class RecorderProcess {
  readonly #parts: ProcessParts
  #child: ChildProcess | undefined
  #isStopped = false
  #deaths = 0
  #callOff: (() => void) | undefined

  constructor(parts: ProcessParts) {
    this.#parts = parts
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  start(): this {
    const child = fork(program, [], {
      serialization: 'advanced',
      execArgv: [`--max-old-space-size=${memoryMb}`],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    this.#child = child
    child.on('message', (told: FromRecorder) => {
      if (told.kind === 'ready') this.#parts.onReady()
      else this.#parts.onMessage(told)
    })
    // A message to one that is just dying, which the next is told; or a machine that starts none now.
    child.on('error', () => {
      if (child.pid === undefined) this.#onExit(child, null)
    })
    child.once('exit', (code) => this.#onExit(child, code))
    return this
  }

  tell(what: ToRecorder): void {
    if (this.#child?.connected === true) this.#child.send(what, () => undefined)
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#callOff?.()
    const child = this.#child
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    // Later than its end: once all that it told has come.
    const gone = once(child, 'close')
    this.tell({ kind: 'stop' })
    const timer = setTimeout(() => child.kill('SIGKILL'), stopWithinMs)
    await gone
    clearTimeout(timer)
  }

  #onExit(child: ChildProcess, code: number | null) {
    if (this.#child !== child) return
    this.#child = undefined
    if (this.#isStopped) return
    this.#deaths += 1
    this.#parts.onDied(code)
    const wait = Math.min(againMsMax, againMs * 2 ** Math.min(10, this.#deaths - 1))
    this.#callOff = this.#parts.clock.after(wait, () => {
      if (!this.#isStopped) this.start()
    })
  }
}
