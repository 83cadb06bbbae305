/** The command as a real process, and a hub started by it on free ports, in a scratch folder. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const bin = join(import.meta.dirname, '../../cli/bin.mjs')
export const demoBranch = join(import.meta.dirname, '../../simulators/branches/demo.yaml')

export interface Ended {
  readonly code: number | null
  readonly said: string
  readonly complained: string
}

export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  /** The first line it says that matches. Rejects with what it said when it ends without, or says none in time. */
  line(pattern: RegExp, withinMs?: number): Promise<string>
  said(): string
}

export const startUsher = (words: readonly string[], env: NodeJS.ProcessEnv = {}): Running => {
  const child = spawn(process.execPath, [bin, ...words], {
    env: { ...process.env, LANG: 'en_GB.UTF-8', USHER_DATA: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
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
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => resolve({ code, said, complained }))
  })
  const line = (pattern: RegExp, withinMs = 90_000) =>
    new Promise<string>((resolve, reject) => {
      const settle = (act: () => void) => {
        clearTimeout(late)
        waiting.delete(look)
        act()
      }
      const without = (what: string) => () =>
        settle(() => reject(new Error(`it ${what} without ${String(pattern)}:\n${said}\n${complained}`)))
      const look = () => {
        const found = said.split('\n').find((one) => pattern.test(one))
        if (found !== undefined) settle(() => resolve(found))
      }
      const late = setTimeout(without('went on'), withinMs)
      waiting.add(look)
      void ended.then(without('ended'))
      look()
    })
  return { child, ended, line, said: () => said }
}

export const usher = (...words: readonly string[]): Promise<Ended> => startUsher(words).ended

/** Removed with the test's own folder. */
export const scratch = (): string => mkdtempSync(join(tmpdir(), 'usher-cli-'))

export interface StartedHub extends Running {
  readonly folder: string
  readonly data: string
  readonly config: string
  readonly ports: { readonly mqtt: number; readonly mqtts: number; readonly http: string }
  /** The command, spoken to this hub. */
  usher(...words: readonly string[]): Promise<Ended>
  /** The same with --json, parsed. Throws unless it ends with 0. */
  json<T>(...words: readonly string[]): Promise<T>
  stop(): Promise<Ended>
}

export const writeConfig = (folder: string): string => {
  const config = join(folder, 'hub.yaml')
  writeFileSync(
    config,
    `branch: ${demoBranch}
data: data
mqtt: { loopback: { port: 0, trust: declared }, tls: { host: 127.0.0.1, port: 0, names: [localhost] } }
http: { port: 0 }
`,
  )
  return config
}

const portOf = (address: unknown) => Number(String(address).split(':').at(-1))

export const startHub = async (folder: string): Promise<StartedHub> => {
  mkdirSync(folder, { recursive: true })
  const config = writeConfig(folder)
  const data = join(folder, 'data')
  const running = startUsher(['start', '--config', config])
  const ready = JSON.parse(await running.line(/the hub is ready/)) as Record<string, unknown>
  const speak = (...words: readonly string[]) => usher(...words, '--data', data)
  return {
    ...running,
    folder,
    data,
    config,
    ports: { mqtt: portOf(ready['mqtt']), mqtts: portOf(ready['mqtts']), http: String(ready['http']) },
    usher: speak,
    json: async <T>(...words: readonly string[]) => {
      const { code, said, complained } = await speak(...words, '--json')
      if (code !== 0) throw new Error(`usher ${words.join(' ')} ended with ${code}: ${complained}`)
      return JSON.parse(said) as T
    },
    stop: () => {
      running.child.kill('SIGTERM')
      return running.ended
    },
  }
}

export const remove = (folder: string): void => rmSync(folder, { recursive: true, force: true })
