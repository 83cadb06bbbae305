/** What runs: written into the journal at every start, so that a replay knows. */
import { readFileSync } from 'node:fs'

interface Package {
  readonly version: string
}

const versionIn = (url: URL | string): string =>
  (JSON.parse(readFileSync(new URL(url), 'utf8')) as Package).version

export const readVersions = (): { readonly hub: string; readonly xstate: string } => ({
  hub: versionIn(new URL('../../package.json', import.meta.url)),
  xstate: versionIn(import.meta.resolve('xstate/package.json')),
})
