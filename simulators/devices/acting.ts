/**
 * Carrying out one task: step by step on the clock, each act on disk before the next thing happens, and the outcome on
 * disk before it is reported. What the log says was begun is never begun again.
 */
import { type Attempt, nameOf } from '#adapters/sdk/attempts.ts'
import type { Life } from '#adapters/sdk/life.ts'
import { type CapabilityName, isCapability } from '#protocol/capabilities.ts'
import type { Words } from '#protocol/targets.ts'
import type { Behaviour } from './behaviour.ts'
import type { Body } from './body.ts'
import type { Log } from './log.ts'
import { type JsonObject, type Plan, planFor, type Step, speakingMs } from './plans.ts'
import type { Answer, Chance, People, Question } from './ports.ts'
import type { SimulatedReporting } from './reporting.ts'

interface Stop {
  readonly outcome: 'cancelled' | 'failed'
  readonly code?: string
  readonly apology?: readonly Words[]
}

export interface Acting {
  /** Begins now. The caller has checked that it may. */
  begin(attempt: Attempt): void
  /** Stops what runs for this attempt; with an apology if there is one. @returns whether something ran. */
  stop(attempt: Attempt, end: Stop): boolean
  /** Does it die now, as declared? Then nothing after this call happens. */
  mayDie(when: NonNullable<Behaviour['dies']>['when'], attempt: Attempt): boolean
}

interface Run {
  readonly attempt: Attempt
  readonly plan: Plan
  readonly outcome: { words: Words[]; shownForMs: number; answer: Answer }
  cancel: () => void
}

interface Deps {
  readonly id: string
  readonly life: Life
  readonly log: Log
  readonly chance: Chance
  readonly behaviour: Behaviour
  readonly people: People
  readonly body: Body
  readonly reporting: SimulatedReporting
  readonly voice: 'said' | 'shown'
  readonly die: () => void
  readonly ended: (attempt: Attempt) => void
  /** Its state has changed on the way. */
  readonly moved: () => void
  /** A kiosk forgets who uses it. */
  readonly wipe: () => void
}

export const createActing = (deps: Deps): Acting => new OneTaskAtATime(deps)

class OneTaskAtATime implements Acting {
  readonly #deps: Deps
  #run: Run | undefined

  constructor(deps: Deps) {
    this.#deps = deps
  }

  begin(attempt: Attempt) {
    const { log, behaviour, reporting, life } = this.#deps
    const plan = planOf(attempt, this.#deps)
    attempt.phase = 'begun'
    if (this.#happens(behaviour.lies?.share, 'lies', attempt)) {
      lie(attempt, plan, this.#deps)
      return
    }
    log.write({ kind: 'begun', ...nameOf(attempt), ...attempt.about })
    if (this.mayDie('begun', attempt)) return
    reporting.report(attempt, { status: 'started' })
    const run: Run = { attempt, plan, outcome: { words: [], shownForMs: 0, answer: {} }, cancel: () => {} }
    this.#run = run
    if (attempt.offer?.command['wipe'] === true) this.#deps.wipe()
    const halfway = this.#ms(plan.steps.reduce((sum, step) => sum + step.ms, behaviour.slow?.actMs ?? 0) / 2)
    if (behaviour.dies?.when === 'mid-task')
      life.after(halfway, () => this.#run === run && this.mayDie('mid-task', attempt))
    run.cancel = this.#happens(behaviour.fails?.share, 'fails', attempt)
      ? life.after(halfway, () => this.#fail(attempt))
      : life.after(this.#ms(behaviour.slow?.actMs ?? 0), () => this.#next(run, 0))
  }

  stop(attempt: Attempt, { outcome, code, apology }: Stop) {
    if (this.#run?.attempt !== attempt) return false
    this.#run.cancel()
    if (apology !== undefined) this.#speak(attempt, apology, 'on-cancel')
    this.#close(attempt, outcome, code === undefined ? {} : { code })
    return true
  }

  mayDie(when: NonNullable<Behaviour['dies']>['when'], attempt: Attempt) {
    const { behaviour, log, life, die } = this.#deps
    if (behaviour.dies?.when !== when || !this.#happens(behaviour.dies.share, 'dies', attempt))
      return life.ended()
    log.write({ kind: 'misbehaved', behaviour: `dies-${when}`, task: attempt.task })
    die()
    return true
  }

  #happens(share: number | undefined, what: string, attempt: Attempt) {
    const { chance, id } = this.#deps
    return share !== undefined && chance(id, what, attempt.task, `${attempt.attempt}`) < share
  }

  #ms(value: number) {
    return Math.round(value * this.#deps.behaviour.pace)
  }

  #fail(attempt: Attempt) {
    const { log, behaviour } = this.#deps
    log.write({ kind: 'misbehaved', behaviour: 'fails', task: attempt.task })
    this.stop(attempt, { outcome: 'failed', code: behaviour.fails?.code ?? 'blocked' })
  }

  #speak(attempt: Attempt, words: readonly Words[], step: 'task' | 'on-cancel') {
    const { log, voice } = this.#deps
    log.write({ kind: voice, ...nameOf(attempt), ...attempt.about, words: [...words], step })
  }

  #next(run: Run, index: number) {
    const { attempt, plan, outcome } = run
    const step = plan.steps[index]
    if (step === undefined) {
      this.#close(attempt, 'done', { result: plan.result(outcome) })
      return
    }
    if (index > 0)
      this.#deps.reporting.progress(attempt, {
        step: step.do,
        percent: Math.round((100 * index) / plan.steps.length),
      })
    const after = (then: () => void) => {
      run.cancel = this.#deps.life.after(this.#ms(step.ms), then)
    }
    this.#perform(run, step, { after, go: () => this.#next(run, index + 1) })
  }

  #perform(run: Run, step: Step, on: { after: (then: () => void) => void; go: () => void }) {
    const { log, body } = this.#deps
    const { attempt, outcome } = run
    switch (step.do) {
      case 'move':
        on.after(() =>
          this.#passBy(run, () => {
            body.arrive(step.to)
            const to = step.to.place ?? step.to.zone ?? 'pose'
            log.write({ kind: 'moved', ...nameOf(attempt), ...attempt.about, to })
            on.go()
          }),
        )
        return
      case 'speak':
        this.#speak(attempt, step.words, 'task')
        outcome.words.push(...step.words)
        on.after(() => {
          outcome.shownForMs += step.ms
          on.go()
        })
        return
      case 'ask':
        on.after(on.go)
        this.#hear(run, step.question, on.go)
        return
      case 'ticket':
        log.write({ kind: 'ticketed', ...nameOf(attempt), ...attempt.about, action: step.action })
        on.after(on.go)
    }
  }

  /** Somebody may stand in the way for a while. */
  #passBy(run: Run, go: () => void) {
    const { behaviour, body, log, life, moved } = this.#deps
    const forMs = behaviour.blocked?.forMs ?? 0
    if (!body.moves || !this.#happens(behaviour.blocked?.share, 'blocked', run.attempt)) return go()
    const stand = (blocked: boolean) => {
      body.setBlocked(blocked)
      log.write({ kind: 'blocked', state: blocked ? 'on' : 'off' })
      moved()
    }
    stand(true)
    const cancel = life.after(this.#ms(forMs), () => {
      stand(false)
      go()
    })
    run.cancel = () => {
      cancel()
      stand(false)
    }
  }

  /** An answer ends the waiting. Who answers too late, or after the task was stopped, is not heard. */
  #hear(run: Run, question: Question, go: () => void) {
    const { people, log, life } = this.#deps
    const waited = run.cancel
    people.ask(question, (answer) => {
      if (run.cancel !== waited || this.#run !== run || life.ended()) return
      waited()
      run.outcome.answer = answer
      const words = Object.entries(answer).filter((pair): pair is [string, string] => pair[1] !== undefined)
      log.write({
        kind: 'answered',
        ...nameOf(run.attempt),
        ...run.attempt.about,
        answer: Object.fromEntries(words),
      })
      run.cancel = life.after(0, go)
    })
  }

  #close(
    attempt: Attempt,
    outcome: 'done' | 'failed' | 'cancelled',
    rest: { code?: string; result?: JsonObject },
  ) {
    const { log, reporting, ended } = this.#deps
    this.#run = undefined
    attempt.phase = 'ended'
    const result = rest.result === undefined ? {} : { result: rest.result }
    log.write({ kind: 'finished', ...nameOf(attempt), ...attempt.about, outcome, ...result })
    if (this.mayDie('acted', attempt)) return
    reporting.report(attempt, { status: outcome, ...rest })
    if (!this.mayDie('reported', attempt)) ended(attempt)
  }
}

const planOf = (attempt: Attempt, { id, body }: Deps): Plan => {
  const offer = attempt.offer
  const nothing: Plan = { steps: [], result: () => ({}) }
  if (offer === undefined || !isCapability(offer.capability)) return nothing
  const capability: CapabilityName = offer.capability
  const place = { device: id, moves: body.moves, travelMs: body.travelMs(attempt.task) }
  return planFor(capability, offer.command, place) ?? nothing
}

const lie = (attempt: Attempt, plan: Plan, { life, log, reporting, behaviour, ended }: Deps) => {
  log.write({ kind: 'misbehaved', behaviour: 'lies', task: attempt.task })
  reporting.report(attempt, { status: 'started' })
  life.after(speakingMs([]) * behaviour.pace, () => {
    if (attempt.phase === 'ended') return
    attempt.phase = 'ended'
    reporting.report(attempt, {
      status: 'done',
      result: plan.result({ words: [], shownForMs: 0, answer: {} }),
    })
    ended(attempt)
  })
}
