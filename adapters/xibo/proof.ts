/**
 * Proof of play, read back from the CMS: what displays report to have really shown, told to the hub as the event
 * `x-proof-of-play` with the task it belongs to. Displays hand it in minutes later, and days later when they were away.
 */
import type { Clock, Log } from '../sdk/ports.ts'
import type { PlayRow } from './cms/answers.ts'
import type { Cms } from './cms/cms.ts'
import type { CmsTime } from './cms/cms-time.ts'
import { CmsTrouble } from './cms/trouble.ts'
import type { XiboConfig } from './config.ts'
import { Ledger } from './ledger.ts'
import type { ProofMemory } from './proof-memory.ts'
import type { Screen } from './screen.ts'
import type { ShowRecord } from './show.ts'

const rowsAtOnce = 200
/** The rest waits for the next time: a week's worth must not hold up everything else. */
const pagesMax = 25
/** Clocks of displays may be ahead, and so may the one of the settings' time zone. */
const aheadMs = 86_400_000

export interface ProofParts {
  readonly cms: Cms
  readonly time: CmsTime
  readonly screens: readonly Screen[]
  readonly config: XiboConfig
  readonly clock: Clock
  readonly log: Log
  readonly memory: ProofMemory
  readonly signal: AbortSignal
}

export class Proof {
  readonly #parts: ProofParts
  readonly #ledger: Ledger
  /** Which layouts are the table's own; the others are nobody's business here. */
  readonly #layouts = new Set<number>()
  readonly #campaigns = new Set<number>()
  #isTroubled = false
  #isOver = false
  #stop: () => void = () => {}

  constructor(parts: ProofParts) {
    this.#parts = parts
    const known = parts.memory.read()
    this.#ledger = new Ledger(known ?? { sinceMs: Math.floor(parts.cms.now()), told: [], shows: [] })
    for (const { layoutId, campaignId } of parts.config.layouts) {
      if (layoutId !== undefined) this.#layouts.add(layoutId)
      if (campaignId !== undefined) this.#campaigns.add(campaignId)
    }
    for (const show of known?.shows ?? []) this.#layouts.add(show.layoutId)
  }

  begin() {
    const { proofEveryMs } = this.#parts.config
    if (proofEveryMs === 0) return
    this.#keep()
    this.#later(proofEveryMs)
  }

  end() {
    this.#isOver = true
    this.#stop()
  }

  remember(show: ShowRecord) {
    this.#layouts.add(show.layoutId)
    this.#ledger.remember(show, this.#parts.config.lateMs)
    this.#keep()
  }

  #later(ms: number) {
    if (this.#isOver) return
    this.#stop = this.#parts.clock.after(ms, () => {
      void this.#read().then(() => this.#later(this.#parts.config.proofEveryMs))
    })
  }

  async #read() {
    try {
      await this.#readPages()
      if (this.#isTroubled) this.#parts.log.info('the proof of play can be read again')
      this.#isTroubled = false
    } catch (error) {
      if (!(error instanceof CmsTrouble)) throw error
      if (error.kind === 'rejected' && error.property === 'statId') {
        this.#parts.log.warn('the CMS counts its proof of play anew: what was not read yet is left out')
        this.#ledger.beginAnew(Math.floor(this.#parts.cms.now()))
        this.#keep()
        return
      }
      if (this.#isOver || this.#isTroubled) return
      this.#isTroubled = true
      this.#parts.log.warn('the proof of play cannot be read', { reason: error.message })
    }
  }

  async #readPages() {
    const { cms, config, signal } = this.#parts
    const owners = this.#owners()
    if (owners.size === 0) return
    const { sinceMs, floor } = this.#ledger.known()
    let after = floor
    for (let page = 0; page < pagesMax; page += 1) {
      const nowMs = cms.now()
      const rows = await cms.plays(
        {
          displayIds: [...owners.keys()],
          fromMs: Math.max(sinceMs, nowMs - config.lateMs),
          toMs: nowMs + aheadMs,
          after,
          length: rowsAtOnce,
        },
        { withinMs: config.answerMs, signal },
      )
      if (this.#isOver) return
      const news = rows.filter(this.#ledger.isNews)
      for (const row of news) this.#tell(row, owners)
      this.#ledger.note(
        news.map(({ id }) => id),
        Math.floor(nowMs),
      )
      if (news.length > 0) this.#keep()
      const last = rows.at(-1)
      if (last === undefined || rows.length < rowsAtOnce || last.id === after) return
      after = last.id
    }
  }

  /** Display → screen, as far as the CMS has told. */
  #owners() {
    const owners = new Map<number, Screen>()
    for (const screen of this.#parts.screens)
      for (const { displayId } of screen.sight()?.displays ?? []) owners.set(displayId, screen)
    return owners
  }

  #tell(row: PlayRow, owners: ReadonlyMap<number, Screen>) {
    const { layoutId, campaignId, displayId, id } = row
    const screen = owners.get(displayId)
    const isOurs =
      (layoutId !== undefined && this.#layouts.has(layoutId)) ||
      (campaignId !== undefined && this.#campaigns.has(campaignId))
    if (screen === undefined || layoutId === undefined || !isOurs) return
    const fromMs = this.#parts.time.read(row.start)
    const toMs =
      this.#parts.time.read(row.end) ?? (fromMs === undefined ? undefined : fromMs + row.duration * 1_000)
    if (fromMs === undefined || toMs === undefined) return
    const task = this.#ledger.taskOf(screen.device.id, { layoutId, fromMs, toMs })
    screen.device.emit('x-proof-of-play', {
      stat: id,
      display: displayId,
      layout: layoutId,
      plays: row.numberPlays,
      shownForMs: row.duration * 1_000,
      from: new Date(fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
      ...(task !== undefined && { task }),
    })
  }

  #keep() {
    try {
      this.#parts.memory.write(this.#ledger.known())
    } catch (error) {
      this.#parts.log.error('what is known of the proof of play cannot be written', { reason: String(error) })
    }
  }
}
