/** What most commands do: find the hub, ask it, print the answer for people or for programs, hang up. */
import type { Command } from 'commander'
import type { ControlClient } from '#hub/ops/control.ts'
import { isErrorCode, UsherError } from '#protocol/errors.ts'
import { dataDirectory, demoData, type HubPlace, wasNamed } from './find-hub.ts'
import { type Tongue, tongueOf } from './language.ts'

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

const open = async (place: HubPlace): Promise<ControlClient> => {
  const [{ openControl }, { controlPath }] = await Promise.all([
    import('#hub/ops/control.ts'),
    import('#hub/ops/paths.ts'),
  ])
  const data = await dataDirectory(place, process.env)
  try {
    return await openControl(controlPath(data))
  } catch (error) {
    const demo = wasNamed(place, process.env) ? undefined : demoData()
    if (demo !== undefined) return openControl(controlPath(demo))
    if (error instanceof UsherError && isErrorCode(error.code))
      throw new UsherError(error.code, `Looked in ${data}.`)
    throw error
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
