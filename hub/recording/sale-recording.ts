/**
 * One sale while it is recorded: its process, its files, the copies of its pages, and what of it is missing. It follows the row
 * of the sale and decides nothing about it.
 */
import { type Participant, recorderParticipant } from '#protocol/calls/signalling.ts'
import type { RecordingRecord } from '#protocol/recording/manifest.ts'
import type { RecorderName, RecorderRow, SaleRow } from '#protocol/recording/sale.ts'
import type { RecorderSeat } from '../calls/line/side.ts'
import type { Clock } from '../engine/hub-time.ts'
import { roomOf } from '../sales/room.ts'
import type { Span } from './coverage.ts'
import { RecordingFiles } from './files.ts'
import type { Found } from './found.ts'
import { LiveGaps } from './live-gaps.ts'
import { pageRecorder } from './missing.ts'
import { PageCopies, type PagePiece } from './page-copies.ts'
import type { Alive, FromRecorder, PieceOf } from './peer/messages.ts'
import type { RecordingNews } from './port.ts'
import { RecorderProcess } from './recorder-process.ts'
import type { Seats } from './seats.ts'
import type { RecordingSettings } from './settings.ts'
import type { Vault } from './vault/vault.ts'

export interface SaleRecordingParts {
  readonly vault: Vault
  readonly settings: RecordingSettings
  readonly clock: Clock
  readonly seats: Seats
  readonly now: () => number
  readonly participants: readonly Participant[]
  readonly tell: (news: RecordingNews) => void
  /** A piece could not be kept. */
  readonly onUnkept: (error: unknown) => void
  readonly log: { warn(fields: object, text: string): void }
}

const lookEveryMs = 500
/** Three pieces of a page that did not come. */
const pageLostMs = 8_000

export class SaleRecording {
  readonly #parts: SaleRecordingParts
  readonly #process: RecorderProcess
  readonly #gaps: LiveGaps
  readonly #files: RecordingFiles
  readonly #told = new Map<RecorderName, RecorderRow['state']>()
  readonly pages: PageCopies
  #record: RecordingRecord
  #sale: SaleRow
  #seat: RecorderSeat | undefined
  #alive: readonly Alive[] = []
  #callOffLook: (() => void) | undefined
  /** What is being written, until it is on disk. */
  readonly #writing = new Set<Promise<void>>()
  /** One file for each run of the hub. */
  readonly #transcript: number
  #puts: Promise<void> = Promise.resolve()
  #isClosing = false
  #hasLeft = false

  constructor(
    parts: SaleRecordingParts,
    { record, sale, key, found }: { record: RecordingRecord; sale: SaleRow; key: Buffer; found: Found },
  ) {
    this.#parts = parts
    this.#record = record
    this.#sale = sale
    this.#transcript = found.files
    const { vault, clock, settings, now } = parts
    this.#files = new RecordingFiles(vault, { id: record.id, key, made: found.files })
    this.#process = new RecorderProcess({
      clock,
      onReady: () => this.#onReady(),
      onMessage: (told) => this.#hear(told),
      onDied: (code) => this.#onDied(code),
    })
    this.#gaps = new LiveGaps({ onGap: (gap) => this.#onGap(gap) }, found.until)
    this.pages = new PageCopies({
      bytesMax: settings.pageBytesMax,
      nowMs: now,
      monotonicMs: () => clock.monotonicMs(),
      keep: (piece) => this.#keepPage(piece),
    })
    for (const { participant, part, ...rest } of found.pages) this.pages.known(participant, part, rest)
  }

  get record(): RecordingRecord {
    return this.#record
  }

  get isPaused(): boolean {
    return this.#sale.state === 'paused'
  }

  /** Of the process; undefined: it is not there now. */
  get pid(): number | undefined {
    return this.#process.pid
  }

  start(): this {
    this.#process.start()
    this.#tell('hub', 'starting')
    for (const participant of this.#parts.participants) this.#tell(pageRecorder(participant), 'starting')
    this.#lookLater()
    this.follow(this.#sale)
    return this
  }

  follow(sale: SaleRow): void {
    const before = this.#sale.state
    this.#sale = sale
    const isOn = sale.state === 'recording'
    if (isOn && this.#openSpan === undefined) {
      this.#put({ spans: [...this.#record.spans, { from: this.#parts.now(), to: null }] })
      this.pages.reopen()
    }
    if (!isOn) this.#closeSpan()
    this.#gaps.recording(isOn ? (this.#openSpan?.from ?? null) : null)
    this.#process.tell({ kind: 'write', on: isOn })
    if (before !== sale.state) this.#parts.seats.changed(roomOf(sale))
  }

  takePage(piece: PagePiece): Promise<number> {
    return this.pages.take(piece)
  }

  /** A page says that it could record itself now, or that all it had has come. */
  pageSays(participant: string, what: 'ready' | 'end'): void {
    if (what === 'end') this.pages.done(participant)
    else if (!this.#isClosing) this.#tell(pageRecorder(participant), 'on')
  }

  /** Into the recording, as a file beside voice and picture. */
  transcript(lines: readonly object[]): void {
    const at = this.#parts.now()
    const text = lines.map((line) => `${JSON.stringify({ at, ...line })}\n`).join('')
    this.#track(
      this.#files.take({
        recorder: 'inspector',
        participant: null,
        part: `transcript-${this.#transcript}`,
        seq: 0,
        startedAt: at,
        at,
        type: 'application/x-ndjson',
        bytes: Buffer.from(text),
      }),
    ).catch(this.#parts.onUnkept)
  }

  /** Nothing is recorded any more; what pages still have is waited for. @returns once all is on disk */
  async close(): Promise<RecordingRecord> {
    this.#isClosing = true
    this.#closeSpan()
    await this.#process.stop()
    this.#seat?.leave()
    await this.#pagesDone()
    this.#callOffLook?.()
    await Promise.all(this.#writing)
    await this.#files.close()
    await this.#puts
    return this.#record
  }

  /** The hub stops: what is on disk is gone on with at the next start. */
  async leave(): Promise<void> {
    this.#isClosing = true
    this.#hasLeft = true
    this.#callOffLook?.()
    await this.#process.stop()
    this.#seat?.leave()
    await Promise.all(this.#writing)
    await this.#files.close()
    await this.#puts
  }

  get #openSpan() {
    const last = this.#record.spans.at(-1)
    return last?.to === null ? last : undefined
  }

  #closeSpan() {
    const open = this.#openSpan
    if (open === undefined) return
    const spans = this.#record.spans.slice(0, -1)
    this.#put({ spans: [...spans, { from: open.from, to: this.#parts.now() }] })
  }

  #put(change: Partial<RecordingRecord>) {
    this.#record = { ...this.#record, ...change }
    const record = this.#record
    this.#puts = this.#puts.then(() => this.#parts.vault.put(record)).catch(this.#parts.onUnkept)
  }

  #onReady() {
    this.#process.tell({ kind: 'begin', nowMs: this.#parts.now() })
    this.#process.tell({ kind: 'write', on: this.#sale.state === 'recording' })
    this.#seat?.leave()
    this.#parts.seats
      .seat(roomOf(this.#sale), {
        onRoom: (room) => this.#process.tell({ kind: 'room', room }),
        onSignal: (signal) => this.#process.tell({ kind: 'signal', signal }),
      })
      .then((seat) => {
        this.#seat = seat
        if (this.#isClosing) seat.leave()
      })
      .catch((error: unknown) => this.#parts.log.warn({ err: error }, 'the recorder found no call'))
  }

  #onDied(code: number | null) {
    this.#alive = []
    this.#parts.log.warn({ code, sale: this.#record.id }, 'the recorder ended, and is started again')
    this.#tell('hub', 'lost', 'recording.recorder')
  }

  #hear(told: FromRecorder) {
    if (told.kind === 'say') this.#seat?.say(told.signal)
    else if (told.kind === 'alive') this.#alive = told.legs
    else if (told.kind === 'piece') this.#keepPiece(told.piece)
  }

  #keepPiece({ participant, run, part, seq, startedAtMs, endsAtMs, type, bytes }: PieceOf) {
    if (participant === recorderParticipant) return
    this.#track(
      this.#files.take({
        recorder: 'hub',
        participant,
        part: `hub-${run}-${part}`,
        seq,
        startedAt: startedAtMs,
        at: endsAtMs,
        type,
        bytes,
      }),
    ).catch((error: unknown) => {
      this.#parts.onUnkept(error)
      this.#tell('hub', 'lost', 'store.full')
    })
  }

  async #keepPage({
    participant,
    part,
    seq,
    startedAt,
    at,
    type,
    bytes,
  }: Parameters<ConstructorParameters<typeof PageCopies>[0]['keep']>[0]) {
    const recorder = pageRecorder(participant)
    await this.#track(
      this.#files.take({ recorder, participant, part: `page-${part}`, seq, startedAt, at, type, bytes }),
    )
    if (!this.#isClosing) this.#tell(recorder, 'on')
  }

  #track(writing: Promise<void>): Promise<void> {
    const done: Promise<void> = writing.finally(() => this.#writing.delete(done))
    this.#writing.add(done.catch(() => undefined))
    return writing
  }

  #lookLater() {
    this.#callOffLook = this.#parts.clock.after(lookEveryMs, () => {
      this.#look()
      this.#lookLater()
    })
  }

  #look() {
    const { participants, now } = this.#parts
    const at = now()
    this.#gaps.look(at, participants, this.#alive)
    const isHeard = (since: number) =>
      participants.every((one) => {
        const own = this.#alive.find(({ participant }) => participant === one)
        return (own?.audioAt ?? 0) > since && (own?.videoAt ?? 0) > since
      })
    if (this.#isClosing) return
    if (isHeard(at - 1_500) && !this.#gaps.isOpen) this.#tell('hub', 'on')
    if (this.#sale.state !== 'recording') return
    const since = this.#openSpan?.from ?? at
    for (const participant of participants) {
      const last = Math.max(since, this.pages.lastAt(participant) ?? 0)
      if (at - last > pageLostMs) this.#tell(pageRecorder(participant), 'lost')
    }
  }

  #onGap({ from, to, participant: of }: Span & { readonly participant: string }) {
    this.#tell('hub', 'lost', 'recording.recorder')
    this.#parts.tell({ name: 'recording.gap', sale: this.#record.id, recorder: 'hub', from, to, of })
  }

  #tell(recorder: RecorderName, state: RecorderRow['state'], why?: string) {
    if (this.#told.get(recorder) === state) return
    this.#told.set(recorder, state)
    this.#parts.tell({
      name: 'recording.state',
      sale: this.#record.id,
      recorder,
      state,
      ...(why !== undefined && { why }),
    })
  }

  async #pagesDone(): Promise<void> {
    const { participants, clock, settings } = this.#parts
    const untilMs = clock.monotonicMs() + settings.sealWaitMs
    const isWaiting = () =>
      !this.#hasLeft &&
      participants.some((one) => this.pages.lastAt(one) !== undefined && !this.pages.isDone(one)) &&
      clock.monotonicMs() < untilMs
    while (isWaiting()) await new Promise<void>((resolve) => void clock.after(200, resolve))
  }
}
