/** What a rule of the contract is to the examiner, and the four ways in which its examination can end. */
import type { Exam } from './exam.ts'
import { type Said, say } from './words.ts'

export const levels = ['bronze', 'silver', 'gold'] as const
export type Level = (typeof levels)[number]

export interface Rule {
  readonly id: string
  readonly level: Level
  readonly title: Said
  /** Where docs/guides/speak-mqtt-directly.md says so, by the number of its section. */
  readonly clause: string
  /** Judged only when these hold; else it would only repeat their failure. */
  readonly needs?: readonly string[]
  /** `line`: the examiner must own the broker. `program`: it must be able to start and kill the program. */
  readonly wants?: 'line' | 'program'
  /** Judged when everything has been said. */
  readonly atTheEnd?: boolean
  /** Returns when the rule holds; else throws one of the three below. */
  prove(exam: Exam): Promise<void> | void
}

export class RuleBroken extends Error {
  readonly said: Said
  constructor(said: Said) {
    super(said.en)
    this.said = said
  }
}

/** It has no meaning for this device, as its manifest says. */
export class DoesNotApply extends RuleBroken {}

/** It may hold or not: this examination could not show it. */
export class NotProved extends RuleBroken {}

export const broken = (en: string, zh: string): never => {
  throw new RuleBroken(say(en, zh))
}

export const doesNotApply = (en: string, zh: string): never => {
  throw new DoesNotApply(say(en, zh))
}

export const notProved = (en: string, zh: string): never => {
  throw new NotProved(say(en, zh))
}
