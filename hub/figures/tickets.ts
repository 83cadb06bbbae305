/** What became of every ticket of a day, as the queue system and the kiosks told it. */
import type { JournalLine } from './journal-line.ts'

export interface RecordedTicket {
  /** Names it in every run: a number may be given out again the same day. */
  readonly key: string
  readonly ticket: string
  readonly service: string
  /** Hub time, as all times here. */
  readonly issuedAt: number
  /** When a camera saw its holder come in, where the act of taking it tells who that was. */
  arrivedAt: number | null
  readonly language: string | null
  readonly priority: boolean
  booked: boolean
  readonly choseStaff: boolean
  /** The last call. */
  calledAt: number | null
  counter: string | null
  endedAt: number | null
  outcome: 'served' | 'no-show' | 'withdrawn' | 'transferred' | 'self-served' | null
  kioskFromAt: number | null
  kioskUntilAt: number | null
}

type Data = Readonly<Record<string, unknown>>
const word = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** Somebody who did their errand at a kiosk without a ticket. */
export interface RecordedKioskUse {
  readonly key: string
  /** null where the kiosk does not tell. */
  readonly service: string | null
  readonly fromAt: number
  readonly untilAt: number
}

/** Takes the entries of a day in order. */
export class TicketBook {
  readonly all: RecordedTicket[] = []
  readonly kioskUses: RecordedKioskUse[] = []
  /** Kiosk → who began to use it without a ticket. */
  readonly #using = new Map<string, Pick<RecordedKioskUse, 'key' | 'service' | 'fromAt'>>()
  readonly #open = new Map<string, RecordedTicket>()
  /** `camera/track` → when it was first seen. */
  readonly #seen = new Map<string, number>()

  note({ seq, at, body }: Pick<JournalLine, 'seq' | 'at' | 'body'>): void {
    if (body?.kind !== 'event') return
    const { device, name } = body
    const data = body.data as Data
    const track = word(data['track'])
    const eye = `${word(data['camera']) ?? device}/${track ?? ''}`
    if (name === 'visitor.detected' && track !== null && !this.#seen.has(eye)) this.#seen.set(eye, at)
    if (name === 'kiosk.session' && word(data['ticket']) === null) this.#useKiosk(device, { seq, at, data })
    if (name === 'ticket.issued') this.#issue(data, { seq, at, arrivedAt: this.#seen.get(eye) ?? null })
    const ticket = this.#open.get(word(data['ticket']) ?? '')
    if (ticket !== undefined) this.#change(ticket, { name, at, data })
  }

  #issue(data: Data, { seq, at, arrivedAt }: { seq: number; at: number; arrivedAt: number | null }) {
    const [ticket, service] = [word(data['ticket']), word(data['service'])]
    if (ticket === null || service === null) return
    const known = this.#open.get(ticket)
    if (known !== undefined && known.endedAt === null) return
    const made: RecordedTicket = {
      key: `${ticket}.${seq}`,
      ticket,
      service,
      issuedAt: at,
      arrivedAt,
      language: word(data['language']),
      priority: data['segment'] === 'priority',
      booked: false,
      choseStaff: data['choseStaff'] === true,
      calledAt: null,
      counter: null,
      endedAt: null,
      outcome: null,
      kioskFromAt: null,
      kioskUntilAt: null,
    }
    this.all.push(made)
    this.#open.set(ticket, made)
  }

  #useKiosk(kiosk: string, { seq, at, data }: { seq: number; at: number; data: Data }) {
    const begun = this.#using.get(kiosk)
    if (data['state'] === 'started') {
      this.#using.set(kiosk, { key: `kiosk.${seq}`, service: word(data['service']), fromAt: at })
      return
    }
    this.#using.delete(kiosk)
    if (begun !== undefined && data['state'] === 'finished') this.kioskUses.push({ ...begun, untilAt: at })
  }

  #change(ticket: RecordedTicket, { name, at, data }: { name: string; at: number; data: Data }) {
    if (name === 'visitor.checked-in') ticket.booked ||= data['booked'] === true
    if (name === 'ticket.called') {
      ticket.calledAt = at
      ticket.counter = word(data['counter'])
    }
    if (name === 'ticket.ended' && ticket.outcome === null) {
      ticket.endedAt = at
      ticket.outcome = data['outcome'] as RecordedTicket['outcome']
    }
    if (name === 'kiosk.session') this.#atKiosk(ticket, at, data['state'])
  }

  #atKiosk(ticket: RecordedTicket, at: number, state: unknown) {
    if (state === 'started') ticket.kioskFromAt = at
    if (state !== 'finished' || ticket.kioskFromAt === null) return
    ticket.kioskUntilAt = at
    // The queue system hears of it only after this.
    if (ticket.outcome === 'served') return
    ticket.endedAt = at
    ticket.outcome = 'self-served'
  }
}

/** Until service began, or until they gave up; null: it is not known whether they still wait. */
export const waitedMs = ({
  issuedAt,
  calledAt,
  endedAt,
  kioskFromAt,
  outcome,
}: RecordedTicket): number | null => {
  if (outcome === 'self-served' && kioskFromAt !== null) return kioskFromAt - issuedAt
  if (calledAt !== null) return calledAt - issuedAt
  return endedAt === null ? null : endedAt - issuedAt
}

/** Left before their turn. */
export const gaveUp = ({ outcome }: RecordedTicket): boolean =>
  outcome === 'no-show' || outcome === 'withdrawn'
