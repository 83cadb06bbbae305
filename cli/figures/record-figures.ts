/** The key figures of a simulated day, from the truth about its visitors and the logs of its devices. */
import type { TaskRow } from '#hub/dispatch/rows.ts'
import { announcedOf } from '#hub/figures/announced.ts'
import { shareOf, spreadOf } from '#hub/figures/spread.ts'
import type { JournalEntry } from '#simulators/devices/journal-entry.ts'
import { greetedTwice } from '#simulators/devices/oracle.ts'
import type { DayRecord, VisitorRecord } from '#simulators/lobby/record.ts'
import type { DayFigures } from './day-figures.ts'
import { type Decided, staffFigures } from './staff-figures.ts'

/** From the ticket, or from the door where there is none, until service begins or they give up; null: never known. */
export const waitOf = (visitor: VisitorRecord): number | null => {
  const until = waitEnd(visitor)
  return until === null ? null : Math.max(0, until - (visitor.ticketAtMs ?? visitor.arrivedAtMs))
}

const waitEnd = ({ outcome, calledAtMs, servedFromMs, kioskFromMs, leftAtMs }: VisitorRecord) => {
  if (outcome === 'served') return calledAtMs ?? servedFromMs
  if (outcome === 'self-served') return kioskFromMs
  return outcome === 'abandoned' ? leftAtMs : null
}

const sinceArrival = (visitor: VisitorRecord): number | null => {
  const { outcome, servedFromMs, arrivedAtMs } = visitor
  const until = outcome === 'served' ? servedFromMs : waitEnd(visitor)
  return until === null ? null : until - arrivedAtMs
}

const known = (value: number | null): value is number => value !== null

const visitorFigures = (visitors: readonly VisitorRecord[]): DayFigures['visitors'] => {
  const count = (outcome: VisitorRecord['outcome']) =>
    visitors.filter((visitor) => visitor.outcome === outcome).length
  const [served, selfServed, abandoned] = [count('served'), count('self-served'), count('abandoned')]
  return {
    came: visitors.length - count('turned-away'),
    tickets: visitors.filter(({ ticket }) => ticket !== null).length,
    served,
    selfServed,
    abandoned,
    abandonedShare: shareOf(abandoned, served + selfServed + abandoned),
  }
}

const waitFigures = (visitors: readonly VisitorRecord[]): DayFigures['wait'] => {
  const services = [...new Set(visitors.map(({ service }) => service))].toSorted()
  const byService = services.flatMap((service) => {
    const own = visitors.filter((visitor) => visitor.service === service)
    const spread = spreadOf(own.map(waitOf).filter(known))
    return spread === null ? [] : [[service, spread] as const]
  })
  return {
    ms: spreadOf(visitors.map(waitOf).filter(known)),
    sinceArrivalMs: spreadOf(visitors.map(sinceArrival).filter(known)),
    byService: Object.fromEntries(byService),
  }
}

const announcedFigures = (visitors: readonly VisitorRecord[]): DayFigures['announced'] => {
  const errors = visitors.flatMap(({ outcome, announcedWaitMs, ticketAtMs, calledAtMs }) =>
    outcome === 'served' && announcedWaitMs !== null && ticketAtMs !== null && calledAtMs !== null
      ? [calledAtMs - ticketAtMs - announcedWaitMs]
      : [],
  )
  return announcedOf(errors)
}

/** How long after they came in each greeting began: found by the words that the visitor heard. */
const beginnings = (
  greeted: readonly VisitorRecord[],
  { logs, midnight }: Pick<RecordedParts, 'logs' | 'midnight'>,
): readonly number[] => {
  const begun = new Map<string, number>()
  const taskOf = new Map<string, string>()
  for (const line of logs) {
    if (line.kind === 'begun') begun.set(`${line.device} ${line.task}`, line.at)
    if (line.kind === 'said' || line.kind === 'shown') taskOf.set(`${line.device} ${line.at}`, line.task)
  }
  return greeted.flatMap(({ greeted: [first], arrivedAtMs }) => {
    if (first === undefined) return []
    const task = taskOf.get(`${first.device} ${first.atMs + midnight}`)
    const at = begun.get(`${first.device} ${task}`)
    return at === undefined ? [] : [at - midnight - arrivedAtMs]
  })
}

const greetingFigures = (parts: RecordedParts): DayFigures['greeting'] => {
  const { record, logs, tasks, decisions } = parts
  const { visitors } = record
  // Booked and priority visitors are received by a person, and no device greets them.
  const welcome = visitors.filter(
    ({ booked, priority, outcome }) => !booked && !priority && outcome !== 'turned-away',
  )
  const greeted = visitors.filter((visitor) => visitor.greeted.length > 0)
  const byScreen = tasks.filter(
    ({ flow, intent, phase }) => flow === 'greeting' && intent.capability === 'display' && phase === 'done',
  ).length
  const withGroup = decisions.filter(({ record: { code } }) => code === 'greeted-with-group').length
  const reached = greeted.filter((visitor) => welcome.includes(visitor)).length + byScreen + withGroup
  return {
    greeted: greeted.length,
    byScreen,
    withGroup,
    share: shareOf(Math.min(reached, welcome.length), welcome.length),
    latencyMs: spreadOf(beginnings(greeted, parts)),
    heardMs: spreadOf(greeted.map(({ greeted: [first], arrivedAtMs }) => (first?.atMs ?? 0) - arrivedAtMs)),
    duplicates: greetedTwice(logs).length,
    mistaken: greeted.filter((visitor) => visitor.greeted.length > 1).length,
  }
}

const diversionFigures = (visitors: readonly VisitorRecord[]): DayFigures['diversion'] => {
  const eligible = visitors.filter((visitor) => visitor.eligible && visitor.ticket !== null)
  const invited = visitors.filter((visitor) => visitor.invited.length > 0)
  const accepted = invited.filter((visitor) => visitor.invited.some((one) => one.accepted === true))
  const finished = accepted.filter(
    ({ outcome, kioskOutcome }) => outcome === 'self-served' && kioskOutcome === 'finished',
  )
  return {
    eligible: eligible.length,
    invited: invited.length,
    accepted: accepted.length,
    finished: finished.length,
    returned: accepted.filter((visitor) => visitor.returnedToCounter).length,
    finishedShare: shareOf(finished.length, eligible.length),
  }
}

/** Plays of one campaign to one visit above what the campaign allows. */
const repeatsOf = ({ tasks, campaignCaps }: RecordedParts): number => {
  const plays = new Map<string, number>()
  let repeats = 0
  for (const { intent, attempts } of tasks) {
    const { campaign, visit } = intent.subject
    if (campaign === undefined || visit === undefined || intent.capability !== 'promote') continue
    if (!attempts.some(({ startedAt }) => startedAt !== null)) continue
    const key = `${visit} ${campaign}`
    const played = (plays.get(key) ?? 0) + 1
    plays.set(key, played)
    if (played > (campaignCaps.get(campaign) ?? 1)) repeats += 1
  }
  return repeats
}

const promotionFigures = (parts: RecordedParts): DayFigures['promotion'] => {
  const { record, logs } = parts
  const { visitors } = record
  const shown = logs.filter(
    (line) => line.kind === 'begun' && line.capability === 'promote' && line.visit !== undefined,
  ) as readonly { readonly visit: string }[]
  const byVisit = new Map<string, number>()
  for (const { visit } of shown) byVisit.set(visit, (byVisit.get(visit) ?? 0) + 1)
  const came = visitors.filter(({ outcome }) => outcome !== 'turned-away').length
  return {
    shown: shown.length,
    visits: byVisit.size,
    perVisit: shareOf(shown.length, came),
    perVisitMax: Math.max(0, ...byVisit.values()),
    repeats: repeatsOf(parts),
    interested: visitors.filter(({ promoted }) => promoted.some(({ response }) => response === 'interested'))
      .length,
  }
}

const deviceFigures = (
  { devices, fromMs, untilMs }: DayRecord,
  kinds: ReadonlyMap<string, string>,
): DayFigures['devices'] =>
  Object.fromEntries(
    [...kinds].map(([id, kind]) => {
      const busy = devices.filter(({ device, state }) => device === id && state === 'busy')
      const ms = busy.reduce((sum, one) => sum + one.untilMs - one.fromMs, 0)
      return [id, { kind, busyShare: shareOf(ms, untilMs - fromMs), tasks: busy.length }]
    }),
  )

const counterFigures = ({ counters, visitors }: DayRecord): DayFigures['counters'] => {
  const length = (id: string, ...states: readonly string[]) =>
    counters
      .filter(({ counter, state }) => counter === id && states.includes(state))
      .reduce((sum, one) => sum + one.untilMs - one.fromMs, 0)
  const ids = [...new Set(counters.map(({ counter }) => counter))].toSorted()
  return Object.fromEntries(
    ids.map((id) => [
      id,
      {
        openMs: length(id, 'open', 'serving'),
        servingMs: length(id, 'serving'),
        served: visitors.filter(({ counter, outcome }) => counter === id && outcome === 'served').length,
      },
    ]),
  )
}

export interface RecordedParts {
  readonly record: DayRecord
  /** The devices' own logs; empty with the hub off. */
  readonly logs: readonly JournalEntry[]
  /** Device → kind. */
  readonly kinds: ReadonlyMap<string, string>
  /** Of the hub; both empty with the hub off. */
  readonly tasks: readonly TaskRow[]
  readonly decisions: readonly Decided[]
  /** Campaign → how often one visit may see it. */
  readonly campaignCaps: ReadonlyMap<string, number>
  /** When the local midnight of the day is, in ms since 1970. */
  readonly midnight: number
}

export const recordFigures = (parts: RecordedParts): DayFigures => {
  const { record, kinds, tasks, decisions } = parts
  const { visitors } = record
  return {
    visitors: visitorFigures(visitors),
    wait: waitFigures(visitors),
    announced: announcedFigures(visitors),
    greeting: greetingFigures(parts),
    diversion: diversionFigures(visitors),
    promotion: promotionFigures(parts),
    staff: staffFigures(tasks, decisions),
    devices: deviceFigures(record, kinds),
    counters: counterFigures(record),
  }
}
