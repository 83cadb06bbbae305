/** What is measured: something that listens for MQTT on a port of this machine, in processes of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import net from 'node:net'
import { join } from 'node:path'

export type ContestantName = 'hub' | 'floor' | 'peer' | 'tunedPeer' | 'patchedPeer'

export const titles: Readonly<Record<ContestantName, string>> = {
  hub: 'hub',
  floor: 'floor',
  peer: 'peer as installed',
  tunedPeer: 'peer tuned',
  patchedPeer: 'peer patched',
}

export interface Contestant {
  readonly name: ContestantName
  readonly port: number
  readonly pids: readonly number[]
  /** What it said of its start. */
  readonly started: Readonly<Record<string, number>>
  stop(): Promise<void>
}

const stopWithinMs = 5_000

const ended = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise<void>((resolve) => child.once('exit', () => resolve()))

export const stopChild = async (child: ChildProcess): Promise<void> => {
  const force = setTimeout(() => child.kill('SIGKILL'), stopWithinMs)
  child.kill('SIGTERM')
  await ended(child)
  clearTimeout(force)
}

export const killChild = async (child: ChildProcess): Promise<void> => {
  child.kill('SIGKILL')
  await ended(child)
}

/** Ends with the runner, whatever ends the runner. */
const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

export const startChild = (
  command: string,
  args: readonly string[],
  options: { cwd?: string; ipc?: boolean; env?: NodeJS.ProcessEnv; output?: number } = {},
): ChildProcess => {
  const output = options.output ?? 'ignore'
  const child = spawn(command, args, {
    stdio: [
      'ignore',
      output,
      options.output === undefined ? 'inherit' : output,
      ...(options.ipc === true ? ['ipc' as const] : []),
    ],
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    env: options.env ?? process.env,
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

/** What was compiled once is kept, as the command `usher` does. */
const compiled = join(import.meta.dirname, '../../node_modules/.cache/usher')

export const startNode = (file: string, args: readonly string[] = []): ChildProcess =>
  startChild(process.execPath, [join(import.meta.dirname, '..', file), ...args], {
    ipc: true,
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
  })

/** The first message of a child; rejects when it ends before, or says `error`. */
export const firstMessage = <T>(child: ChildProcess): Promise<T> =>
  new Promise((resolve, reject) => {
    // Not its exit, which can be told before its last message is read.
    const onEnd = () => reject(new Error('A process of the benchmark ended early.'))
    child.once('disconnect', onEnd)
    child.once('message', (message: T & { error?: string }) => {
      child.off('disconnect', onEnd)
      if (typeof message.error === 'string') reject(new Error(message.error))
      else resolve(message)
    })
  })

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = net.createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

export interface Folder {
  readonly path: string
  remove(): void
}

/** @param base on the disk that is to be measured; never a file system in memory. */
export const makeFolder = (base: string): Folder => {
  const path = mkdtempSync(join(base, 'run-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}
