/** How long a recording is kept, what holds it longer, and how it is deleted. Each act stands in the journal as well. */
import { UsherError } from '#protocol/errors.ts'
import type { RecordingRecord } from '#protocol/recording/manifest.ts'
import type { SaleOutcome } from '#protocol/recording/sale.ts'
import type { Clock } from '../engine/hub-time.ts'
import type { Vault } from './vault/vault.ts'

export interface KeepNote {
  readonly act:
    | 'recording-held'
    | 'recording-released'
    | 'recording-erased'
    | 'recording-watched'
    | 'recording-exported'
  readonly by: string
  readonly params: Readonly<Record<string, string | number>>
}

export interface KeeperParts {
  readonly vault: Vault
  readonly clock: Pick<Clock, 'after'>
  /** Hub time. */
  readonly now: () => number
  /** Done once it is in the journal. */
  readonly note: (note: KeepNote) => Promise<unknown>
  readonly log: { error(fields: object, text: string): void }
}

export interface HoldWish {
  readonly recording: string
  readonly hold: string
  readonly reason: string
  readonly by: string
}

const dayMs = 86_400_000
const accessMax = 100
/** Who may look at what was deleted of a hold, without its end, keeps nothing for ever by mistake: holds are few. */
const holdsMax = 50

export class Keeper {
  readonly #parts: KeeperParts
  /** One change of a record after the other. */
  #last: Promise<unknown> = Promise.resolve()
  #callOff: (() => void) | undefined

  constructor(parts: KeeperParts) {
    this.#parts = parts
  }

  start(): void {
    this.#callOff = this.#parts.clock.after(dayMs, () => this.start())
    this.deleteDue().catch((error: unknown) =>
      this.#parts.log.error({ err: error }, 'recordings whose time is over could not be deleted'),
    )
  }

  async stop(): Promise<void> {
    this.#callOff?.()
    await this.#last
  }

  /** @throws UsherError `recording.held`, `recording.erased`, `recording.open` */
  hold({ recording, hold, reason, by }: HoldWish): Promise<void> {
    return this.#change(recording, async (record) => {
      if (record.holds.some(({ name }) => name === hold)) throw new UsherError('recording.held', hold)
      if (record.holds.length >= holdsMax) throw new UsherError('recording.held', `${holdsMax}`)
      await this.#parts.note({ act: 'recording-held', by, params: { recording, hold, reason } })
      return { ...record, holds: [...record.holds, { name: hold, reason, by, at: this.#parts.now() }] }
    })
  }

  /** @throws UsherError `recording.not-held`, `recording.erased`, `recording.open` */
  release({ recording, hold, reason, by }: HoldWish): Promise<void> {
    return this.#change(recording, async (record) => {
      if (!record.holds.some(({ name }) => name === hold)) throw new UsherError('recording.not-held', hold)
      await this.#parts.note({ act: 'recording-released', by, params: { recording, hold, reason } })
      return { ...record, holds: record.holds.filter(({ name }) => name !== hold) }
    })
  }

  keepOutcome(recording: string, outcome: SaleOutcome): Promise<void> {
    return this.#change(recording, async (record) => ({ ...record, outcome }))
  }

  /** Before anybody sees a picture of it. */
  access({
    recording,
    by,
    what,
    fromMs,
  }: {
    readonly recording: string
    readonly by: string
    readonly what: 'opened' | 'exported'
    readonly fromMs: number
  }): Promise<void> {
    return this.#change(recording, async (record) => {
      const act = what === 'opened' ? 'recording-watched' : 'recording-exported'
      await this.#parts.note({ act, by, params: { recording, fromMs: Math.round(fromMs) } })
      const access = [...record.access, { by, at: this.#parts.now(), what, fromMs }]
      return { ...record, access: access.slice(-accessMax) }
    })
  }

  /** @returns those whose time was over. One that cannot be deleted keeps none of the others. */
  async deleteDue(): Promise<readonly string[]> {
    const { vault, log } = this.#parts
    const deleted: string[] = []
    for (const id of await vault.list())
      try {
        const found = await vault.record(id)
        if (this.#isDue(found) && (await this.#delete(id))) deleted.push(id)
      } catch (error) {
        log.error({ err: error, recording: id }, 'a recording could not be looked at, or deleted')
      }
    return deleted
  }

  #isDue({ state, holds, keepUntil }: RecordingRecord): boolean {
    return state === 'sealed' && holds.length === 0 && keepUntil !== null && keepUntil <= this.#parts.now()
  }

  async #delete(id: string): Promise<boolean> {
    const { vault, now, note } = this.#parts
    let isDeleted = false
    await this.#change(id, async (record) => {
      if (!this.#isDue(record)) return record
      const bytes = await vault.bytesOf(id)
      await note({ act: 'recording-erased', by: 'hub', params: { recording: id, bytes } })
      await vault.erase(id)
      isDeleted = true
      return { ...record, state: 'erased', erased: { at: now(), why: 'time', bytes } }
    })
    return isDeleted
  }

  #change(id: string, to: (record: RecordingRecord) => Promise<RecordingRecord>): Promise<void> {
    const { vault } = this.#parts
    const done = this.#last.then(async () => {
      const record = await vault.record(id)
      if (record.state === 'erased') throw new UsherError('recording.erased', id)
      if (record.state === 'open') throw new UsherError('recording.open', id)
      await vault.put(await to(record))
    })
    this.#last = done.catch(() => undefined)
    return done
  }
}
