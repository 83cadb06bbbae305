/**
 * `node bench/calls/routing.main.ts`: how many times a second the expert desk decides whom to ring, beside the least that
 * any desk does (who has idled longest), and a day of sixty experts and forty branches under both. Ends with 1 below a
 * thousand decisions a second.
 */
import { parseArgs } from 'node:util'
import { DeskLab } from '#test/calls/desk-lab.ts'
import { type DayResult, type DayWish, liveDeskDay } from './desk-day.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '3' },
    days: { type: 'string', default: '5' },
    /** Of one branch in a day. */
    requests: { type: 'string', default: '50' },
  },
})

const leastPerSecond = 1_000
const experts = 60
const skills = ['cards', 'loans', 'corporate', 'pensions', 'foreign-exchange']

const people = Array.from({ length: experts }, (_, index) => ({
  id: `expert-${index}`,
  title: {},
  languages: index % 3 === 0 ? ['zh', 'en'] : ['zh'],
  skills: [skills[index % 5] ?? '', skills[(index * 3) % 5] ?? ''],
  qualifications: index % 2 === 0 ? ['fund-sales'] : [],
}))

/** Calls a second that `once` makes, after it has run in for a moment. */
const rate = (once: (n: number) => void): number => {
  for (let n = 0; n < 2_000; n++) once(n)
  const untilMs = performance.now() + Number(values.seconds) * 1_000
  const from = performance.now()
  let count = 0
  for (; performance.now() < untilMs; count++) once(count)
  return (count * 1_000) / (performance.now() - from)
}

/** A whole decision: the request on record, everybody weighed, the ring with its timers, and called off again. */
const deskRate = (): number => {
  const needs = {
    funds: { skills: ['pensions'], qualifications: ['fund-sales'] },
    cards: { skills: ['cards'] },
  }
  const lab = new DeskLab({ people, needs })
  lab.open(...people.map(({ id }) => id))
  return rate((n) => {
    const { id } = lab.ask({ escalation: `e-${n}`, service: n % 2 === 0 ? 'funds' : 'cards', language: 'en' })
    lab.act({ name: 'call.withdraw', call: id, reason: null, by: 'bench' })
    lab.calls.drop(id)
    lab.timers.drop(`branch/call/${id}#forget`)
    lab.notes.length = 0
    lab.changes.length = 0
    lab.rows.settle()
  })
}

/** The floor: nothing but a look for who is free and has idled longest. */
const floorRate = (): number => {
  const rows = people.map(({ id }, index) => ({ id, idleSince: index * 7_919, isFree: true }))
  return rate((n) => {
    let best: (typeof rows)[number] | undefined
    for (const row of rows)
      if (row.isFree && (best === undefined || row.idleSince < best.idleSince)) best = row
    if (best !== undefined) best.idleSince = 1_000_000 + n
  })
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`

const mean = (days: readonly DayResult[], of: (day: DayResult) => number): number =>
  days.reduce((sum, day) => sum + of(day), 0) / days.length

const rows: readonly (readonly [string, (day: DayResult) => number, (value: number) => string])[] = [
  ['requests', (day) => day.requests, (value) => value.toFixed(0)],
  ['answered within 20 s', (day) => day.serviceLevel, percent],
  ['not answered', (day) => day.abandoned, percent],
  ['mean wait', (day) => day.meanWaitMs, (value) => `${(value / 1_000).toFixed(1)} s`],
  ['by somebody with the skill', (day) => day.skilled, percent],
  ['in the customer’s language', (day) => day.inLanguage, percent],
  ['occupancy, mean', (day) => day.occupancy.mean, percent],
  [
    'occupancy, most over least',
    (day) => day.occupancy.most / day.occupancy.least,
    (value) => value.toFixed(2),
  ],
  ['occupancy, Gini', (day) => day.occupancy.gini, (value) => value.toFixed(3)],
  ['rings a request', (day) => day.rings / day.requests, (value) => value.toFixed(2)],
]

const daysOf = (routing: DayWish['routing']): readonly DayResult[] =>
  Array.from({ length: Number(values.days) }, (_, seed) =>
    liveDeskDay({ seed, experts, branches: 40, perBranch: Number(values.requests), routing }),
  )

const desk = deskRate()
const floor = floorRate()
const write = (line: string) => void process.stdout.write(`${line}\n`)
write(
  `routing decisions a second, ${experts} experts, one core: ${Math.round(desk)} (target ${leastPerSecond})`,
)
write(
  `the floor, longest idle alone, nothing on record: ${Math.round(floor)}; ratio ${(desk / floor).toFixed(5)}`,
)

const [own, idle] = [daysOf('desk'), daysOf('longest-idle')]
write(`\na day of ${experts} experts and 40 branches, mean of ${values.days} days`)
write(`${''.padEnd(30)}${'desk'.padStart(12)}${'longest idle'.padStart(14)}${'ratio'.padStart(8)}`)
for (const [name, of, say] of rows) {
  const [first, second] = [mean(own, of), mean(idle, of)]
  const ratio = second === 0 ? '–' : (first / second).toFixed(2)
  write(`${name.padEnd(30)}${say(first).padStart(12)}${say(second).padStart(14)}${ratio.padStart(8)}`)
}
process.exitCode = desk < leastPerSecond ? 1 : 0
