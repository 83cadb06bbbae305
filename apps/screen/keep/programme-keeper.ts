/**
 * Which programme a screen plays. A new one begins as a whole, once all its files are here; until then the old one goes
 * on, but for what the new one no longer names: that is off the screen at once.
 */
import type { Media } from '#protocol/content.ts'
import { Programme, type ProgrammeEntry } from '#protocol/programme.ts'
import type { Health } from '../health.ts'
import { pause, type Time } from '../time.ts'
import type { Box } from './box.ts'
import { FileMissing, type Shelf } from './shelf.ts'

export interface ProgrammeKeeper {
  current(): Programme | undefined
  /** Its file is here, and it may still be shown. */
  isReady(entry: ProgrammeEntry): boolean
  take(programme: Programme): void
}

const programmeName = 'programme'
const atOnce = 2
const triesMax = 3
const retryMinMs = 2_000
const retryMaxMs = 60_000
/** Longer than that no programme waits for a file that does not come: the rest begins without it. */
const patienceMs = 600_000
const lookAgainMs = 600_000

export interface KeeperParts {
  readonly box: Box
  readonly shelf: Shelf
  readonly time: Time
  readonly health: Health
  /** 0 to 1: spreads many screens that ask at once. */
  readonly chance: () => number
  readonly onChange: () => void
}

export const openProgrammeKeeper = async (parts: KeeperParts): Promise<ProgrammeKeeper> => {
  const kept = Programme.safeParse(await parts.box.get(programmeName)).data
  const keeper = new Keeper(parts, kept)
  keeper.start()
  return keeper
}

const mediaIn = ({ entries }: Programme): readonly Media[] => [
  ...new Map(
    entries.flatMap(({ media }) => (media === undefined ? [] : [[media.sha256, media] as const])),
  ).values(),
]

class Keeper implements ProgrammeKeeper {
  readonly #parts: KeeperParts
  #current: Programme | undefined
  #next: Programme | undefined
  /** Of what is being fetched: what belongs to an earlier one ends. */
  #turn = 0
  #missing = new Set<string>()

  constructor(parts: KeeperParts, current: Programme | undefined) {
    this.#parts = parts
    this.#current = current
  }

  start() {
    if (this.#current !== undefined) void this.#gather(this.#current)
  }

  current = () => this.#current

  isReady(entry: ProgrammeEntry) {
    const next = this.#next
    if (next !== undefined && !next.entries.some(({ item }) => item === entry.item)) return false
    return entry.media === undefined || this.#parts.shelf.has(entry.media.sha256)
  }

  take(programme: Programme) {
    const told = JSON.stringify(programme)
    if (told === JSON.stringify(this.#next ?? this.#current)) return
    this.#next = programme
    this.#parts.onChange()
    void this.#gather(programme)
  }

  async #gather(programme: Programme) {
    this.#turn += 1
    const turn = this.#turn
    const files = [...mediaIn(programme)]
    await this.#clear()
    const late: Media[] = []
    const fetchNext = async (): Promise<void> => {
      const media = files.shift()
      if (media === undefined || turn !== this.#turn) return
      if (!(await this.#fetch(media, turn))) late.push(media)
      return fetchNext()
    }
    await Promise.all(Array.from({ length: atOnce }, fetchNext))
    if (turn !== this.#turn) return
    await this.#begin(programme, late)
    if (late.length > 0) void this.#lookAgain(programme, turn)
  }

  /** @returns whether it is here; false: not for now. */
  async #fetch(media: Media, turn: number): Promise<boolean> {
    const { shelf, time, chance } = this.#parts
    const since = time.elapsedMs()
    let waitMs = retryMinMs
    for (let refusals = 0; turn === this.#turn; ) {
      try {
        await shelf.fetch(media)
        return true
      } catch (error) {
        refusals += error instanceof FileMissing && error.isFinal ? 1 : 0
        if (refusals >= triesMax || time.elapsedMs() - since > patienceMs) return false
        await pause(time, waitMs * (1 + chance() / 2))
        waitMs = Math.min(waitMs * 2, retryMaxMs)
      }
    }
    return false
  }

  async #begin(programme: Programme, late: readonly Media[]) {
    const { box, health } = this.#parts
    const missing = new Set(
      programme.entries
        .filter(({ media }) => media !== undefined && late.some(({ sha256 }) => sha256 === media.sha256))
        .map(({ item }) => item),
    )
    for (const item of this.#missing) if (!missing.has(item)) health.set('media-missing', false, item)
    for (const item of missing) health.set('media-missing', true, item)
    this.#missing = missing
    // From here on it is this one, whole, also after a power cut.
    await box.put(programmeName, programme).catch(() => health.set('not-kept', true))
    this.#current = programme
    // A newer one may have come while this one was written: what that does not name stays off the screen.
    if (this.#next === programme) this.#next = undefined
    this.#parts.onChange()
    await this.#clear()
  }

  /** What neither the one that plays nor the one that comes names makes room. */
  async #clear() {
    const named = [this.#next, this.#current].flatMap((one) => (one === undefined ? [] : mediaIn(one)))
    await this.#parts.shelf.keepOnly(new Set(named.map(({ sha256 }) => sha256))).catch(() => {})
  }

  async #lookAgain(programme: Programme, turn: number) {
    await pause(this.#parts.time, lookAgainMs)
    if (turn === this.#turn) void this.#gather(programme)
  }
}
