/**
 * A shift of an expert desk as chance has it: people who vanish, press twice, press late and press at once, a hub that is
 * killed in between, and at the end everybody gone.
 */
import type { CallCommand } from '#hub/calls/commands.ts'
import type { Guest } from '#protocol/calls/guest.ts'
import type { CallRow } from '#protocol/calls/rows.ts'
import { createDraw } from '#simulators/lobby/draws.ts'
import { DeskLab, faults } from './desk-lab.ts'

const people = [
  { id: 'ann', languages: ['zh', 'en'], skills: ['cards'], qualifications: ['funds'], group: 'retail' },
  { id: 'bo', languages: ['zh'], skills: ['cards', 'loans'], group: 'retail' },
  { id: 'cai', languages: ['zh'], skills: [], qualifications: ['funds'], group: 'retail' },
  { id: 'dan', languages: ['en'], skills: ['loans'], qualifications: ['funds'], group: 'corporate' },
  { id: 'eva', languages: ['zh', 'en'], skills: ['corporate'], group: 'corporate' },
  { id: 'fu', languages: ['zh'], skills: ['cards'], group: 'retail' },
].map((one) => ({ ...one, title: {} }))

const planFor = (ringsAll: boolean) => ({
  people,
  groups: [
    { id: 'retail', title: {}, ringsAll, overflow: 'corporate', overflowMs: 30_000 },
    { id: 'corporate', title: {}, ringsAll: false },
  ],
  needs: {
    funds: { qualifications: ['funds'] },
    cards: { skills: ['cards'], group: 'retail' },
    company: { skills: ['corporate'] },
  },
  ringMs: 20_000,
  patienceMs: 90_000,
})

const stepsMax = 120
/** Longer than any wait of the desk: afterwards nothing of the shift may be left. */
const longMs = 3 * 3_600_000

export interface ShiftResult {
  readonly faults: readonly string[]
  readonly calls: number
  readonly restarts: number
  /** Calls that went to a guest who was there. */
  readonly warm: number
  /** How being asked in ended. */
  readonly guests: readonly string[]
  readonly outcomes: Readonly<Record<string, number>>
  /** By ring, how many were told that they have it. */
  readonly acceptedTwice: readonly string[]
}

class Shift {
  readonly lab: DeskLab
  readonly #roll: () => number
  readonly #found = new Set<string>()
  /** Sockets in calls, as the line has them; it tells the desk of those that go. */
  readonly #sockets = new Map<string, Set<string>>()
  readonly #accepted = new Map<string, number>()
  readonly #ended = new Map<string, CallRow>()
  readonly #calls = new Set<string>()
  readonly #guests = new Map<string, string>()
  #restarts = 0
  #warm = 0

  constructor(seed: number) {
    const draw = createDraw(seed)
    let rolls = 0
    this.#roll = () => draw(String(rolls++), 'shift')
    this.lab = new DeskLab(planFor(this.#roll() < 0.5))
  }

  run(): ShiftResult {
    for (const { id } of people) if (this.#roll() < 0.7) this.lab.open(id)
    for (let step = 0; step < stepsMax; step++) {
      this.#step()
      this.#look()
      this.#wait(Math.floor(this.#roll() ** 3 * 40_000))
    }
    this.#goHome()
    const outcomes: Record<string, number> = {}
    for (const { outcome } of this.#ended.values())
      outcomes[outcome ?? ''] = (outcomes[outcome ?? ''] ?? 0) + 1
    return {
      faults: [...this.#found],
      calls: this.#calls.size,
      restarts: this.#restarts,
      warm: this.#warm,
      guests: [...this.#guests.values()],
      outcomes,
      acceptedTwice: [...this.#accepted].flatMap(([ring, count]) => (count > 1 ? [ring] : [])),
    }
  }

  #pick<T>(from: readonly T[]): T | undefined {
    return from[Math.floor(this.#roll() * from.length)]
  }

  #look() {
    for (const fault of faults(this.lab)) this.#found.add(fault)
    for (const call of this.lab.calls.values()) if (call.state === 'ended') this.#ended.set(call.id, call)
    for (const { id, guests = [] } of this.lab.calls.values())
      for (const { from, to, why } of guests) this.#guests.set(`${id}/${from}/${to}`, why)
    // The line lets nobody stand in a call that is over, or that is somebody else's by now.
    for (const [id, sockets] of this.#sockets) {
      const call = this.lab.calls.get(id)
      if (call === undefined || call.state === 'ended' || call.state === 'wrap-up') this.#sockets.delete(id)
      else
        for (const one of sockets)
          if (one.startsWith('expert:') && ![call.expert, call.guest?.expert].includes(one.slice(7)))
            sockets.delete(one)
    }
  }

  #wait(ms: number) {
    this.lab.pass(ms, () => this.#look())
    this.#look()
  }

  #do(command: CallCommand): boolean {
    const done = this.lab.act(command) === null
    this.#look()
    return done
  }

  /** Now and then pressed twice. */
  #press(command: CallCommand): boolean {
    const done = this.#do(command)
    if (this.#roll() < 0.2) this.#do(command)
    return done
  }

  #step() {
    const roll = this.#roll()
    if (roll < 0.18) return this.#ask()
    if (roll < 0.5) return this.#answer()
    if (roll < 0.62) return this.#join()
    if (roll < 0.66) return this.#leave()
    if (roll < 0.75) return this.#guest()
    if (roll < 0.8) return this.#finish()
    if (roll < 0.86) return this.#comeAndGo()
    if (roll < 0.91) return this.#callOff()
    if (roll < 0.95) return this.#kioskComesAndGoes()
    return this.#restart()
  }

  #ask() {
    const kiosk = `kiosk-${Math.floor(this.#roll() * 6)}`
    const service = this.#pick(['funds', 'cards', 'company', null]) ?? null
    const language = this.#pick(['zh', 'en', 'ja', null]) ?? null
    const open = () =>
      this.lab.calls
        .values()
        .filter(({ state, device }) => state !== 'ended' && state !== 'wrap-up' && device === kiosk)
    // A hundred times, as fast as it can.
    for (let again = 0; again < (this.#roll() < 0.2 ? 100 : 1); again++)
      this.#calls.add(this.lab.ask({ escalation: `e-${again}`, device: kiosk, service, language }).id)
    this.#look()
    if (open().length > 1) this.#found.add(`${kiosk} has ${open().length} calls`)
  }

  #answer() {
    const rings = this.lab.calls
      .values()
      .flatMap((call) => [
        ...(call.ring === null ? [] : [{ call, ring: call.ring }]),
        ...(call.guest?.ring == null ? [] : [{ call, ring: call.guest.ring }]),
      ])
    const rung = this.#pick(rings)
    if (rung === undefined) return
    const { call, ring } = rung
    const everybody = this.#roll() < 0.3
    const asked = everybody ? ring.experts : [this.#pick(ring.experts) ?? '']
    const roll = this.#roll()
    for (const by of asked) {
      if (roll < 0.7) {
        if (this.#press({ name: 'call.accept', call: call.id, ring: ring.id, by })) this.#count(ring.id)
      } else if (roll < 0.85)
        this.#press({ name: 'call.decline', call: call.id, ring: ring.id, reason: null, by })
      else this.#press({ name: 'call.snooze', call: call.id, ring: ring.id, forMs: 20_000, by })
    }
    // Somebody by whom it does not ring, or not any more.
    const stranger = {
      name: 'call.accept',
      call: call.id,
      ring: ring.id,
      by: this.#pick(people)?.id ?? '',
    } as const
    if (this.#do(stranger)) this.#count(ring.id)
  }

  #join() {
    const call = this.#pick(
      this.lab.calls.values().filter(({ state }) => state === 'accepted' || state === 'resuming'),
    )
    if (call === undefined) return
    for (const one of [`kiosk:${call.device}`, `expert:${call.expert}`]) this.#enter(call.id, one)
    if (this.#roll() < 0.3) this.#enter(call.id, `manager:${this.#pick(['li', 'mo'])}`)
  }

  /** Somebody is asked in, comes, and is dealt with; all of it also by people whose it is not. */
  #guest() {
    const open = this.lab.calls.values().filter(({ state }) => state === 'in-call' || state === 'resuming')
    const call = this.#pick(
      open.some(({ guest }) => guest != null) ? open.filter(({ guest }) => guest != null) : open,
    )
    if (call === undefined) return
    const by = this.#roll() < 0.9 ? (call.expert ?? '') : (this.#pick(people)?.id ?? '')
    if (call.guest == null) this.#askIn(call.id, by)
    const now = this.lab.calls.get(call.id)
    if (now?.guest != null) this.#dealWith(now, now.guest, by)
  }

  #askIn(call: string, by: string) {
    const mode = this.#pick(['consult', 'invite'] as const) ?? 'consult'
    const named = { group: null, expert: this.#pick(people)?.id ?? null }
    const ofGroup = { group: this.#pick(['retail', 'corporate']) ?? null, expert: null }
    const to = this.#roll() < 0.5 ? named : ofGroup
    if (!this.#press({ name: 'call.invite', call, ...to, mode, why: 'a loan', by })) return
    const ring = this.lab.calls.get(call)?.guest?.ring
    const [expert] = ring?.experts ?? []
    if (ring == null || expert === undefined || this.#roll() < 0.3) return
    if (this.#press({ name: 'call.accept', call, ring: ring.id, by: expert })) this.#count(ring.id)
    if (this.#roll() < 0.8) this.#enter(call, `expert:${expert}`)
  }

  #dealWith({ id: call }: CallRow, { expert, state, mode }: Guest, by: string) {
    const as = expert ?? ''
    const roll = this.#roll()
    if (state !== 'here' && roll < 0.5) return this.#enter(call, `expert:${as}`)
    if (roll < 0.2) {
      const other = mode === 'consult' ? 'invite' : 'consult'
      return void this.#press({ name: 'call.guest-mode', call, mode: other, by })
    }
    if (roll < 0.3) return void this.#press({ name: 'call.guest-note', call, notes: 'seen', by: as })
    if (roll < 0.5) return void this.#press({ name: 'call.take-off', call, by })
    if (roll < 0.65) return void this.#press({ name: 'call.leave', call, by: as })
    if (!this.#press({ name: 'call.hand-over', call, group: null, expert: as, note: 'so far', by })) return
    this.#warm += 1
    const now = this.lab.call(call)
    if (now.state !== 'in-call' || now.expert !== as) this.#found.add(`${call} handed over with a gap`)
  }

  #count(ring: string) {
    this.#accepted.set(ring, (this.#accepted.get(ring) ?? 0) + 1)
  }

  #enter(call: string, participant: string) {
    if (!this.#press({ name: 'call.joined', call, participant, by: 'hub' })) return
    this.#sockets.set(call, (this.#sockets.get(call) ?? new Set()).add(participant))
  }

  #drop(call: string, participant: string) {
    this.#sockets.get(call)?.delete(participant)
    this.lab.left(call, participant)
    this.#look()
  }

  #leave() {
    const [call, sockets] = this.#pick([...this.#sockets]) ?? []
    const participant = this.#pick([...(sockets ?? [])])
    if (call !== undefined && participant !== undefined) this.#drop(call, participant)
  }

  #finish() {
    const call = this.#pick(
      this.lab.calls.values().filter(({ state }) => state === 'in-call' || state === 'wrap-up'),
    )
    if (call === undefined) return
    const by = call.expert ?? ''
    const roll = this.#roll()
    if (call.state === 'wrap-up') {
      if (roll < 0.2) return void this.#press({ name: 'call.more-time', call: call.id, by })
      return void this.#press({ name: 'call.wrap-up', call: call.id, code: 'solved', notes: '', by })
    }
    if (roll < 0.3) {
      const expert = this.#pick(people)?.id ?? null
      const to = this.#roll() < 0.5 ? { group: 'corporate', expert: null } : { group: null, expert }
      return void this.#press({ name: 'call.hand-over', call: call.id, ...to, note: 'so far', by })
    }
    const participant = this.#pick([`expert:${by}`, `kiosk:${call.device}`, null]) ?? null
    this.#press({ name: 'call.hang-up', call: call.id, participant, by })
  }

  #comeAndGo() {
    const expert = this.#pick(people)?.id ?? ''
    const roll = this.#roll()
    if (roll < 0.3) return this.lab.open(expert)
    if (roll < 0.6) return void this.#do({ name: 'expert.line', expert, here: false, by: 'hub' })
    const presence = this.#pick(['available', 'break', 'offline'] as const) ?? 'available'
    this.#press({ name: 'expert.presence', expert, presence, reason: null, by: expert })
  }

  /** Who stands in a call stays there: pictures do not need the hub. */
  #kioskComesAndGoes() {
    const kiosk = `kiosk-${Math.floor(this.#roll() * 6)}`
    const isAway = this.#roll() < 0.6
    this.lab.kiosk(kiosk, isAway)
    this.#look()
    if (!isAway || this.#roll() < 0.5) return
    const before = this.lab.calls.values().filter(({ device }) => device === kiosk)
    this.#wait(this.lab.plan.kioskGoneMs)
    for (const was of before) {
      const stood = was.participants.includes(`kiosk:${kiosk}`)
      const isCalled = ['waiting', 'ringing', 'accepted'].includes(was.state)
      const { state, endedBy } = this.lab.calls.get(was.id) ?? was
      if (isCalled && !stood && state !== 'ended') this.#found.add(`${kiosk} is gone and is called for`)
      if (stood && endedBy === 'kiosk-gone') this.#found.add(`${kiosk} was sent out of its call`)
    }
  }

  #callOff() {
    const call = this.#pick(this.lab.calls.values())
    if (call !== undefined) this.#press({ name: 'call.withdraw', call: call.id, reason: null, by: 'li' })
  }

  /** Some come back; of the others the line says after a while that they have left. */
  #restart() {
    this.#restarts += 1
    this.lab.restart()
    this.#look()
    const back = new Set(people.map(({ id }) => id).filter(() => this.#roll() < 0.7))
    for (const expert of back) this.#do({ name: 'expert.line', expert, here: true, by: 'hub' })
    const lost: [string, string][] = []
    for (const [call, sockets] of this.#sockets)
      for (const one of sockets)
        if (this.#roll() < 0.3) lost.push([call, one])
        else this.#do({ name: 'call.joined', call, participant: one, by: 'hub' })
    if (lost.length > 0) this.#wait(30_000)
    for (const [call, one] of lost) if (this.#sockets.get(call)?.has(one) === true) this.#drop(call, one)
  }

  /** Nobody says goodbye. */
  #goHome() {
    for (const { id } of people) this.#do({ name: 'expert.line', expert: id, here: false, by: 'hub' })
    for (const [call, sockets] of this.#sockets) for (const one of sockets) this.#drop(call, one)
    this.#wait(longMs)
    for (const { id, state } of this.lab.calls.values()) this.#found.add(`${id} is ${state} for ever`)
    for (const { id, call, online } of this.lab.experts.values())
      if (call !== null || online) this.#found.add(`${id} is held by ${call}, online: ${online}`)
    if (this.lab.timers.size > 0) this.#found.add(`${this.lab.timers.keys().join()} for ever`)
  }
}

export const liveShift = (seed: number): ShiftResult => new Shift(seed).run()
