/** One visitor's way through the lobby: in, to a number or a kiosk, waiting, to a counter, out. */
import type { EventData, EventName } from '#protocol/events.ts'
import { between } from '../devices/chance.ts'
import type { KioskUse } from '../devices/kiosk-use.ts'
import type { Chance, Clock } from '../devices/ports.ts'
import type { Arrival } from './arrivals.ts'
import type { QueueSystem, Ticket } from './queue-system.ts'
import type { ServiceDesk, World } from './world.ts'

export interface Hall {
  readonly world: World
  readonly clock: Clock
  readonly chance: Chance
  readonly queue: QueueSystem
  readonly sense: <N extends EventName>(device: string, name: N, data: EventData<N>) => void
  readonly use: (kiosk: string, use: KioskUse) => void
  /** A kiosk that nobody stands at and that is promised to nobody else; the wanted one if it is free. */
  readonly freeKiosk: (wanted: string | undefined) => string | undefined
  readonly gone: (visitor: Visitor) => void
}

type Doing = 'entering' | 'waiting' | 'to-kiosk' | 'at-kiosk' | 'at-counter' | 'leaving'

/** How long somebody looks around before they take a number, unless a greeting sends them on their way. */
const lookAroundMs = [9_000, 14_000] as const
const walkMs = 4_000
const dwellTellsMs = [8_000, 20_000, 40_000, 70_000, 110_000, 170_000]
const patienceMs = 900_000

export class Visitor {
  readonly track: string
  /** The nth visitor: what chance decides hangs on this, so that the same seed is the same day. */
  readonly number: number
  readonly arrival: Arrival
  readonly service: ServiceDesk
  readonly since: number
  readonly #hall: Hall
  #doing: Doing = 'entering'
  #ticket: Ticket | undefined
  #zone = 'entrance'
  #kiosk: string | undefined
  /** Rises with every change of mind, so that what was planned before is not done any more. */
  #step = 0
  asked = false

  constructor(hall: Hall, who: { track: string; number: number; arrival: Arrival; service: ServiceDesk }) {
    this.#hall = hall
    this.track = who.track
    this.number = who.number
    this.arrival = who.arrival
    this.service = who.service
    this.since = hall.clock.now()
  }

  get doing() {
    return this.#doing
  }

  get zone() {
    return this.#zone
  }

  /** The one they stand at. */
  get kiosk() {
    return this.#doing === 'at-kiosk' ? this.#kiosk : undefined
  }

  get ticketNumber() {
    return this.#ticket?.number
  }

  come() {
    const { sense, world } = this.#hall
    const { seated, party, hurry } = this.arrival
    this.#zone = seated ? 'waiting' : 'entrance'
    sense(world.hallCamera, 'visitor.detected', {
      zone: this.#zone,
      track: this.track,
      direction: seated ? 'unknown' : 'in',
      ...(party > 1 && { count: party }),
    })
    if (seated) this.#takeNumber()
    else if (hurry === 'kiosk' && this.service.kioskMs !== undefined)
      this.#later(2_500, () => this.goToKiosk(undefined))
    else if (hurry === 'ticket')
      this.#later(between(1_500, 3_000, this.#draw('look')), () => this.#takeNumber())
    else this.#later(between(...lookAroundMs, this.#draw('look')), () => this.#takeNumber())
  }

  /** A device asked what brings them here: they answer, and know where to go. */
  answerIntent(reply: (answer: { intent?: string; language?: string }) => void) {
    const { clock } = this.#hall
    this.asked = true
    if (this.#draw('says') < 0.15) return
    clock.after(between(800, 1_800, this.#draw('answers')), () => {
      reply({ intent: this.service.id, language: this.arrival.language })
      if (this.#doing === 'entering') this.#later(2_500, () => this.#takeNumber())
    })
  }

  goToKiosk(wanted: string | undefined) {
    if (this.#doing === 'at-kiosk' || this.#doing === 'at-counter' || this.#doing === 'leaving') return
    this.#doing = 'to-kiosk'
    this.#later(1_500, () => {
      this.#move('kiosks')
      this.#later(walkMs, () => this.#touch(wanted))
    })
  }

  called() {
    if (this.#doing !== 'waiting' && this.#doing !== 'to-kiosk') return
    this.#doing = 'at-counter'
    this.#later(walkMs, () => {
      this.#move('counters')
      if (this.#ticket !== undefined) this.#hall.queue.arrived(this.#ticket)
    })
  }

  leave() {
    const { sense, world, gone } = this.#hall
    if (this.#doing === 'leaving') return
    this.#doing = 'leaving'
    this.#later(2_000, () => {
      this.#move('exit')
      this.#later(walkMs, () => {
        sense(world.hallCamera, 'visitor.left', { track: this.track })
        gone(this)
      })
    })
  }

  /** The session at the kiosk ended. */
  kioskEnded(state: 'finished' | 'abandoned' | 'failed', kiosk: string) {
    const { sense } = this.#hall
    if (this.#doing !== 'at-kiosk') return
    if (state === 'finished') {
      this.leave()
      return
    }
    if (this.#draw('asks-help') < 0.5)
      sense(kiosk, 'help.requested', {
        zone: 'kiosks',
        service: this.service.id,
        reason: 'kiosk-trouble',
        language: this.arrival.language,
        ...(this.#ticket !== undefined && { ticket: this.#ticket.number }),
      })
    this.#later(walkMs, () => (this.#ticket === undefined ? this.#takeNumber() : this.#sitDown()))
  }

  #touch(wanted: string | undefined) {
    const { freeKiosk, use, world } = this.#hall
    const kiosk = freeKiosk(wanted)
    const { kioskMs } = this.service
    if (kiosk === undefined || kioskMs === undefined) {
      if (this.#ticket === undefined) this.#takeNumber()
      else this.#sitDown()
      return
    }
    this.#doing = 'at-kiosk'
    this.#kiosk = kiosk
    use(kiosk, {
      forMs: Math.round(kioskMs * between(0.7, 1.3, this.#draw('kiosk'))),
      service: this.service.id,
      track: this.track,
      camera: world.hallCamera,
      abandons: this.#draw('abandons') < 0.05,
      ...(this.#ticket !== undefined && { ticket: this.#ticket.number }),
    })
  }

  #takeNumber() {
    const { queue, world, sense } = this.#hall
    const who = { track: this.track, camera: world.hallCamera, language: this.arrival.language }
    this.#ticket = queue.issue(this.service, who)
    if (this.arrival.booked)
      sense(world.ticketMachine, 'visitor.checked-in', {
        ...who,
        ticket: this.#ticket.number,
        service: this.service.id,
        booked: true,
        priority: false,
      })
    this.#sitDown()
  }

  #sitDown() {
    const { clock, queue } = this.#hall
    this.#doing = 'waiting'
    if (this.#zone !== 'waiting') this.#move('waiting')
    this.#later(patienceMs, () => {
      if (this.#ticket !== undefined) queue.withdraw(this.#ticket)
      this.leave()
    })
    const sat = this.#step
    for (const dwellMs of dwellTellsMs)
      clock.after(dwellMs, () => {
        if (this.#step === sat) this.#tellDwell(dwellMs)
      })
  }

  #tellDwell(dwellMs: number) {
    const { sense, world } = this.#hall
    sense(world.hallCamera, 'zone.dwell', { zone: 'waiting', track: this.track, dwellMs })
  }

  #draw(about: string) {
    return this.#hall.chance(about, `${this.number}`)
  }

  #move(zone: string) {
    this.#zone = zone
    this.#hall.sense(this.#hall.world.hallCamera, 'visitor.moved', { track: this.track, zone })
  }

  #later(ms: number, call: () => void) {
    this.#step += 1
    const step = this.#step
    this.#hall.clock.after(ms, () => {
      if (this.#step === step) call()
    })
  }
}
