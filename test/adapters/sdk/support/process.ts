/** An adapter as the process it is in the field, and what its log says. */
import { spawn } from 'node:child_process'

export interface LogLine {
  readonly level: string
  readonly msg: string
  readonly [field: string]: unknown
}

export interface AdapterProcess {
  /** The first line of its log that fits, said already or yet to come. Rejects when it ends without. */
  says(msg: string | RegExp): Promise<LogLine>
  lines(): readonly LogLine[]
  readonly ended: Promise<{ readonly code: number | null; readonly complained: string }>
  kill(signal: NodeJS.Signals): void
}

export const startAdapterProcess = (
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
  how: { readonly node?: string; readonly cwd?: string } = {},
): AdapterProcess => {
  const child = spawn(how.node ?? process.execPath, words, {
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(how.cwd !== undefined && { cwd: how.cwd }),
  })
  let said = ''
  let complained = ''
  const waiting = new Set<() => void>()
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8')
    for (const look of waiting) look()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    complained += chunk.toString('utf8')
  })
  const ended = new Promise<{ code: number | null; complained: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, complained }))
  })
  const lines = () =>
    said
      .slice(0, said.lastIndexOf('\n') + 1)
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as LogLine)
  return {
    ended,
    lines,
    kill: (signal) => void child.kill(signal),
    says: (wanted) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = lines().find(({ msg }) =>
            typeof wanted === 'string' ? msg === wanted : wanted.test(msg),
          )
          if (found === undefined) return
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        void ended.then(() =>
          reject(new Error(`it ended without ${String(wanted)}:\n${said}\n${complained}`)),
        )
        look()
      }),
  }
}
