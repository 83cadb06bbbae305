/**
 * A day of an expert desk: sixty experts, the requests of forty branches, and how people are: some do not answer, breaks
 * are taken, calls last as they last. The desk that routes is the real one; what it is compared with is given the same
 * people, the same requests and the same luck.
 */
import type { ExpertDesk } from '#protocol/calls/expert-desk.ts'
import type { CallRow } from '#protocol/calls/rows.ts'
import { createDraw, type Draw } from '#simulators/lobby/draws.ts'
import { DeskLab } from '#test/calls/desk-lab.ts'

const minute = 60_000
const hour = 60 * minute

export interface DayWish {
  readonly seed: number
  readonly experts: number
  readonly branches: number
  /** Requests of one branch in a day. */
  readonly perBranch: number
  /** `longest-idle`: whoever may take it by licence and has idled longest, whatever else they can. */
  readonly routing: 'desk' | 'longest-idle'
}

export interface DayResult {
  readonly requests: number
  readonly answered: number
  /** Of all requests, answered within the time of the service level. */
  readonly serviceLevel: number
  readonly abandoned: number
  readonly meanWaitMs: number
  /** Of the answered: by somebody with the skill, and in the customer's language. */
  readonly skilled: number
  readonly inLanguage: number
  readonly occupancy: {
    readonly mean: number
    readonly least: number
    readonly most: number
    readonly gini: number
  }
  readonly rings: number
  readonly missed: number
}

const skills = ['cards', 'loans', 'corporate', 'pensions', 'foreign-exchange'] as const
/** Share of the requests, the skill, the licence, the usual length. */
const services = [
  { id: 'cards', share: 0.35, skill: 'cards', licence: null, talkMs: 4 * minute },
  { id: 'loans', share: 0.2, skill: 'loans', licence: null, talkMs: 9 * minute },
  { id: 'corporate', share: 0.15, skill: 'corporate', licence: null, talkMs: 8 * minute },
  { id: 'funds', share: 0.2, skill: 'pensions', licence: 'fund-sales', talkMs: 10 * minute },
  { id: 'exchange', share: 0.1, skill: 'foreign-exchange', licence: null, talkMs: 5 * minute },
] as const
type Service = (typeof services)[number]

/** By hour from nine to five: the load of a usual lobby. */
const hourly = [0.9, 1.4, 1.4, 0.8, 0.7, 1.1, 1.1, 0.6]
const dayMs = hourly.length * hour
/** An assumption, the same for both: whoever lacks the skill or the language takes longer. */
const slower = { skill: 1.25, language: 1.5 }

interface Person {
  readonly id: string
  readonly title: Record<string, string>
  readonly languages: string[]
  readonly skills: string[]
  readonly qualifications: string[]
}

const personOf = (draw: Draw, index: number): Person => {
  const id = `expert-${index + 1}`
  const main = skills[index % skills.length] ?? 'cards'
  const second = skills[Math.floor(draw(id, 'second') * skills.length)] ?? 'cards'
  return {
    id,
    title: {},
    languages: draw(id, 'english') < 0.35 ? ['zh', 'en'] : ['zh'],
    skills: [...new Set([main, second])],
    qualifications: draw(id, 'licence') < 0.4 ? ['fund-sales'] : [],
  }
}

const planOf = (people: readonly Person[], routing: DayWish['routing']) => ({
  people,
  needs: Object.fromEntries(
    services.map(({ id, skill, licence }) => [
      id,
      { skills: routing === 'desk' ? [skill] : [], qualifications: licence === null ? [] : [licence] },
    ]),
  ),
})

interface Request {
  readonly at: number
  readonly name: string
  readonly service: Service
  readonly language: string
}

const serviceFor = (roll: number): Service => {
  let left = roll
  for (const service of services) {
    left -= service.share
    if (left < 0) return service
  }
  return services[0]
}

/** Where in the day a request falls, by the load of the hours. */
const momentOf = (roll: number): number => {
  let left = roll * hourly.reduce((sum, one) => sum + one, 0)
  for (const [index, load] of hourly.entries()) {
    if (left < load) return Math.floor((index + left / load) * hour)
    left -= load
  }
  return dayMs - 1
}

const requestsOf = (draw: Draw, { branches, perBranch }: DayWish): readonly Request[] =>
  Array.from({ length: branches * perBranch }, (_, index): Request => {
    const name = `request-${index}`
    return {
      at: momentOf(draw(name, 'at')),
      name,
      service: serviceFor(draw(name, 'service')),
      language: draw(name, 'language') < 0.08 ? 'en' : 'zh',
    }
  }).toSorted((a, b) => a.at - b.at)

/** Log-normal around one, from two even rolls. */
const spread = (a: number, b: number): number =>
  Math.exp(0.5 * Math.sqrt(-2 * Math.log(Math.max(a, 1e-9))) * Math.cos(2 * Math.PI * b) - 0.125)

interface Deed {
  readonly at: number
  readonly act: () => void
}

export const gini = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const sum = sorted.reduce((total, value) => total + value, 0)
  if (sum === 0) return 0
  const weighted = sorted.reduce(
    (total, value, index) => total + (2 * (index + 1) - sorted.length - 1) * value,
    0,
  )
  return weighted / (sorted.length * sum)
}

class DeskDay {
  readonly #wish: DayWish
  readonly #draw: Draw
  readonly #people: readonly Person[]
  readonly #lab: DeskLab
  readonly #requests: ReadonlyMap<string, Request>
  readonly #deeds: Deed[] = []
  readonly #seen = new Set<string>()
  readonly #busyMs = new Map<string, number>()
  readonly #waits: number[] = []
  readonly #served = { skilled: 0, inLanguage: 0, abandoned: 0, rings: 0, missed: 0 }
  readonly #began: number

  constructor(wish: DayWish) {
    this.#wish = wish
    this.#draw = createDraw(wish.seed)
    this.#people = Array.from({ length: wish.experts }, (_, index) => personOf(this.#draw, index))
    this.#lab = new DeskLab(planOf(this.#people, wish.routing))
    this.#requests = new Map(requestsOf(this.#draw, wish).map((one) => [one.name, one]))
    this.#began = this.#lab.at
  }

  run(): DayResult {
    this.#lab.open(...this.#people.map(({ id }) => id))
    for (const request of this.#requests.values()) this.#later(request.at, () => this.#ask(request))
    this.#breaks()
    while (this.#deeds.length > 0) {
      const [first] = this.#deeds.splice(0, 1)
      if (first === undefined) break
      const waitMs = Math.max(0, this.#began + first.at - this.#lab.at)
      this.#lab.pass(waitMs, () => this.#look())
      first.act()
      this.#look()
    }
    this.#lab.pass(hour, () => this.#look())
    return this.#result()
  }

  #now() {
    return this.#lab.at - this.#began
  }

  #later(at: number, act: () => void) {
    let index = this.#deeds.length
    while (index > 0 && (this.#deeds[index - 1] as Deed).at > at) index--
    this.#deeds.splice(index, 0, { at, act })
  }

  #ask({ name, service, language }: Request) {
    const isDesk = this.#wish.routing === 'desk'
    this.#lab.ask({ escalation: name, device: name, service: service.id, language: isDesk ? language : null })
  }

  /** Half an hour for lunch, in four shifts. */
  #breaks() {
    for (const [index, { id }] of this.#people.entries()) {
      const from = 2.5 * hour + (index % 4) * (hour / 2)
      const set = (presence: 'break' | 'available') => () =>
        void this.#lab.act({ name: 'expert.presence', expert: id, presence, reason: null, by: id })
      this.#later(from, set('break'))
      this.#later(from + hour / 2, set('available'))
    }
  }

  /** What people do about what has just happened. */
  #look() {
    for (const { call, was } of this.#lab.changes.splice(0)) {
      if (call.state === 'ringing' && call.ring !== null) this.#rings(call, call.ring.id)
      if (call.state === 'accepted') this.#comes(call, this.#now() - (call.at - this.#began))
      if (call.state === 'ended' && was !== 'wrap-up') this.#served.abandoned += 1
    }
    for (const { note } of this.#lab.notes.splice(0))
      if (note.code === 'expert.set-away') this.#returns(String(note.params?.['expert']))
  }

  /** One in twenty rings is not answered; the others after some seconds. */
  #rings(call: CallRow, ring: string) {
    if (this.#seen.has(ring)) return
    this.#seen.add(ring)
    this.#served.rings += 1
    const by = call.ring?.experts[0] ?? ''
    const rung = `${call.device}/${call.tried.length}`
    if (this.#draw(rung, 'answers') < 0.05) return void (this.#served.missed += 1)
    const afterMs = 3_000 + this.#draw(rung, 'after') * 7_000
    this.#later(
      this.#now() + afterMs,
      () => void this.#lab.act({ name: 'call.accept', call: call.id, ring, by }),
    )
  }

  #returns(expert: string) {
    const back = () =>
      void this.#lab.act({ name: 'expert.presence', expert, presence: 'available', reason: null, by: expert })
    this.#later(this.#now() + 2 * minute, back)
  }

  #comes(call: CallRow, waitedMs: number) {
    const request = this.#requests.get(call.device ?? '')
    const person = this.#people.find(({ id }) => id === call.expert)
    if (request === undefined || person === undefined) return
    this.#waits.push(waitedMs)
    const isSkilled = person.skills.includes(request.service.skill)
    const speaks = person.languages.includes(request.language)
    if (isSkilled) this.#served.skilled += 1
    if (speaks) this.#served.inLanguage += 1
    const factor = (isSkilled ? 1 : slower.skill) * (speaks ? 1 : slower.language)
    const luck = spread(this.#draw(request.name, 'long'), this.#draw(request.name, 'longer'))
    const talkMs = Math.round(request.service.talkMs * luck * factor)
    const wrapUpMs = 20_000 + this.#draw(request.name, 'wrap-up') * 60_000
    const act = (command: Parameters<DeskLab['act']>[0]) => () => void this.#lab.act(command)
    const { id, expert } = { id: call.id, expert: person.id }
    const at = this.#now() + 2_000
    this.#later(at, act({ name: 'call.joined', call: id, participant: `expert:${expert}`, by: 'hub' }))
    this.#later(
      at + talkMs,
      act({ name: 'call.hang-up', call: id, participant: `expert:${expert}`, by: expert }),
    )
    this.#later(
      at + talkMs + wrapUpMs,
      act({ name: 'call.wrap-up', call: id, code: 'solved', notes: '', by: expert }),
    )
    this.#busyMs.set(expert, (this.#busyMs.get(expert) ?? 0) + talkMs + wrapUpMs)
  }

  #result(): DayResult {
    const { plan } = this.#lab as { plan: ExpertDesk }
    const { skilled, inLanguage, abandoned, rings, missed } = this.#served
    const requests = this.#requests.size
    const answered = this.#waits.length
    const shares = this.#people.map(({ id }) => (this.#busyMs.get(id) ?? 0) / (dayMs - hour / 2))
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
    return {
      requests,
      answered,
      serviceLevel: this.#waits.filter((waited) => waited <= plan.serviceLevel.withinMs).length / requests,
      abandoned: abandoned / requests,
      meanWaitMs: sum(this.#waits) / Math.max(1, answered),
      skilled: skilled / Math.max(1, answered),
      inLanguage: inLanguage / Math.max(1, answered),
      occupancy: {
        mean: sum(shares) / shares.length,
        least: Math.min(...shares),
        most: Math.max(...shares),
        gini: gini(shares),
      },
      rings,
      missed,
    }
  }
}

export const liveDeskDay = (wish: DayWish): DayResult => new DeskDay(wish).run()
