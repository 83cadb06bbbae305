/** The program under examination as a process of its own: started, asked to stop, or killed. */
import { type ChildProcess, spawn } from 'node:child_process'
import type { Transcript } from './transcript.ts'
import { say } from './words.ts'

export interface Subject {
  start(): void
  /** SIGTERM, and SIGKILL to what is left after a while. @returns whether it ended by itself. */
  stop(withinMs: number): Promise<boolean>
  /** SIGKILL: nothing of it gets a chance to tidy up. */
  kill(): Promise<void>
  readonly isUp: () => boolean
  /** It ended although nobody asked it to, since it was last started. */
  readonly endedByItself: () => boolean
}

export interface Command {
  /** For the shell. */
  readonly command: string
  readonly folder: string
  readonly environment: Readonly<Record<string, string>>
  readonly onOutput: (text: string) => void
}

const lastWordsMax = 600

export const createSubject = (what: Command, transcript: Transcript): Subject => new Program(what, transcript)

class Program implements Subject {
  readonly #what: Command
  readonly #transcript: Transcript
  #child: ChildProcess | undefined
  #gone: Promise<void> = Promise.resolve()
  #asked = false
  #surprise = false
  #lastWords = ''

  constructor(what: Command, transcript: Transcript) {
    this.#what = what
    this.#transcript = transcript
  }

  start() {
    const { command, folder, environment, onOutput } = this.#what
    this.#asked = false
    this.#surprise = false
    this.#transcript.newLife()
    this.#transcript.note(say('the program is started', '启动程序'))
    const child = spawn(command, {
      shell: true,
      cwd: folder,
      // A group of its own, so that what the command starts in turn is stopped and killed with it.
      detached: true,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        this.#lastWords = `${this.#lastWords}${chunk.toString()}`.slice(-lastWordsMax)
        onOutput(chunk.toString())
      })
    this.#child = child
    // Whoever breaks the examination off must not leave the program behind, and it goes before its folder does.
    process.prependOnceListener('exit', this.#onExit)
    this.#gone = new Promise((resolve) => {
      child.once('error', () => resolve())
      child.once('exit', (code, signal) => {
        const how = signal ?? `${code}`
        if (!this.#asked) this.#wonder()
        if (this.#child === child) this.#child = undefined
        process.off('exit', this.#onExit)
        this.#transcript.note(say(`the program has ended (${how})`, `程序已结束（${how}）`))
        this.#transcript.stir()
        resolve()
      })
    })
  }

  async stop(withinMs: number) {
    if (this.#child === undefined) return true
    this.#asked = true
    this.#transcript.note(say('the program is asked to stop (SIGTERM)', '请程序停止（SIGTERM）'))
    this.#signal('SIGTERM')
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), withinMs)
    })
    const ended = await Promise.race([this.#gone, late])
    clearTimeout(timer)
    if (ended !== 'late') return true
    await this.kill()
    return false
  }

  async kill() {
    if (this.#child === undefined) return
    this.#asked = true
    this.#transcript.note(say('the program is killed (SIGKILL)', '强行结束程序（SIGKILL）'))
    this.#signal('SIGKILL')
    await this.#gone
  }

  isUp = () => this.#child !== undefined

  endedByItself = () => this.#surprise

  /** Not for the judgement, which believes the line only: for the engineer who looks for the reason. */
  #wonder() {
    this.#surprise = true
    const words = this.#lastWords.trim()
    if (words !== '') this.#transcript.note(say(`its last words: ${words}`, `程序最后的输出：${words}`))
  }

  #onExit = () => this.#signal('SIGKILL')

  #signal(signal: NodeJS.Signals) {
    const pid = this.#child?.pid
    if (pid === undefined) return
    try {
      process.kill(-pid, signal)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
}
