/** Starts the writing process and reads what it says, line by line. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface Running {
  readonly child: ChildProcess
  readonly lines: readonly string[]
  /** Resolves with the first line that begins so, also one that was said before. */
  said(start: string): Promise<string>
  /** Resolves with the next line. */
  more(): Promise<void>
  ended(): Promise<void>
}

const program = fileURLToPath(new URL('writer-process.ts', import.meta.url))

export const runWriter = (args: readonly string[], tracer: readonly string[] = []): Running => {
  const [command = process.execPath, ...rest] = [...tracer, process.execPath, program, ...args]
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines: string[] = []
  const waiters = new Set<() => void>()
  const reader = createInterface({ input: child.stdout })
  reader.on('line', (line) => {
    lines.push(line)
    for (const wake of waiters) wake()
  })
  const closed = once(child, 'close')
  return {
    child,
    lines,
    said: (start) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const line = lines.find((text) => text.startsWith(start))
          if (line === undefined) return
          waiters.delete(look)
          resolve(line)
        }
        waiters.add(look)
        look()
        void closed.then(() => {
          look()
          reject(new Error(`the writer ended without saying "${start}": ${lines.at(-1)}`))
        })
      }),
    more: async () => {
      await once(reader, 'line')
    },
    ended: async () => {
      await closed
    },
  }
}

export const lastAcked = (lines: readonly string[]): number =>
  Number(lines.findLast((line) => line.startsWith('acked '))?.slice('acked '.length) ?? 0)
