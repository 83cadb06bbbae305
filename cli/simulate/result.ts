/** What a run of `usher simulate` found out: the same for the table, the JSON file and the page. */
import type { Scenario } from '#simulators/lobby/scenario.ts'
import type { DayFigures } from '../figures/day-figures.ts'
import type { Pair } from '../io/language.ts'
import type { ComparedRow } from './compare.ts'
import type { DayStory } from './story.ts'

export interface Arm {
  readonly title: string
  /** One for each day, in the order of the seeds. */
  readonly days: readonly DayFigures[]
  /** Of the first day. */
  readonly story: DayStory
}

/** How one assumption or scenario changes what the hub does to the mean wait. */
export interface SensitivityRow {
  readonly assumption: Pair<string>
  /** Zero: none of it. */
  readonly factor: number
  readonly wait: ComparedRow
  readonly finished: ComparedRow
}

/** Arrivals of a real day. */
export interface RealArrivals {
  readonly file: string
  readonly tickets: number
  readonly date: string | null
}

export interface SimulationResult {
  readonly scenario: Pick<Scenario, 'name' | 'title' | 'about'>
  /** null: the rates of the scenario. */
  readonly real: RealArrivals | null
  readonly seeds: readonly string[]
  /** One, or two that are compared. */
  readonly arms: readonly Arm[]
  /** First arm minus second; null for one arm. */
  readonly comparison: readonly ComparedRow[] | null
  readonly sensitivity: readonly SensitivityRow[] | null
  /** How to do it again. */
  readonly command: string
}
