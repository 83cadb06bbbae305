/** A hub as the process it is, with its door for pages on ports that stay when it is killed and started again. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { demoBranch, type Ended, type Running, startUsher, usher } from '../../../cli/support.ts'
import { findPorts } from '../../../crash/free-ports.ts'

export interface PageHub {
  readonly ports: { readonly mqtt: number; readonly ws: number; readonly wss: number; readonly http: number }
  readonly data: string
  json<T>(...words: readonly string[]): Promise<T>
  usher(...words: readonly string[]): Promise<Ended>
  kill(): Promise<void>
  start(): Promise<void>
}

/** @param branch the branch file; default: that of the demonstration */
export const openPageHub = async (folder: string, origin: string, branch = demoBranch): Promise<PageHub> => {
  mkdirSync(folder, { recursive: true })
  const { mqtt, http } = await findPorts()
  const { mqtt: ws, http: wss } = await findPorts()
  const config = join(folder, 'hub.yaml')
  const data = join(folder, 'data')
  writeFileSync(
    config,
    `branch: ${branch}
data: data
mqtt:
  loopback: { port: ${mqtt}, trust: declared }
  tls: false
  websocket:
    origins: ['${origin}']
    loopback: { port: ${ws} }
    tls: { host: 127.0.0.1, port: ${wss} }
http: { port: ${http} }
`,
  )
  let running: Running | undefined
  const speak = (...words: readonly string[]) => usher(...words, '--data', data)
  const hub: PageHub = {
    ports: { mqtt, ws, wss, http },
    data,
    usher: speak,
    json: async <T>(...words: readonly string[]) => {
      const { code, said, complained } = await speak(...words, '--json')
      if (code !== 0) throw new Error(`usher ${words.join(' ')} ended with ${code}: ${complained}`)
      return JSON.parse(said) as T
    },
    kill: async () => {
      running?.child.kill('SIGKILL')
      await running?.ended
    },
    start: async () => {
      running = startUsher(['start', '--config', config])
      await running.line(/the hub is ready/)
    },
  }
  await hub.start()
  return hub
}
