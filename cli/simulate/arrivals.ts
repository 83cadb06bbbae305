/** Where the arrivals of a simulated day are from, when not from the rates of its scenario. */
import type { ArrivalSource } from '#simulators/lobby/arrival-source.ts'
import type { Scenario } from '#simulators/lobby/scenario.ts'

/** A queue system's log, read once; every thread makes the same arrivals of it. */
export interface TicketLog {
  readonly file: string
  readonly text: string
  readonly columns: string | undefined
}

export const readTicketLog = (
  _scenario: Scenario,
  { csv }: { readonly csv: string | undefined },
): TicketLog | undefined => (csv === undefined ? undefined : { file: csv, text: '', columns: undefined })

export const arrivalsOf = (
  _scenario: Scenario,
  _seed: string,
  _ticketLog: TicketLog | undefined,
): ArrivalSource | undefined => undefined
