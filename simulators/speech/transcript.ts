/** What is said in a sale, and when: a text file, one thing said a line, as `0:12 seller 本产品不保证本金。` */
import type { Speaker } from '#protocol/recording/script.ts'

export interface Spoken {
  readonly line: string
  /** From the beginning of the recording to the last word. */
  readonly atMs: number
  readonly speaker: Speaker
  readonly text: string
}

const form = /^(\d+):(\d{2}(?:\.\d+)?)\s+(seller|customer)\s+(\S.*)$/

/** Empty lines and those after `#` say nothing. @throws Error naming the line */
export const parseTranscript = (file: string): readonly Spoken[] =>
  file.split(/\r?\n/).flatMap((row, index) => {
    if (row.trim() === '' || row.startsWith('#')) return []
    const [, minutes, seconds, speaker, text] = form.exec(row.trim()) ?? []
    if (text === undefined) throw new Error(`line ${index + 1} is not like "0:12 seller …"`)
    const atMs = Math.round((Number(minutes) * 60 + Number(seconds)) * 1_000)
    return [{ line: `l${index + 1}`, atMs, speaker: speaker as Speaker, text }]
  })
