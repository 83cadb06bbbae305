/**
 * The page's own copy of what it sends while a sale is recorded: it follows what the hub says of the recording, begins anew
 * when camera or microphone change, and goes on handing over after the call has ended.
 */
import type { RoomRecording } from '#protocol/calls/signalling.ts'
import { canRecord, OwnRecorder } from './own-recorder.ts'
import { Sender } from './sender.ts'
import { openSpool, type Spool } from './spool.ts'

export interface SecondCopyParts {
  readonly origin: string
  readonly sale: string
  readonly ticket: string
}

const readyEveryMs = 1_000
/** What a hub waits for before it seals, and a little more. */
const handOverMs = 60_000

export class SecondCopy {
  readonly sale: string
  readonly #parts: SecondCopyParts
  readonly #recorder: OwnRecorder
  #spool: Spool | undefined
  #sender: Sender | undefined
  #state: RoomRecording['state'] = 'starting'
  #stream: MediaStream | null = null
  /** What is recorded now. */
  #recorded: MediaStream | null = null
  #isReadySaid = false
  #isOver = false
  #isEndSaid = false
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(parts: SecondCopyParts) {
    this.#parts = parts
    this.sale = parts.sale
    this.#recorder = new OwnRecorder(async (piece) => {
      const key = await this.#spool?.put({ sale: parts.sale, ...piece })
      // No room: what comes now is another part, once there is.
      if (key === undefined) this.#restart()
      this.#sender?.wake()
    })
  }

  async open(): Promise<this> {
    this.#spool = await openSpool(Date.now())
    this.#sender = new Sender({
      ...this.#parts,
      spool: this.#spool,
      onRefused: () => this.#restart(),
      onClosed: () => this.#end(),
    })
    // What an earlier load of this page left behind.
    this.#sender.wake()
    this.#timer = setInterval(() => this.#look(), readyEveryMs)
    this.#look()
    return this
  }

  /** @param stream what the page sends now; null: nothing, or it is on hold */
  follow(state: RoomRecording['state'], stream: MediaStream | null): void {
    this.#state = state
    this.#stream = stream
    this.#look()
  }

  /** The call is over for this page; what it has is handed over all the same. */
  finish(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#state = 'closing'
    this.#stream = null
    this.#look()
    setTimeout(() => this.#end(), handOverMs)
  }

  #look() {
    if (this.#sender === undefined) return
    const stream = this.#state === 'on' && canRecord() ? this.#stream : null
    // What cannot be recorded at this moment is tried again with the next look.
    if (stream !== this.#recorded || (stream !== null && !this.#recorder.isOn))
      void this.#turn(stream).catch(() => undefined)
    const isWhole = (this.#stream?.getTracks().length ?? 0) === 2
    if (this.#state === 'starting' && !this.#isReadySaid && isWhole && canRecord()) void this.#sayReady()
    if (this.#state === 'on') this.#isEndSaid = false
    if (this.#state === 'closing' && !this.#isEndSaid) void this.#sayEnd()
  }

  async #turn(stream: MediaStream | null) {
    this.#recorded = stream
    await this.#recorder.stop()
    // Asked twice while the last one came to its end: one begins.
    const isWanted = this.#recorded === stream && !this.#recorder.isOn
    if (stream?.active === true && isWanted) this.#recorder.start(stream)
  }

  #restart() {
    this.#recorded = null
    void this.#recorder.stop()
  }

  async #sayReady() {
    this.#isReadySaid = true
    this.#isReadySaid = (await this.#sender?.say('ready')) === true
  }

  async #sayEnd() {
    this.#isEndSaid = true
    await this.#recorder.stop()
    this.#sender?.wake()
    await this.#sender?.drained()
    this.#isEndSaid = (await this.#sender?.say('end')) === true
    if (this.#isEndSaid && this.#isOver) this.#end()
  }

  #end() {
    this.#isOver = true
    clearInterval(this.#timer)
    this.#sender?.close()
    void this.#recorder.stop()
  }
}
