/** The messages that a finding rests on, shortened so that a person can read them. */
import type { EvidenceLine } from './result.ts'
import type { Entry } from './transcript.ts'
import { say } from './words.ts'

const headMax = 10
const tailMax = 14
const textMax = 320

const shortened = (text: string) =>
  text.length <= textMax ? text : `${text.slice(0, textMax - 60)} … (${text.length}) … ${text.slice(-30)}`

const control = /[\p{Control}\p{Surrogate}\u202a-\u202e\u2066-\u2069]/gu
export const visible = (text: string) =>
  text.replace(control, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)

export const lineOf = (entry: Entry): EvidenceLine => {
  const atMs = Math.round(entry.atMs)
  if (entry.kind === 'note') return { atMs, from: 'note', text: entry.said }
  const text = shortened(visible(entry.payload))
  return { atMs, from: entry.from, topic: entry.topic, text: say(text, text) }
}

/** Its beginning and its end: what was asked, and how it came out. */
export const evidenceOf = (entries: readonly Entry[]): { evidence: EvidenceLine[]; leftOut: number } => {
  const leftOut = Math.max(0, entries.length - headMax - tailMax)
  const kept = leftOut === 0 ? entries : [...entries.slice(0, headMax), ...entries.slice(-tailMax)]
  return { evidence: kept.map(lineOf), leftOut }
}
