/**
 * What came before a call, for whoever is asked to take it: what was tried on the spot, what was said to the customer, how
 * the device is, and what became of earlier calls.
 */
import type { CallRow } from '#protocol/calls/rows.ts'
import type { callRoutes } from '#protocol/desk/call-routes.ts'
import type { ResponseOf } from '#protocol/desk/route.ts'
import { UsherError } from '#protocol/errors.ts'
import { waitsSince } from '../calls/find.ts'
import { servedKey } from '../calls/link/rows.ts'
import type { Note, TaskExplanation } from '../dispatch/explain.ts'
import type { BranchState } from '../engine/state.ts'
import { answerTo, gather, type Question } from './explain.ts'
import type { LookParts } from './parts.ts'
import { sayCode } from './say.ts'
import { createTitles, type Titles } from './titles.ts'
import { capabilityNames, phaseNames } from './words/names.ts'
import type { Tongue } from './words/pair.ts'

export type CallStory = ResponseOf<(typeof callRoutes)['callStory']>
type Step = CallStory['steps'][number]
type Both = Readonly<Record<Tongue, Titles>>

type Looked = Pick<LookParts, 'branch' | 'engine' | 'store'>

/** The newest; a ring lasts seconds. */
const stepsMax = 40
const beforeMs = 3_600_000

const inBoth = (titles: Both, say: (one: Titles) => string) => ({ zh: say(titles.zh), en: say(titles.en) })

const taskStep = ({ capability, wantedAt, outcome, words }: TaskExplanation, titles: Both): Step => {
  const said = words.said.map(({ text }) => text).join(' ')
  return {
    at: wantedAt,
    code: `task.${capability}`,
    words: inBoth(titles, ({ tongue }) => {
      const name = capabilityNames[capability]?.[tongue] ?? capability
      const how = phaseNames[outcome.phase]?.[tongue] ?? outcome.phase
      return [name, how, ...(said === '' ? [] : [said])].join(tongue === 'zh' ? '：' : ': ')
    }),
  }
}

const toldKinds: ReadonlySet<string> = new Set(['escalation', 'alert', 'pass', 'call'])

const noteStep = ({ at, code, params }: Note, titles: Both): Step => ({
  at,
  code,
  words: inBoth(titles, (one) => sayCode(code, params, one)),
})

/** The closest to the customer of what is known. */
const questionsFor = ({ visit, ticket, device }: CallRow): readonly Question[] => {
  if (visit !== null) return [{ visit }, ...(ticket === null ? [] : [{ ticket }])]
  if (ticket !== null) return [{ ticket }]
  return device === null ? [] : [{ device }]
}

const stepsAbout = async (
  look: Looked,
  question: Question,
  { call, titles }: { call: CallRow; titles: Both },
): Promise<readonly Step[]> => {
  const material = await gather(look, question).catch((error: unknown) => {
    if (error instanceof UsherError && error.code === 'explain.nothing') return undefined
    throw error
  })
  if (material === undefined) return []
  const { tasks, notes } = answerTo(question, material)
  const told = notes.filter(
    ({ kind, params }) => toldKinds.has(kind) && (params['call'] ?? call.id) === call.id,
  )
  return [...tasks.map((task) => taskStep(task, titles)), ...told.map((note) => noteStep(note, titles))]
}

const ticketOf = ({ tickets }: BranchState, { ticket, at }: CallRow): CallStory['ticket'] => {
  const row = ticket === null ? undefined : tickets.get(ticket)
  if (row === undefined) return null
  return { no: row.id, service: row.service, waitedMs: Math.max(0, (row.calledAt ?? at) - row.issuedAt) }
}

const deviceOf = ({ devices }: BranchState, { device }: CallRow): CallStory['device'] => {
  const row = device === null ? undefined : devices.get(device)
  return row === undefined
    ? null
    : { id: row.id, title: { ...row.title }, link: row.link, health: row.health }
}

/** The names of visits and tickets are a branch's own. */
const isOfSame = (a: CallRow, b: CallRow) =>
  a.branch === b.branch &&
  ((a.visit !== null && a.visit === b.visit) || (a.ticket !== null && a.ticket === b.ticket))

/** Parts of this call with others, and what of the last minutes is still known of the customer. */
const earlierOf = ({ calls }: BranchState, call: CallRow): CallStory['earlier'] => [
  ...calls
    .values()
    .filter((one) => one.id !== call.id && one.outcome !== null && isOfSame(one, call))
    .map(({ at, expert, outcome }) => ({ at, expert, outcome: outcome ?? '' })),
  ...call.segments
    .filter(({ why }) => why !== null)
    .map(({ from, expert, why }) => ({ at: from, expert, outcome: why ?? '' })),
]

/** Of a call of another branch: what that one told with its request. */
const sentOf = ({ served }: BranchState, { branch, escalation }: CallRow) =>
  branch === undefined ? undefined : served.get(servedKey(branch, escalation))?.story

export const callStory = async (look: Looked, call: CallRow): Promise<CallStory> => {
  const { titles, sent, ...known } = await look.engine.read((state, at) => {
    const sent = sentOf(state, call)
    return {
      titles: { zh: createTitles(state, 'zh'), en: createTitles(state, 'en') },
      sent,
      waitedMs: Math.max(0, Math.round(at - waitsSince(call))),
      ticket: sent?.ticket ?? ticketOf(state, call),
      device: sent?.device ?? deviceOf(state, call),
      earlier: [...(sent?.earlier ?? []), ...earlierOf(state, call)],
    }
  })
  const found = questionsFor(call).map((question) => stepsAbout(look, question, { call, titles }))
  const steps = [...(sent?.steps ?? []), ...(await Promise.all(found)).flat()]
    .filter(({ at }) => at >= call.at - beforeMs)
    .toSorted((a, b) => a.at - b.at)
  const once = new Map(steps.map((step) => [`${step.at}/${step.code}/${step.words.en}`, step]))
  return { ...known, steps: [...once.values()].slice(-stepsMax) }
}
