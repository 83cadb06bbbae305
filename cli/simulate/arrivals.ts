/** Where the arrivals of a simulated day are from, when not from the rates of its scenario. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { UsherError } from '#protocol/errors.ts'
import type { ArrivalSource } from '#simulators/lobby/arrival-source.ts'
import type { Scenario } from '#simulators/lobby/scenario.ts'
import { parseMapping, type TicketLogMapping } from '#simulators/lobby/ticket-log/mapping.ts'
import type { TicketLog } from '#simulators/lobby/ticket-log/read.ts'
import { arrivalsFromLog, importTicketLog, scenarioOfLog } from '#simulators/lobby/ticket-log/replay.ts'

/** A real day from a queue system's log: plain data, so that every thread plays the same arrivals. */
export interface RealDay {
  readonly file: string
  readonly log: TicketLog
}

const readMapping = (file: string): TicketLogMapping => {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsherError(
      'ticket-log.unreadable',
      `${file}: ${(error as NodeJS.ErrnoException).code ?? 'unreadable'}.`,
    )
  }
  return parseMapping(text, file)
}

/** @throws UsherError `ticket-log.*` with every line that cannot be understood; then nothing is played. */
export const readRealDay = (
  scenario: Scenario,
  { csv, mapping }: { readonly csv: string | undefined; readonly mapping: string | undefined },
): RealDay | undefined => {
  if (csv === undefined) return undefined
  const read = importTicketLog(csv, scenario, mapping === undefined ? {} : readMapping(mapping))
  return { file: basename(csv), log: read }
}

/** The scenario on that day: open when the log was, with the counters that were at work. */
export const onRealDay = (scenario: Scenario, real: RealDay | undefined): Scenario =>
  real === undefined ? scenario : scenarioOfLog(scenario, real.log)

export const arrivalsOf = (
  scenario: Scenario,
  seed: string,
  real: RealDay | undefined,
): ArrivalSource | undefined => {
  if (real === undefined) return undefined
  const source = arrivalsFromLog(real.log, scenario, seed)
  return { ...source, title: `${source.title}, ${real.file}` }
}
