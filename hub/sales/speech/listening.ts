/**
 * The inspector port: the bank's speech engine tells what is said, and what it adds up to becomes entries of the journal. Words
 * are kept in memory alone, for as long as the sale goes on.
 */
import { UsherError } from '#protocol/errors.ts'
import type { SaleRow } from '#protocol/recording/sale.ts'
import { RecordingPlan } from '#protocol/recording/script.ts'
import type { SpeechHeard, SpeechLine, SpeechSales } from '#protocol/recording/speech.ts'
import { fileOf } from '../../branch/rows.ts'
import { createPace, type Pace } from '../../desk/live/pace.ts'
import type { Clock } from '../../engine/hub-time.ts'
import type { Engine } from '../../engine/open-engine.ts'
import type { CommittedBatch } from '../../engine/sequencer.ts'
import type { SaleCommand } from '../commands.ts'
import { isRunning, openSales } from '../find.ts'
import type { Inspected } from '../inspected.ts'
import type { SaleWaits } from '../port.ts'
import { Listener } from './listener.ts'

export interface ListeningParts {
  readonly engine: Pick<Engine, 'state' | 'submit'>
  readonly watch: (callback: (batch: CommittedBatch) => void) => () => void
  /** Hub time. */
  readonly nowMs: () => number
  readonly clock: Clock
  /** Into the recording of the sale: the words stand there alone. */
  readonly keep: (sale: string, lines: readonly SpeechLine[]) => void
  readonly log: { error(fields: object, text: string): void; warn(fields: object, text: string): void }
}

export interface Listening {
  start(): void
  sales(): SpeechSales
  /** @throws UsherError `sale.unknown`, `speech.not-recorded`, `speech.too-fast`, `speech.too-large` */
  hear(sale: string, lines: readonly SpeechLine[]): Promise<SpeechHeard>
  stop(): void
}

/** How often it is looked whether anybody still speaks, and listens. */
const lookMs = 1_000
/** Two people who talk fast, and once all that an engine has to say again. */
const pace = { perSecond: 20, burst: 8_000 }
/** More than the longest sale has. */
const linesMax = 30_000

interface Heard {
  readonly listener: Listener
  readonly pace: Pace
  /** Nothing was told to the engine yet of this listener. */
  isNew: boolean
  busy: Promise<void> | undefined
}

const usualWaits: SaleWaits = RecordingPlan.omit({ scripts: true }).parse({})

class Ears implements Listening {
  readonly #parts: ListeningParts
  readonly #heard = new Map<string, Heard>()
  /** Hub time of the start: before it nothing can have been heard of an engine. */
  #from = 0
  #stopWatching: (() => void) | undefined
  #callOff: (() => void) | undefined

  constructor(parts: ListeningParts) {
    this.#parts = parts
  }

  start(): void {
    this.#from = this.#parts.nowMs()
    this.#stopWatching = this.#parts.watch(({ changes }) => {
      if (changes.some(({ table }) => table === 'sales')) this.#follow()
    })
    this.#follow()
  }

  stop(): void {
    this.#stopWatching?.()
    this.#callOff?.()
    this.#callOff = undefined
    this.#heard.clear()
  }

  sales(): SpeechSales {
    const running = this.#running()
    return { sales: running.map(({ id, state, call, device }) => ({ sale: id, state, call, device })) }
  }

  async hear(sale: string, lines: readonly SpeechLine[]): Promise<SpeechHeard> {
    const row = this.#find(sale)
    const heard = this.#heard.get(sale)
    if (row === undefined || heard === undefined) throw new UsherError('speech.not-recorded', sale)
    const { clock, nowMs } = this.#parts
    if (heard.pace.take(clock.monotonicMs(), lines.length) > 0) throw new UsherError('speech.too-fast')
    if (heard.listener.lineCount + lines.length > linesMax) throw new UsherError('speech.too-large')
    const at = nowMs()
    heard.listener.engineHeard(at)
    const recorded = lines.filter((line) => heard.listener.hear(line, at))
    const unrecorded = lines.length - recorded.length
    if (recorded.length > 0) this.#parts.keep(sale, recorded)
    if (row.inspector !== 'on')
      await this.#submit({ name: 'sale.inspector', sale, state: 'on', by: 'speech' })
    if (lines.length > unrecorded) await this.#endSilence(sale)
    await this.#report(sale, heard)
    const anew = heard.isNew
    heard.isNew = false
    return { lines: lines.length, unrecorded, anew }
  }

  #running(): readonly SaleRow[] {
    return openSales(this.#parts.engine.state).filter((sale) => isRunning(sale) && sale.inspector !== 'none')
  }

  /** @throws UsherError `sale.unknown` */
  #find(sale: string): SaleRow | undefined {
    const row = this.#parts.engine.state.sales.get(sale)
    if (row === undefined) throw new UsherError('sale.unknown', sale)
    return isRunning(row) && row.inspector !== 'none' ? row : undefined
  }

  #follow() {
    const running = this.#running()
    for (const sale of running) this.#listenTo(sale)
    const ids = new Set(running.map(({ id }) => id))
    for (const id of this.#heard.keys()) if (!ids.has(id)) this.#heard.delete(id)
    if (running.length > 0) this.#callOff ??= this.#parts.clock.after(lookMs, () => this.#look())
  }

  #listenTo(sale: SaleRow) {
    const known = this.#heard.get(sale.id)
    if (known !== undefined) {
      known.listener.follow(sale)
      // A tick may put right what came before it.
      return this.#inBackground(this.#report(sale.id, known))
    }
    const script = this.#parts.engine.state.saleScripts.get(sale.id)
    if (script === undefined) return
    const listener = new Listener(sale, script)
    this.#heard.set(sale.id, { listener, pace: createPace(pace), isNew: true, busy: undefined })
  }

  /** One after the other: what was said of a sale is known before the next is said. */
  async #report(sale: string, heard: Heard): Promise<void> {
    while (heard.busy !== undefined) await heard.busy
    const row = this.#find(sale)
    const inspected = row && heard.listener.inspect(row)
    if (inspected === undefined) return
    const done = this.#submit({ name: 'sale.inspected', sale, ...inspected, by: 'speech' })
    heard.busy = done
      .catch(() => heard.listener.unsaid())
      .finally(() => {
        heard.busy = undefined
      })
    await done
  }

  #look() {
    this.#callOff = undefined
    const at = this.#parts.nowMs()
    for (const sale of this.#running()) {
      const heard = this.#heard.get(sale.id)
      if (heard === undefined || sale.state !== 'recording') continue
      this.#inBackground(this.#lookAt(sale, heard.listener, at))
    }
    if (this.#running().length > 0) this.#callOff = this.#parts.clock.after(lookMs, () => this.#look())
  }

  async #lookAt(sale: SaleRow, listener: Listener, at: number): Promise<void> {
    const waits = fileOf(this.#parts.engine.state)?.recording ?? usualWaits
    const { id } = sale
    const isLost = at - listener.quietSince('engine', this.#from) > waits.inspectorLostMs
    if (isLost && sale.inspector !== 'lost')
      await this.#submit({ name: 'sale.inspector', sale: id, state: 'lost', by: 'speech' })
    if (isLost || sale.findings.some(({ code, settled }) => code === 'silence' && settled === null)) return
    if (at - listener.quietSince('word', this.#from) <= waits.silenceMs) return
    const found = [{ code: 'silence' as const, about: 'speech', at, speaker: null }]
    await this.#inspected(id, { found, cleared: [] })
  }

  async #endSilence(sale: string): Promise<void> {
    const open = this.#find(sale)?.findings.filter(
      ({ code, settled }) => code === 'silence' && settled === null,
    )
    if (open === undefined || open.length === 0) return
    const cleared = open.map(({ about, at, speaker }) => ({ code: 'silence' as const, about, at, speaker }))
    await this.#inspected(sale, { found: [], cleared })
  }

  #inspected(sale: string, found: Pick<Inspected, 'found' | 'cleared'>) {
    return this.#submit({ name: 'sale.inspected', sale, heard: [], unheard: [], ...found, by: 'speech' })
  }

  async #submit(command: SaleCommand): Promise<void> {
    await this.#parts.engine.submit({ body: { kind: 'command', command } })
  }

  /** A sale that ended meanwhile needs nothing; a full disk is tried again with the next line. */
  #inBackground(work: Promise<void>) {
    work.catch((error: unknown) => {
      const isOurs = error instanceof UsherError
      if (!isOurs) this.#parts.log.error({ err: error }, 'what was heard in a sale could not be noted')
      else if (error.code !== 'sale.over' && error.code !== 'sale.unknown')
        this.#parts.log.warn({ code: error.code }, 'what was heard in a sale could not be noted')
    })
  }
}

export const createListening = (parts: ListeningParts): Listening => new Ears(parts)
