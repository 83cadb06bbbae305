/**
 * Listens to one sale: lines in whatever order they come, and after each of them what the script makes of all that was said.
 * Knows nothing of hubs and engines. A line costs the same, however many came before.
 */
import type { Script } from '#protocol/recording/script.ts'
import { type Change, type SaidLine, Transcript } from './lines.ts'
import { type Mark, marksOf, turnLinesMax, turnMs } from './marks.ts'
import { type Held, Judge, type Verdict } from './verdict.ts'
import { type Sought, soughtOf } from './wordings.ts'

/** What comes later than so many lines is heard all the same; it costs more. */
const lateLines = 64

export class Inspector {
  readonly #sought: Sought
  readonly #transcript = new Transcript()
  /** By line of the transcript. */
  readonly #marks: (readonly Mark[])[] = []
  #held: Held
  /** All but the last lines, which may still change. */
  #settled: { readonly judge: Judge; readonly lines: number }

  constructor(script: Script, held: Held) {
    this.#sought = soughtOf(script)
    this.#held = held
    this.#settled = this.#anew()
  }

  get lineCount(): number {
    return this.#transcript.lines.length
  }

  /** Of the last word. */
  get lastAt(): number | undefined {
    return this.#transcript.lines.at(-1)?.at
  }

  put(line: SaidLine): void {
    const change = this.#transcript.put(line)
    if (change === undefined) return
    if (change.isNew) this.#marks.splice(change.first, 0, [])
    this.#mark(change)
  }

  /** What others know to be said has changed. */
  hold(held: Held): void {
    this.#held = held
    this.#settled = this.#anew()
  }

  verdict(): Verdict {
    const { lines } = this.#transcript
    const until = Math.max(this.#settled.lines, lines.length - lateLines)
    for (const marks of this.#marks.slice(this.#settled.lines, until)) this.#settled.judge.hear(marks)
    this.#settled = { judge: this.#settled.judge, lines: until }
    const judge = this.#settled.judge.fork()
    for (const marks of this.#marks.slice(until)) judge.hear(marks)
    return judge.verdict()
  }

  #anew() {
    return { judge: new Judge(this.#sought, this.#held), lines: 0 }
  }

  /** The lines that may mean something else with the one that came. */
  #mark(change: Change) {
    const { lines } = this.#transcript
    const first = this.#reach(Math.min(change.first, lines.length - 1), -1)
    const last = this.#reach(Math.min(change.last, lines.length - 1), 1)
    for (let index = first; index <= last; index++) this.#marks[index] = marksOf(lines, index, this.#sought)
    if (first < this.#settled.lines) this.#settled = this.#anew()
  }

  #reach(from: number, step: 1 | -1): number {
    const { lines } = this.#transcript
    const at = lines[from]?.at ?? 0
    let end = from
    for (let count = 1; count <= turnLinesMax; count++) {
      const line = lines[from + step * count]
      if (line === undefined || Math.abs(line.at - at) > turnMs) break
      end = from + step * count
    }
    return end
  }
}
