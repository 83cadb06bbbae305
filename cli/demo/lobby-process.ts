/** The simulated branch as a process of its own with its devices below it; started again if it dies. */
import { type ChildProcess, fork } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { endChild } from '#simulators/end-child.ts'

export interface LobbyOptions {
  readonly broker: string
  readonly seed: string
  readonly inProcess: boolean
  /** What each device really did, one log a device. */
  readonly logFolder: string
  readonly complain: (text: string) => void
}

const program = join(import.meta.dirname, '../../simulators/lobby/main.ts')
const againAfterMs = 1_000
/** It gives its devices three seconds each, at the same time. */
const stopWithinMs = 6_000

const argumentsOf = ({ broker, seed, inProcess, logFolder }: LobbyOptions) => [
  '--broker',
  broker,
  '--seed',
  seed,
  '--logs',
  logFolder,
  ...(inProcess ? ['--in-process'] : []),
]

export const startLobby = (options: LobbyOptions): { stop(): Promise<void> } => {
  let child: ChildProcess | undefined
  let again: NodeJS.Timeout | undefined
  let stopping = false
  mkdirSync(options.logFolder, { recursive: true })
  const start = () => {
    const own = fork(program, argumentsOf(options), {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // A group of its own: a terminal's Ctrl-C is ours to pass on, in order. It ends by itself when we are gone.
      detached: true,
      execArgv: [],
    })
    child = own
    own.stderr?.on('data', (text: Buffer) => stopping || options.complain(text.toString('utf8').trim()))
    own.once('exit', () => {
      child = undefined
      if (stopping) return
      options.complain('the simulated branch died; starting it again')
      again = setTimeout(start, againAfterMs)
    })
  }
  start()
  return {
    stop() {
      stopping = true
      clearTimeout(again)
      const own = child
      if (own === undefined) return Promise.resolve()
      return endChild(own, stopWithinMs)
    },
  }
}
