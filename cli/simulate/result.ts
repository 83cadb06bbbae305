/** What a run of `usher simulate` found out: the same for the table, the JSON file and the page. */
import type { DayFigures } from '../figures/day-figures.ts'
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
  readonly assumption: string
  /** What was changed, in words. */
  readonly change: string
  readonly wait: ComparedRow
  readonly finished: ComparedRow
}

export interface SimulationResult {
  readonly scenario: { readonly name: string; readonly title: string; readonly about: string }
  /** Where the arrivals are from, in words. */
  readonly arrivals: string
  readonly seeds: readonly string[]
  /** One, or two that are compared. */
  readonly arms: readonly Arm[]
  /** First arm minus second; null for one arm. */
  readonly comparison: readonly ComparedRow[] | null
  readonly sensitivity: readonly SensitivityRow[] | null
  /** How to do it again. */
  readonly command: string
}
