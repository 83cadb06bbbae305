/**
 * What must still be known of the proof of play after a restart: how far it was read, what was told already, and which
 * task had ordered what. In a file of its own, written whole.
 */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { writeWhole } from '../sdk/whole-file.ts'
import { readable } from './config.ts'

const Known = z.object({
  /** Since when this adapter has read it at all, by the clock of the CMS. */
  sinceMs: z.int(),
  /** All rows up to this one were told. */
  floor: z.string().optional(),
  /** Told, and younger than the floor. */
  told: z.array(z.object({ id: z.string(), atMs: z.int() })).default([]),
  shows: z
    .array(
      z.object({
        device: z.string(),
        task: z.string(),
        layoutId: z.int(),
        fromMs: z.int(),
        toMs: z.int(),
      }),
    )
    .default([]),
})
export type Known = z.infer<typeof Known>

export interface ProofMemory {
  read(): Known | undefined
  /** On the disk when it returns. @throws when it cannot be written */
  write(known: Known): void
}

export const openProofMemory = (file: string): ProofMemory => ({
  read() {
    const text = readable(file)
    if (text === undefined) return undefined
    try {
      return Known.safeParse(JSON.parse(text)).data
    } catch {
      return undefined
    }
  },
  write(known) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeWhole(file, JSON.stringify(known))
  },
})

/** For tests, and to hand it to the next life of the adapter. */
export const createFleetingProofMemory = (): ProofMemory => {
  let kept: string | undefined
  return {
    read: () => (kept === undefined ? undefined : Known.parse(JSON.parse(kept))),
    write(known) {
      kept = JSON.stringify(known)
    },
  }
}
