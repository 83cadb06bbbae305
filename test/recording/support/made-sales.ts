/** Sales as the recordings see them, without a hub: rows that are set, and what is told of them. */
import type { RecordingNews, SalesPort } from '#hub/recording/port.ts'
import { UsherError } from '#protocol/errors.ts'
import type { SaleRow } from '#protocol/recording/sale.ts'
import { participants } from './made.ts'

const row = (id: string): SaleRow => ({
  id,
  at: Date.now(),
  call: null,
  device: null,
  visit: null,
  ticket: null,
  seller: participants[1],
  product: 'fund-a',
  script: 'fund',
  version: 3,
  state: 'starting',
  since: Date.now(),
  n: 0,
  consent: null,
  paused: null,
  secret: false,
  items: [],
  findings: [],
  recorders: [],
  inspector: 'none',
  termEnds: null,
  sold: null,
  outcome: null,
  endedBy: null,
  sealed: null,
})

export class MadeSales implements SalesPort {
  readonly #rows = new Map<string, SaleRow>()
  readonly #watchers = new Set<(sale: string) => void>()
  readonly told: RecordingNews[] = []
  /** So often nothing is taken, as on a disk that is full. */
  refuses = 0

  sales = () => [...this.#rows.values()]
  sale = (id: string) => this.#rows.get(id)
  participantsOf = () => participants
  keepingOf = () => ({ keepDays: 30, afterTermDays: 10 })
  now = () => Date.now()
  journal = () => ({ epoch: 1, seq: this.told.length })

  watch(callback: (sale: string) => void) {
    this.#watchers.add(callback)
    return () => this.#watchers.delete(callback)
  }

  async tell(news: RecordingNews) {
    if (this.refuses > 0) {
      this.refuses -= 1
      throw new UsherError('store.full')
    }
    this.told.push(news)
    if (news.name === 'recording.sealed')
      this.set(news.sale, {
        state: 'over',
        outcome: 'not-sold',
        sealed: { at: Date.now(), manifest: news.manifest },
      })
  }

  set(id: string, to: Partial<SaleRow>): void {
    this.#rows.set(id, { ...(this.#rows.get(id) ?? row(id)), ...to })
    for (const watcher of this.#watchers) watcher(id)
  }

  /** What was told of one recorder of a sale, in its order. */
  statesOf(sale: string, recorder: string): readonly string[] {
    return this.told.flatMap((news) =>
      news.name === 'recording.state' && news.sale === sale && news.recorder === recorder
        ? [`${news.state}${news.why === undefined ? '' : ` ${news.why}`}`]
        : [],
    )
  }
}
