/**
 * What the marks of a transcript add up to, in their order of time: which items were heard, at their turn and in answer to
 * their question, and what stands in the way.
 */
import type { Speaker } from '#protocol/recording/script.ts'
import type { Mark } from './marks.ts'
import type { Sought, SoughtItem } from './wordings.ts'

export interface Finds {
  readonly code: 'forbidden' | 'out-of-order' | 'declined'
  readonly about: string
  readonly at: number
  readonly speaker: Speaker
}

/** Said or ticked, as others know it: when. */
export type Held = ReadonlyMap<string, number>

export interface Verdict {
  /** In this transcript, by item. */
  readonly heard: ReadonlyMap<string, number>
  /** Held ones that the customer has taken back. */
  readonly takenBack: ReadonlySet<string>
  readonly found: readonly Finds[]
}

interface SoFar extends Verdict {
  /** By question: when it was last heard. */
  readonly asked: ReadonlyMap<string, number>
}

const nothingYet: SoFar = { heard: new Map(), takenBack: new Set(), found: [], asked: new Map() }

/** An answer belongs to a question for so long; then it has to be asked again. */
export const answerMs = 120_000

export class Judge {
  readonly #sought: Sought
  readonly #held: Held
  readonly #heard: Map<string, number>
  readonly #takenBack: Set<string>
  readonly #asked: Map<string, number>
  #found: Finds[]

  constructor(sought: Sought, held: Held, { heard, takenBack, asked, found }: SoFar = nothingYet) {
    this.#sought = sought
    this.#held = held
    this.#heard = new Map(heard)
    this.#takenBack = new Set(takenBack)
    this.#asked = new Map(asked)
    this.#found = [...found]
  }

  /** As far as it got; what is heard from here on does not change the one that it came from. */
  fork(): Judge {
    return new Judge(this.#sought, this.#held, { ...this.verdict(), asked: this.#asked })
  }

  hear(marks: readonly Mark[]): void {
    for (const mark of marks) this.#hear(mark)
  }

  verdict(): Verdict {
    return { heard: this.#heard, takenBack: this.#takenBack, found: this.#found }
  }

  #hear(mark: Mark) {
    if (mark.what === 'forbidden') return this.#find('forbidden', mark)
    const item = this.#sought.items.find(({ id }) => id === mark.about)
    if (item === undefined || (item.isConsent && !this.#isAnswer(item, mark.at))) return
    return mark.what === 'no' ? this.#decline(mark) : this.#complete(item, mark)
  }

  #find(code: Finds['code'], { about, at, speaker }: Mark) {
    this.#found.push({ code, about, at, speaker })
  }

  #isDone(item: string): boolean {
    return this.#heard.has(item) || (this.#held.has(item) && !this.#takenBack.has(item))
  }

  /** Whoever was not asked consents to nothing. */
  #isAnswer({ asks }: SoughtItem, at: number): boolean {
    if (asks === null) return true
    const asked = this.#asked.get(asks) ?? this.#held.get(asks)
    return asked !== undefined && asked <= at && at - asked <= answerMs
  }

  #decline(mark: Mark) {
    this.#heard.delete(mark.about)
    this.#takenBack.add(mark.about)
    this.#find('declined', mark)
  }

  /** Before its turn it is not heard: it has to be said again, at its place. */
  #complete({ id }: SoughtItem, mark: Mark) {
    if (!this.#isDone(id) && this.#comesTooEarly(id)) {
      if (!this.#isEarly(id)) this.#find('out-of-order', mark)
      return
    }
    this.#asked.set(id, mark.at)
    if (!this.#heard.has(id)) this.#heard.set(id, mark.at)
    this.#found = this.#found.filter(({ code, about }) => code !== 'out-of-order' || about !== id)
  }

  #isEarly(item: string): boolean {
    return this.#found.some(({ code, about }) => code === 'out-of-order' && about === item)
  }

  #comesTooEarly(item: string): boolean {
    if (!this.#sought.ordered) return false
    for (const { id } of this.#sought.items) {
      if (id === item) return false
      if (!this.#isDone(id)) return true
    }
    return false
  }
}
