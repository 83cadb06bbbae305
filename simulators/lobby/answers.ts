/** What people say when a device speaks to them: whether they notice, answer, accept, decline or do nothing. */
import type { Answer, People, Question } from '../devices/ports.ts'
import type { FleetDevice } from '../fleet.ts'
import type { Cameras } from './cameras.ts'
import type { Crowd } from './crowd.ts'
import type { DayClock } from './day-clock.ts'
import { around } from './distributions.ts'
import type { Draw } from './draws.ts'
import type { Floor } from './floor.ts'
import type { Scenario } from './scenario.ts'
import type { Visitor } from './visitor.ts'

export interface Answers extends People {
  /** Whom the hub means by a visit; undefined: nobody who is known. */
  byVisit(visit: string): Visitor | undefined
}

interface Deps {
  readonly scenario: Scenario
  readonly clock: DayClock
  readonly draw: Draw
  readonly floor: Floor
  readonly crowd: Crowd
  readonly cameras: Cameras
  readonly device: (id: string) => FleetDevice | undefined
  readonly whoIs:
    | ((visit: string) => { readonly track?: string; readonly ticket?: string } | undefined)
    | undefined
}

const goesOnMs = 1_000

export const createAnswers = (deps: Deps): Answers => new Speaking(deps)

class Speaking implements Answers {
  readonly #deps: Deps
  /** Learnt from what was asked, where nobody can tell whom a visit means. */
  readonly #visits = new Map<string, Visitor>()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  ask(question: Question, reply: (answer: Answer) => void) {
    if (question.kind === 'intent') this.#intent(question, reply)
    else if (question.kind === 'offer') this.#offer(question, reply)
    else this.#promotion(question, reply)
  }

  byVisit(visit: string) {
    const { whoIs, cameras, crowd } = this.#deps
    const who = whoIs?.(visit)
    const known =
      (who?.track === undefined ? undefined : cameras.visitorOf(who.track.split('/').at(-1) ?? '')) ??
      (who?.ticket === undefined ? undefined : crowd.holderOf(who.ticket)) ??
      this.#visits.get(visit)
    return known?.isGone === true ? undefined : known
  }

  #intent({ visit, device }: Extract<Question, { kind: 'intent' }>, reply: (answer: Answer) => void) {
    const { crowd, floor, clock, draw, scenario } = this.#deps
    const { answersGreetingShare, answerSeconds, followsRobotShare, waitsForRobotSeconds } =
      scenario.customers
    const visitor =
      (visit === undefined ? undefined : this.byVisit(visit)) ??
      [...crowd.in(floor.zoneOf('entrance'))].find(({ doing, asked }) => doing === 'entering' && !asked)
    if (visitor?.doing !== 'entering' || visitor.asked) return
    visitor.asked = true
    if (visit !== undefined) this.#visits.set(visit, visitor)
    const { arrival } = visitor
    if (draw(arrival.key, 'answers') >= answersGreetingShare) return
    const waits = this.#isRobot(device) && draw(arrival.key, 'follows') < followsRobotShare
    const answerMs = around(answerSeconds * 1_000, draw(arrival.key, 'answers after'))
    visitor.linger(answerMs + (waits ? waitsForRobotSeconds * 1_000 : goesOnMs))
    clock.after(answerMs, () => reply({ intent: arrival.service, language: arrival.language }))
  }

  #offer(question: Extract<Question, { kind: 'offer' }>, reply: (answer: Answer) => void) {
    const { crowd, clock, draw, scenario } = this.#deps
    const { device, ticket, kiosk } = question
    const holder = crowd.holderOf(ticket)
    if (holder?.doing !== 'waiting') return
    const { arrival, record } = holder
    const nth = record.invited.length + 1
    const invitation = { atMs: clock.now(), device, accepted: null as boolean | null }
    record.invited.push(invitation)
    if (!this.#notices(holder, device, `offer ${nth}`)) return
    const { accepts, declines } = this.#oddsOf(holder, nth)
    const mood = draw(arrival.key, `offer ${nth}`)
    if (mood >= accepts && mood < 1 - declines) return
    const says = mood < accepts
    const decideMs = around(scenario.customers.decideSeconds * 1_000, draw(arrival.key, `decides ${nth}`))
    clock.after(decideMs, () => {
      if (holder.doing !== 'waiting') return
      invitation.accepted = says
      reply({ offer: says ? 'accepted' : 'declined' })
      if (says) holder.goToKiosk(kiosk)
    })
  }

  /** Who was asked before and did not go remembers it. */
  #oddsOf({ arrival }: Visitor, nth: number) {
    const { acceptsInvitationShare, declinesInvitationShare, ...customers } = this.#deps.scenario.customers
    const age = arrival.elderly ? customers.elderlyAcceptsFactor : 1
    const again = nth > 1 ? customers.askedAgainFactor : 1
    const share = arrival.eligible ? acceptsInvitationShare : customers.triesAnywayShare
    return { accepts: Math.min(1, share * age * again), declines: declinesInvitationShare }
  }

  #promotion(question: Extract<Question, { kind: 'promotion' }>, reply: (answer: Answer) => void) {
    const { clock, draw, scenario } = this.#deps
    const { visit, device, product } = question
    const visitor =
      visit === undefined ? this.#bystander(device) : (this.byVisit(visit) ?? this.#bystander(device))
    if (visitor === undefined) return reply({ promotion: 'none' })
    const { interestedShare, notInterestedShare } = scenario.customers
    const mood = draw(visitor.arrival.key, `promotion of ${product}`)
    const isNoticed = this.#notices(visitor, device, `promotion of ${product}`)
    const interest =
      mood < interestedShare ? 'interested' : mood >= 1 - notInterestedShare ? 'declined' : 'none'
    const response = isNoticed ? interest : 'none'
    visitor.record.promoted.push({ atMs: clock.now(), device, product, response })
    reply({ promotion: response })
  }

  /** Somebody who stands before the device. */
  #bystander(device: string): Visitor | undefined {
    const { scenario, crowd, floor } = this.#deps
    const zone = scenario.branch.devices.find(({ id }) => id === device)?.zone ?? floor.zoneOf('waiting')
    const there = crowd.in(zone).values().next()
    return there.done === true ? undefined : there.value
  }

  #isRobot(device: string) {
    return this.#deps.device(device)?.kind === 'robot'
  }

  #notices({ arrival }: Visitor, device: string, what: string): boolean {
    const { noticesRobotShare, noticesScreenShare } = this.#deps.scenario.customers
    const share = this.#isRobot(device) ? noticesRobotShare : noticesScreenShare
    return this.#deps.draw(arrival.key, `notices ${what}`) < share
  }
}
