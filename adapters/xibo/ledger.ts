/**
 * Which rows of the proof of play are news. Rows are read in the order of their ids, from a floor that stays behind for a
 * while: of two rows that are written at the same moment the later one may become visible first.
 */
import type { PlayRow } from './cms/answers.ts'
import type { Known } from './proof-memory.ts'
import type { ShowRecord } from './show.ts'

/** Whatever was being written then has been written by now. */
const settledMs = 120_000
const toldMax = 20_000
const showsMax = 2_000

/** Whole numbers of any length, or equally long hex digits: both in the order in which they were given. */
export const isLater = (one: string, other: string): boolean =>
  one.length === other.length ? one > other : one.length > other.length

const laterOf = (one: string | undefined, other: string): string =>
  one === undefined || isLater(other, one) ? other : one

export class Ledger {
  #known: Known

  constructor(known: Known) {
    this.#known = known
  }

  known = (): Known => this.#known

  isNews = ({ id }: PlayRow): boolean => {
    const { floor, told } = this.#known
    return (floor === undefined || isLater(id, floor)) && !told.some((one) => one.id === id)
  }

  note(ids: readonly string[], nowMs: number) {
    const told = [...this.#known.told, ...ids.map((id) => ({ id, atMs: nowMs }))]
    const surplus = Math.max(0, told.length - toldMax)
    const isSettled = ({ atMs }: { atMs: number }, index: number) =>
      index < surplus || nowMs - atMs > settledMs
    const floor = told
      .filter(isSettled)
      .reduce<string | undefined>((high, { id }) => laterOf(high, id), this.#known.floor)
    this.#known = {
      ...this.#known,
      ...(floor !== undefined && { floor }),
      told: told.filter(({ id }) => floor === undefined || isLater(id, floor)),
    }
  }

  /** The CMS counts anew, or otherwise: from now on. */
  beginAnew(nowMs: number) {
    this.#known = { sinceMs: nowMs, told: [], shows: this.#known.shows }
  }

  remember(show: ShowRecord, lateMs: number) {
    const shows = [
      ...this.#known.shows,
      { ...show, fromMs: Math.floor(show.fromMs), toMs: Math.ceil(show.toMs) },
    ]
    this.#known = {
      ...this.#known,
      shows: shows.filter(({ toMs }) => show.toMs - toMs < lateMs).slice(-showsMax),
    }
  }

  /** The task whose time on that screen it overlaps most; clocks of displays may be off by that much. */
  taskOf(device: string, play: { layoutId: number; fromMs: number; toMs: number }): string | undefined {
    const toleranceMs = 30_000
    const overlap = ({ fromMs, toMs }: ShowRecord) =>
      Math.min(toMs, play.toMs) - Math.max(fromMs, play.fromMs)
    return this.#known.shows
      .filter((one) => one.device === device && one.layoutId === play.layoutId && overlap(one) > -toleranceMs)
      .sort((one, other) => overlap(other) - overlap(one))[0]?.task
  }
}
