/**
 * The body of a simulated robot: it drives, speaks, listens, charges, and has the faults that such robots have. It knows
 * nothing of any vendor: what it does is told in words of the apps beside it.
 */

export const faultNames = [
  /** Told to stop, it drives on to the end and says nothing. */
  'deaf-to-stop',
  /** Told to stop, it takes seven seconds, and says nothing. */
  'slow-to-stop',
  /** It reports each arrival twice, and the second time when it is on the next journey already. */
  'late-complete',
  'duplicate-complete',
  /** It never reports an arrival. */
  'lost-complete',
  /** Something stands in its way, and stays there. */
  'blocked',
  /** It takes the order and does nothing. */
  'no-start',
  /** Its words end without a word. */
  'mute',
] as const
export type FaultName = (typeof faultNames)[number]

export type WayReport = 'start' | 'calculating' | 'going' | 'obstacle' | 'complete' | 'abort'
export type BodyReport =
  | { readonly what: 'way'; readonly place: string; readonly status: WayReport; readonly byHand?: boolean }
  | {
      readonly what: 'voice'
      readonly id: string
      readonly text: string
      readonly status: 'started' | 'completed' | 'stopped'
    }
  | { readonly what: 'heard'; readonly text: string; readonly voice: string }
  | { readonly what: 'battery' }

export interface BodyParts {
  readonly places: readonly string[]
  readonly homeBase: string
  readonly speed: number
  readonly report: (report: BodyReport) => void
}

const goMs = 1_500
const planMs = 200
const slowStopMs = 7_000
const lateCompleteMs = 350
const speakMs = (text: string) => Math.min(3_000, 300 + 40 * text.length)
const answerAfterMs = 500

interface Drive {
  readonly place: string
  timer: ReturnType<typeof setTimeout> | undefined
  rolling: boolean
}

export class Body {
  readonly faults = new Set<FaultName>()
  battery = { level: 80, isCharging: false }
  at: string | null
  /** What the next visitor says. */
  answer: string | undefined = '您好，我想取钱。'
  readonly spoken: string[] = []
  readonly #parts: BodyParts
  #drive: Drive | undefined
  #owed: string | undefined
  #speaking: { id: string; text: string; timer: ReturnType<typeof setTimeout> } | undefined
  readonly #queue: { id: string; text: string }[] = []

  constructor(parts: BodyParts) {
    this.#parts = parts
    this.at = parts.places[0] ?? null
  }

  moving = () => this.#drive?.rolling === true
  knows = (place: string) => this.#nameOf(place) !== undefined

  go(wanted: string) {
    const place = this.#nameOf(wanted) ?? wanted
    this.#leave()
    if (this.faults.has('no-start')) return
    const drive: Drive = { place, timer: undefined, rolling: false }
    this.#drive = drive
    this.#say(place, 'start')
    this.#say(place, 'calculating')
    if (this.#owed !== undefined) {
      const owed = this.#owed
      this.#owed = undefined
      this.#after(lateCompleteMs, () => this.#say(owed, 'complete'))
    }
    drive.timer = this.#after(planMs, () => this.#roll(drive))
  }

  stop() {
    const drive = this.#drive
    if (drive === undefined || this.faults.has('deaf-to-stop')) return
    if (this.faults.has('slow-to-stop')) {
      this.#after(slowStopMs, () => this.halt(false))
      return
    }
    this.halt(false)
  }

  /** Stops for good, told or taken over by hand. */
  halt(byHand: boolean) {
    const drive = this.#drive
    if (drive === undefined) return
    this.#leave()
    this.#parts.report({ what: 'way', place: drive.place, status: 'abort', byHand })
  }

  speak(id: string, text: string) {
    this.#queue.push({ id, text })
    this.#speakNext()
  }

  hush() {
    this.#queue.length = 0
    const speaking = this.#speaking
    if (speaking === undefined) return
    clearTimeout(speaking.timer)
    this.#speaking = undefined
    this.#parts.report({ what: 'voice', id: speaking.id, text: speaking.text, status: 'stopped' })
  }

  listen(voice: string) {
    const { answer } = this
    if (answer === undefined) return
    this.#after(answerAfterMs, () => this.#parts.report({ what: 'heard', text: answer, voice }))
  }

  setBattery(level: number, isCharging: boolean) {
    this.battery = { level, isCharging }
    this.#parts.report({ what: 'battery' })
  }

  #roll(drive: Drive) {
    drive.rolling = true
    this.at = null
    if (this.battery.isCharging) this.setBattery(this.battery.level, false)
    this.#say(drive.place, 'going')
    if (this.faults.has('blocked')) {
      drive.timer = this.#after(planMs, () => {
        drive.rolling = false
        this.#say(drive.place, 'obstacle')
        drive.timer = this.#after(planMs, () => this.halt(false))
      })
      return
    }
    drive.timer = this.#after(goMs, () => this.#arrive(drive))
  }

  #arrive({ place }: Drive) {
    this.#drive = undefined
    this.at = place
    if (place === this.#parts.homeBase) this.setBattery(this.battery.level, true)
    if (this.faults.has('lost-complete')) return
    this.#say(place, 'complete')
    if (this.faults.has('duplicate-complete')) this.#say(place, 'complete')
    if (this.faults.has('late-complete')) this.#owed = place
  }

  #leave() {
    clearTimeout(this.#drive?.timer)
    this.#drive = undefined
  }

  #speakNext() {
    const next = this.#speaking === undefined ? this.#queue.shift() : undefined
    if (next === undefined) return
    const timer = this.#after(speakMs(next.text), () => {
      this.#speaking = undefined
      this.spoken.push(next.text)
      if (!this.faults.has('mute')) this.#parts.report({ what: 'voice', ...next, status: 'completed' })
      this.#speakNext()
    })
    this.#speaking = { ...next, timer }
    this.#parts.report({ what: 'voice', ...next, status: 'started' })
  }

  #say(place: string, status: WayReport) {
    this.#parts.report({ what: 'way', place, status })
  }

  #nameOf = (place: string) =>
    this.#parts.places.find((known) => known.toLowerCase() === place.trim().toLowerCase())

  #after(ms: number, call: () => void) {
    return setTimeout(call, ms / this.#parts.speed)
  }
}
