/** What most commands do: find the hub, ask it, print the answer for people or for programs, hang up. */
import type { Command } from 'commander'
import type { ControlClient } from '#hub/ops/control.ts'
import { UsherError } from '#protocol/errors.ts'
import { dataDirectory, demoData, type HubPlace, wasNamed } from './find-hub.ts'
import { type Tongue, tongueOf } from './language.ts'
import { shellQuoted } from './printable.ts'

/** Options that every command takes. */
export interface Shared extends HubPlace {
  readonly json?: boolean
  readonly lang?: string
  readonly by: string
}

export interface Asking {
  readonly control: ControlClient
  readonly json: boolean
  readonly tongue: Tongue
  /** In whose name: the journal keeps it. */
  readonly by: string
  /** Prints the text for people, or with `--json` the value for programs. */
  say(value: unknown, text: () => string): void
}

export const sharedOf = (command: Command): Shared => command.optsWithGlobals<Shared>()

/** The error names where was looked, and where a demo keeps its data, so that the next try finds it. */
const unreachable = (error: UsherError, data: string, demo: string | undefined): UsherError => {
  const other = demo === undefined || demo === data ? undefined : shellQuoted(demo)
  const hint = other === undefined ? '' : ` A demo was started on ${other}: try --data ${other}.`
  return new UsherError(error.code, `Looked in ${data}.${hint}`)
}

const open = async (place: HubPlace): Promise<ControlClient> => {
  const [{ openControl }, { controlPath }] = await Promise.all([
    import('#hub/ops/control.ts'),
    import('#hub/ops/paths.ts'),
  ])
  const data = await dataDirectory(place, process.env)
  const demo = demoData()
  try {
    return await openControl(controlPath(data))
  } catch (error) {
    if (!(error instanceof UsherError)) throw error
    if (demo === undefined || wasNamed(place, process.env)) throw unreachable(error, data, demo)
  }
  try {
    return await openControl(controlPath(demo))
  } catch (error) {
    // Left by a demo that was killed.
    throw error instanceof UsherError ? unreachable(error, data, undefined) : error
  }
}

export const withHub = async (command: Command, ask: (asking: Asking) => Promise<void>): Promise<void> => {
  const { json = false, lang, by, ...place } = sharedOf(command)
  const control = await open(place)
  try {
    await ask({
      control,
      json,
      tongue: tongueOf(lang, process.env),
      by,
      say: (value, text) => console.log(json ? JSON.stringify(value, null, 2) : text()),
    })
  } finally {
    control.close()
  }
}
