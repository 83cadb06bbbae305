/** Somebody speaks, a line every four seconds, and what the inspector makes of it. */
import { Inspector } from '#hub/sales/inspect/inspector.ts'
import type { SaidLine } from '#hub/sales/inspect/lines.ts'
import { Script, type Speaker } from '#protocol/recording/script.ts'
import { fundScript } from './sales-lab.ts'

export const script = Script.parse(fundScript)

export type Said = readonly [who: 's' | 'c', text: string]

const speakers: Readonly<Record<Said[0], Speaker>> = { s: 'seller', c: 'customer' }

export const lineMs = 4_000

export const linesOf = (said: readonly Said[], from = 0): readonly SaidLine[] =>
  said.map(([who, text], index) => ({
    line: `l${from + index}`,
    speaker: speakers[who],
    at: (from + index + 1) * lineMs,
    text,
  }))

export const inspectorFor = (of: Script = script, held: ReadonlyMap<string, number> = new Map()) =>
  new Inspector(of, held)

export const listen = (lines: readonly SaidLine[], of: Script = script) => {
  const inspector = inspectorFor(of)
  for (const line of lines) inspector.put(line)
  return inspector
}

/** In words: `who risk ask yes`, `forbidden guaranteed`. */
export const heardIn = (said: readonly Said[], of?: Script) => [
  ...listen(linesOf(said), of).verdict().heard.keys(),
]
export const foundIn = (said: readonly Said[], of?: Script) =>
  listen(linesOf(said), of)
    .verdict()
    .found.map(({ code, about }) => `${code} ${about}`)
