/** What stands in the folder of an adapter: how to run it, its simulator, and what the examiner should know of it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { Id } from '#protocol/ids.ts'

const JsonObject = z.record(z.string(), z.json())

const Hints = z.strictObject({
  /** The id of the device, and which of a gateway's devices is given work. */
  device: Id.optional(),
  member: Id.optional(),
  /** Places that this device knows. */
  places: z.array(Id).min(1).optional(),
  /** Capability → commands to use instead of made ones. */
  commands: z.record(z.string(), z.array(JsonObject).min(1)).optional(),
})
export type Hints = z.infer<typeof Hints>

const PackageFile = z.object({
  usher: z.object({
    adapter: z.string(),
    simulator: z.string().optional(),
    /** Its own config, as long as the simulator says nothing else. */
    config: JsonObject.optional(),
    conformance: Hints.prefault({}),
  }),
})

export interface AdapterFolder {
  readonly adapter: string
  readonly simulator: string | undefined
  readonly config: Readonly<Record<string, unknown>>
  readonly hints: Hints
}

/** @throws with what is wrong, in words for the terminal. */
export const readAdapterFolder = (folder: string): AdapterFolder => {
  const file = join(folder, 'package.json')
  const parsed = PackageFile.safeParse(readJson(file))
  if (!parsed.success)
    throw new Error(
      `${file} does not say how to run the adapter.\n${z.prettifyError(parsed.error)}\n` +
        'It needs: "usher": { "adapter": "./main.ts" }',
    )
  const { adapter, simulator, config = {}, conformance } = parsed.data.usher
  return {
    adapter: join(folder, adapter),
    simulator: simulator === undefined ? undefined : join(folder, simulator),
    config,
    hints: conformance,
  }
}

export const readJson = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Error(`${file} cannot be read: ${(error as Error).message}`, { cause: error })
  }
}

/** @throws with what is wrong, in words for the terminal. */
export const readHints = (file: string): Hints => {
  const parsed = Hints.safeParse(readJson(file))
  if (!parsed.success) throw new Error(`${file} does not fit.\n${z.prettifyError(parsed.error)}`)
  return parsed.data
}
