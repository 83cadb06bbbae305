/**
 * The lobby model of a recorded day: its branch, its opening hours, its counters as they were open, service and patience
 * as its tickets show them. Everything else is as the table of assumptions says.
 */
import type { BranchFile } from '#hub/branch/file.ts'
import { gaveUp, type RecordedKioskUse, type RecordedTicket, waitedMs } from '#hub/figures/tickets.ts'
import { clockText } from '#simulators/lobby/day-time.ts'
import { parseScenario, type Scenario } from '#simulators/lobby/scenario.ts'
import { serviceDefaults } from '#simulators/lobby/scenario-schema.ts'
import { united } from '../floor/quarters.ts'
import { recordedKioskUses, recordedTickets } from '../journal/day-tickets.ts'
import { countersOf, endOf, fileOfDay } from '../journal/day-timeline.ts'
import type { RecordedDay } from '../journal/read-day.ts'

export interface DayModel {
  readonly scenario: Scenario
  readonly branch: BranchFile
  readonly tickets: readonly RecordedTicket[]
  readonly kioskUses: readonly RecordedKioskUse[]
  readonly recordedMeanWaitMs: number | null
}

interface ServiceFit {
  counterMinutes?: number
  counterSpread?: number
  kioskMinutes?: number
  patienceMinutes?: number
}

const roundMs = 300_000
const dayMs = 86_400_000
/** From the door to the ticket, or to a kiosk, where nobody saw them come in. */
export const toTicketMs = 20_000
/** From the call to the counter: the queue system counts the walk as service, the model adds a walk of its own. */
const toCounterMs = 10_000
/** Shorter is a ticket passed over, longer one that was never ended. */
const serviceMinMs = 5_000
const serviceMaxMs = 7_200_000
/** A mean of fewer says less than the assumption. */
const fitMin = 5

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

export const servedMs = ({ outcome, calledAt, endedAt }: RecordedTicket): number | undefined => {
  if (outcome !== 'served' || calledAt === null || endedAt === null) return undefined
  const tookMs = endedAt - calledAt
  if (tookMs < serviceMinMs || tookMs > serviceMaxMs) return undefined
  return Math.max(serviceMinMs, tookMs - toCounterMs)
}

export const atKioskMs = ({ kioskFromAt, kioskUntilAt }: RecordedTicket): number | undefined =>
  kioskFromAt === null || kioskUntilAt === null ? undefined : Math.max(1_000, kioskUntilAt - kioskFromAt)

const present = (values: readonly (number | null | undefined)[]): readonly number[] =>
  values.filter((value) => value !== null && value !== undefined)

/**
 * Those who were served would have waited longer: of an exponential patience the best guess is all the waiting there was
 * over the number of those who gave up.
 */
const patienceMs = (tickets: readonly RecordedTicket[]): number | undefined => {
  const left = tickets.filter(gaveUp).length
  return left < fitMin ? undefined : present(tickets.map(waitedMs)).reduce((sum, ms) => sum + ms, 0) / left
}

const fitService = (tickets: readonly RecordedTicket[]): ServiceFit => {
  const counter = present(tickets.map(servedMs))
  const kiosk = present(tickets.map(atKioskMs))
  const patience = patienceMs(tickets)
  const fit: ServiceFit = {}
  if (counter.length >= fitMin) {
    const mean = meanOf(counter)
    fit.counterMinutes = mean / 60_000
    fit.counterSpread = Math.sqrt(meanOf(counter.map((ms) => (ms - mean) ** 2))) / mean
  }
  if (kiosk.length >= fitMin) fit.kioskMinutes = meanOf(kiosk) / 60_000
  if (patience !== undefined) fit.patienceMinutes = Math.max(0.1, patience / 60_000)
  return fit
}

interface Hours {
  readonly openMs: number
  readonly closeMs: number
}

/** From the first ticket to the last. */
const hoursOf = (day: RecordedDay, tickets: readonly RecordedTicket[]): Hours => {
  const moments = tickets.map(({ issuedAt, arrivedAt }) => (arrivedAt ?? issuedAt) - day.fromMs)
  const first = Math.max(0, Math.min(...moments) - toTicketMs)
  const last = Math.max(...tickets.map(({ issuedAt }) => issuedAt - day.fromMs))
  return {
    openMs: Math.floor(first / roundMs) * roundMs,
    closeMs: Math.min(dayMs, Math.ceil((last + 1) / roundMs) * roundMs),
  }
}

/** When each counter was open and staffed, within the hours; as it was when the day is last known, it stays to their end. */
const scheduleOf = (day: RecordedDay, { openMs, closeMs }: Hours) => {
  const end = endOf(day)
  return Object.fromEntries(
    [...countersOf(day)].map(([id, stretches]) => {
      const atWork = united(
        stretches.filter(({ state }) => state.state === 'open' && state.staffed !== false),
      )
      const spans = atWork
        .map(({ from, until }) => ({
          from: Math.max(openMs, from - day.fromMs),
          to: until === end ? closeMs : Math.min(closeMs, until - day.fromMs),
        }))
        .filter(({ from, to }) => to > from)
      return [id, spans.map(({ from, to }) => ({ from: clockText(from), to: clockText(to) }))]
    }),
  )
}

/**
 * @param eligibleFactor how much more or less of a service a kiosk can do than the table of assumptions says.
 * @throws UsherError `scenario.invalid` where the model cannot play the branch.
 */
export const modelOf = (day: RecordedDay, eligibleFactor = 1): DayModel | undefined => {
  const branch = fileOfDay(day)
  const tickets = recordedTickets(day).filter(({ service }) =>
    branch?.services.some(({ id }) => id === service),
  )
  if (branch === undefined || tickets.length === 0) return undefined
  const hours = hoursOf(day, tickets)
  const services = Map.groupBy(tickets, ({ service }) => service)
  const text = JSON.stringify({
    title: `${branch.branch}, ${day.day}`,
    branch,
    day: {
      date: day.day,
      open: clockText(hours.openMs),
      close: clockText(hours.closeMs) === '00:00:00' ? '24:00' : clockText(hours.closeMs),
    },
    services: Object.fromEntries(
      [...services].map(([id, own]) => [
        id,
        { ...fitService(own), eligibleShare: Math.min(1, serviceDefaults.eligibleShare * eligibleFactor) },
      ]),
    ),
    counters: { schedule: scheduleOf(day, hours) },
  })
  const kioskUses = recordedKioskUses(day)
  // Who went straight to a kiosk waited for nobody: counted as in the model's own figures.
  const waits = [...present(tickets.map(waitedMs)), ...kioskUses.map(() => 0)]
  return {
    scenario: parseScenario(text, `${day.day}.json`),
    branch,
    tickets,
    kioskUses,
    recordedMeanWaitMs: waits.length === 0 ? null : meanOf(waits),
  }
}
