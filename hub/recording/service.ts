/**
 * The recordings of a hub: it follows the sales, records those that are to be, seals those that ended, and goes on with what a
 * stop of the hub cut. What it cannot do it says, and the sale does not go on.
 */
import type { RoomRecording } from '#protocol/calls/signalling.ts'
import { UsherError } from '#protocol/errors.ts'
import type { Manifest, RecordingRecord } from '#protocol/recording/manifest.ts'
import type { SaleOutcome, SaleRow } from '#protocol/recording/sale.ts'
import type { Clock } from '../engine/hub-time.ts'
import { roomOf } from '../sales/room.ts'
import { findBack, foundNothing } from './found.ts'
import type { RecordingNews, SalesPort } from './port.ts'
import { SaleRecording } from './sale-recording.ts'
import { sealRecording } from './seal.ts'
import type { Seats } from './seats.ts'
import type { RecordingSettings } from './settings.ts'
import type { Vault } from './vault/vault.ts'
import { manifestOf } from './verify.ts'

export interface ServiceParts {
  readonly branch: string
  readonly vault: Vault
  readonly settings: RecordingSettings
  readonly sales: SalesPort
  readonly seats: Seats
  readonly clock: Clock
  /** Into the journal, of what no sale is there to tell it any more. */
  readonly note: (what: { readonly recording: string; readonly manifest: string }) => Promise<unknown>
  /** Of what is sealed: how its sale went is known a moment later. */
  readonly keepOutcome: (recording: string, outcome: SaleOutcome) => Promise<void>
  readonly log: { error(fields: object, text: string): void; warn(fields: object, text: string): void }
}

export interface RecordingService {
  start(): Promise<void>
  /** As pages in this room are told. */
  recordingOf(room: string): RoomRecording | undefined
  /** @throws UsherError `recording.closed` */
  running(sale: string): SaleRecording
  /** What was heard, kept as a file of the recording: lines of JSON. */
  transcript(sale: string, lines: readonly object[]): void
  stop(): Promise<void>
}

const wanted: ReadonlySet<SaleRow['state']> = new Set(['starting', 'recording', 'paused'])
const againMs = 5_000

const roomStates = {
  starting: 'starting',
  recording: 'on',
  paused: 'paused',
  sealing: 'closing',
} as const satisfies Partial<Record<SaleRow['state'], RoomRecording['state']>>

class Service implements RecordingService {
  readonly #parts: ServiceParts
  readonly #running = new Map<string, SaleRecording>()
  /** By sale: what is being done about it, one after the other. */
  readonly #work = new Map<string, Promise<void>>()
  /** Recorded, or about to be: taken before anything is waited for. */
  readonly #places = new Set<string>()
  /** What could not be done, and is tried once more. */
  readonly #again = new Map<string, () => void>()
  #stopWatching: (() => void) | undefined
  #telling: Promise<void> = Promise.resolve()
  #isStopped = false

  constructor(parts: ServiceParts) {
    this.#parts = parts
  }

  async start(): Promise<void> {
    const { sales, vault } = this.#parts
    this.#stopWatching = sales.watch((sale) => this.#follow(sale))
    await vault.tidy()
    for (const { id } of sales.sales()) this.#follow(id)
    for (const id of await vault.list())
      if (sales.sale(id) === undefined) this.#do(id, () => this.#sealLeftOver(id))
  }

  recordingOf(room: string): RoomRecording | undefined {
    // Also one that a hub which has just started has not gone on with yet: its pages record on meanwhile.
    const isTold = (sale: SaleRow) =>
      roomOf(sale) === room &&
      (wanted.has(sale.state) || (sale.state === 'sealing' && this.#running.has(sale.id)))
    const sale = this.#parts.sales.sales().find(isTold)
    const state = roomStates[sale?.state as keyof typeof roomStates]
    return sale === undefined || state === undefined ? undefined : { sale: sale.id, state }
  }

  running(sale: string): SaleRecording {
    const found = this.#running.get(sale)
    if (found !== undefined) return found
    const state = this.#parts.sales.sale(sale)?.state
    // A hub that has just started again is still looking what there is.
    const isComing = state !== undefined && wanted.has(state)
    throw new UsherError(isComing ? 'hub.busy' : 'recording.closed', sale)
  }

  transcript(sale: string, lines: readonly object[]): void {
    this.#running.get(sale)?.transcript(lines)
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#stopWatching?.()
    for (const callOff of this.#again.values()) callOff()
    // One that waits for pages before its seal is gone on with at the next start.
    await Promise.all([...this.#running.values()].map((one) => one.leave()))
  }

  #follow(id: string) {
    const sale = this.#parts.sales.sale(id)
    if (sale === undefined) return
    if (wanted.has(sale.state)) {
      const running = this.#running.get(id)
      if (running !== undefined) running.follow(sale)
      else this.#do(id, () => this.#begin(id))
    } else if (sale.state === 'sealing' || sale.state === 'over') this.#do(id, () => this.#end(id))
  }

  #do(id: string, what: () => Promise<void>) {
    const done = (this.#work.get(id) ?? Promise.resolve())
      .then(() => (this.#isStopped ? undefined : what()))
      .catch((error: unknown) => this.#onFailed(id, error))
    this.#work.set(id, done)
    void done.then(() => {
      if (this.#work.get(id) === done) this.#work.delete(id)
    })
  }

  #onFailed(id: string, error: unknown) {
    const { log, clock } = this.#parts
    log.error({ err: error, sale: id }, 'a recording could not be carried on')
    if (this.#running.has(id) || this.#isStopped) return
    const why = error instanceof UsherError ? error.code : 'recording.recorder'
    this.#tell({ name: 'recording.state', sale: id, recorder: 'hub', state: 'lost', why })
    this.#again.get(id)?.()
    this.#again.set(
      id,
      clock.after(againMs, () => {
        this.#again.delete(id)
        this.#follow(id)
      }),
    )
  }

  async #begin(id: string) {
    const { sales, settings } = this.#parts
    const sale = sales.sale(id)
    if (sale === undefined || !wanted.has(sale.state) || this.#running.has(id)) return
    if (this.#places.size >= settings.atOnceMax) throw new UsherError('recording.busy')
    this.#places.add(id)
    try {
      await this.#open(id, sale)
    } finally {
      if (!this.#running.has(id)) this.#places.delete(id)
    }
  }

  async #open(id: string, sale: SaleRow) {
    const { vault, sales } = this.#parts
    const isKnown = vault.has(id)
    if (!isKnown) await this.#checkSpace()
    const record = isKnown ? await vault.record(id) : this.#newRecord(sale)
    if (record.state !== 'open') return
    const key = isKnown ? await vault.keyOf(id) : await vault.create(record)
    const found = isKnown ? await findBack(vault, id, key) : foundNothing
    if (this.#isStopped) return
    const running = new SaleRecording(
      {
        ...this.#parts,
        now: () => sales.now(),
        participants: sales.participantsOf(sale),
        tell: (news) => this.#tell(news),
        onUnkept: (error) => this.#parts.log.error({ err: error, sale: id }, 'a recording lost a piece'),
      },
      { record, sale, key, found },
    )
    this.#running.set(id, running)
    running.start()
    this.#parts.seats.changed(roomOf(sale))
    // It may have gone on meanwhile.
    this.#follow(id)
  }

  #newRecord(sale: SaleRow): RecordingRecord {
    const { sales } = this.#parts
    const { id, call, product, seller, termEnds } = sale
    return {
      id,
      state: 'open',
      beganAt: sales.now(),
      call,
      product,
      script: { id: sale.script, version: sale.version },
      seller,
      termEnds,
      ...sales.keepingOf(sale),
      participants: [...sales.participantsOf(sale)],
      spans: [],
      keepUntil: null,
      sealedAt: null,
      manifest: null,
      gaps: 0,
      outcome: null,
      holds: [],
      access: [],
      erased: null,
    }
  }

  async #checkSpace() {
    const { vault, settings } = this.#parts
    const free = await vault.freeBytes()
    const sizes = await Promise.all((await vault.list()).map((id) => vault.bytesOf(id)))
    const used = sizes.reduce((sum, size) => sum + size, 0)
    if (free < settings.freeBytesMin || used > settings.bytesMax) throw new UsherError('recording.no-space')
  }

  async #end(id: string) {
    const { vault, seats } = this.#parts
    const running = this.#running.get(id)
    if (running === undefined) return vault.has(id) ? this.#sealLeftOver(id) : undefined
    const sale = this.#parts.sales.sale(id)
    if (sale !== undefined) running.follow(sale)
    const record = await running.close()
    this.#running.delete(id)
    this.#places.delete(id)
    seats.changed(roomOf(record))
    if (this.#isStopped) return
    await this.#seal(record)
  }

  /** Of a sale that ended while the hub was down, or that nobody knows any more. */
  async #sealLeftOver(id: string) {
    const { vault, sales } = this.#parts
    const record = await vault.record(id).catch(() => undefined)
    if (record === undefined) return
    if (record.state === 'open') return this.#seal(record)
    const sale = sales.sale(id)
    if (sale?.state === 'sealing' && record.manifest !== null)
      await this.#tellSealed(id, { sha256: record.manifest, gaps: (await manifestOf(vault, id)).gaps })
    const outcome = sale?.outcome ?? null
    if (record.state === 'sealed' && outcome !== null && record.outcome !== outcome)
      await this.#parts.keepOutcome(id, outcome)
  }

  async #seal(record: RecordingRecord) {
    const { vault, branch, sales, note, log } = this.#parts
    const { id } = record
    const sale = sales.sale(id) ?? null
    const isWaitedFor = sale?.state === 'sealing'
    const isNothing = (await vault.files(id)).length === 0 && record.spans.length === 0
    // Whoever waits for a seal gets one, of nothing.
    if (isNothing && !isWaitedFor) return vault.forget(id)
    const at = sales.now()
    const sealed = await sealRecording(
      {
        vault,
        branch,
        at,
        journal: sales.journal(),
        sale,
        // Before it counts as sealed: what is cut here is sealed and noted anew.
        note: async (manifest) => void (isWaitedFor || (await note({ recording: id, manifest }))),
      },
      record,
    )
    if (sealed.broken.length > 0)
      log.error(
        { sale: id, files: sealed.broken },
        'files of a recording could not be read when it was sealed',
      )
    if (isWaitedFor) await this.#tellSealed(id, { sha256: sealed.sha256, gaps: sealed.manifest.gaps })
  }

  /** What it lacks first: with the seal it is settled what the sale is worth. */
  async #tellSealed(id: string, { sha256, gaps }: { sha256: string; gaps: Manifest['gaps'] }) {
    const { sales } = this.#parts
    await this.#telling
    for (const { recorder, participant: of, from, to } of gaps)
      await sales.tell({ name: 'recording.gap', sale: id, recorder: recorder as 'hub', from, to, of })
    await sales.tell({ name: 'recording.sealed', sale: id, manifest: sha256 })
  }

  /** One after the other, also where one has to wait: what was told last is what holds. */
  #tell(news: RecordingNews) {
    this.#telling = this.#telling.then(() => this.#say(news))
  }

  async #say(news: RecordingNews): Promise<void> {
    const { sales, clock, log } = this.#parts
    while (!this.#isStopped) {
      const error: unknown = await sales.tell(news).then(
        () => undefined,
        (reason: unknown) => reason,
      )
      if (error === undefined) return
      const code = error instanceof UsherError ? error.code : undefined
      if (code !== 'store.full' && code !== 'hub.busy')
        return log.warn({ err: error, sale: news.sale }, 'news of a recording was refused')
      await new Promise<void>((resolve) => void clock.after(againMs, resolve))
    }
  }
}

export const createRecordingService = (parts: ServiceParts): RecordingService => new Service(parts)
