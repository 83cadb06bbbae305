/** Which hub a command speaks to: the one on the data directory that was named, or the running demo. */
import { lstatSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'

export interface HubPlace {
  readonly data?: string | undefined
  readonly config?: string | undefined
}

const demoNote = () => join(tmpdir(), `usher-demo-${userInfo().uid}.path`)

/** Leaves word where the demo keeps its data, so that a second terminal finds it without being told. */
export const noteDemo = (data: string): void => {
  rmSync(demoNote(), { force: true })
  writeFileSync(demoNote(), data, { mode: 0o600, flag: 'wx' })
}

export const forgetDemo = (data: string): void => {
  if (demoData() === data) rmSync(demoNote(), { force: true })
}

/** The folder of temporary files is open to all: only a plain file of our own is believed. */
export const demoData = (): string | undefined => {
  try {
    const note = lstatSync(demoNote())
    if (!note.isFile() || note.uid !== userInfo().uid || (note.mode & 0o077) !== 0) return undefined
    return readFileSync(demoNote(), 'utf8')
  } catch {
    return undefined
  }
}

/** Set to nothing is not set. */
const named = (env: NodeJS.ProcessEnv) => env['USHER_DATA'] || undefined

/** In this order: `--data`, the data directory of `--config`, `USHER_DATA`, `./data`. */
export const dataDirectory = async (place: HubPlace, env: NodeJS.ProcessEnv): Promise<string> => {
  if (place.data !== undefined) return resolve(place.data)
  if (place.config !== undefined) {
    const { loadHubConfig } = await import('#hub/ops/config.ts')
    return loadHubConfig(place.config).data
  }
  return resolve(named(env) ?? 'data')
}

export const wasNamed = (place: HubPlace, env: NodeJS.ProcessEnv): boolean =>
  place.data !== undefined || place.config !== undefined || named(env) !== undefined
