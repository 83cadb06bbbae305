/** Recordings without anybody in them: voice and picture of made-up bytes, in containers as they are recorded. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RecordingFiles } from '#hub/recording/files.ts'
import { PartWriter, type Piece } from '#hub/recording/peer/part-writer.ts'
import { sealRecording } from '#hub/recording/seal.ts'
import { openVaultKeys } from '#hub/recording/vault/keys.ts'
import { Vault } from '#hub/recording/vault/vault.ts'
import type { RecordingRecord } from '#protocol/recording/manifest.ts'

export const beganAt = Date.parse('2026-11-23T09:00:00Z')
export const participants = ['kiosk:k-1', 'expert:wang'] as const

export interface Stretch {
  readonly from: number
  readonly to: number
}

const everyMs = { audio: 20, video: 100 } as const
const track = { codec: 'V_VP8', width: 64, height: 48 } as const

/** Of one party, as their packets would come: ms since the beginning. */
export const piecesOf = ({ from, to }: Stretch): readonly Piece[] => {
  const pieces: Piece[] = []
  const writer = new PartWriter((piece) => pieces.push(piece))
  for (let ms = from; ms < to; ms += everyMs.audio) {
    const arrivedMs = beganAt + ms
    if (ms % everyMs.video === 0) {
      const isKey = (ms - from) % 2_000 === 0
      const data = Buffer.alloc(200, ms % 251)
      writer.picture({ timestamp: ms * 90, arrivedMs, isKey, data, track: isKey ? track : undefined })
    }
    writer.sound({ timestamp: ms * 48, arrivedMs, data: Buffer.alloc(40, ms % 241) })
  }
  writer.flush(true)
  return pieces
}

export const openRecord = (id: string, toMs: number | null): RecordingRecord => ({
  id,
  state: 'open',
  beganAt,
  call: 'call-1',
  product: 'fund-a',
  script: { id: 'fund', version: 3 },
  seller: 'expert:wang',
  termEnds: null,
  keepDays: 30,
  afterTermDays: 10,
  participants: [...participants],
  spans: [{ from: beganAt, to: toMs === null ? null : beganAt + toMs }],
  keepUntil: null,
  sealedAt: null,
  manifest: null,
  gaps: 0,
  outcome: null,
  holds: [],
  access: [],
  erased: null,
})

export type Kept = Readonly<Record<string, readonly Stretch[]>>

/** By `hub <participant>` and `page:<participant> <participant>`: what each recorder has of them. */
export const whole = (toMs: number): Kept =>
  Object.fromEntries(
    participants.flatMap((one) => [
      [`hub ${one}`, [{ from: 0, to: toMs }]],
      [`page:${one} ${one}`, [{ from: 0, to: toMs }]],
    ]),
  )

export class MadeVault {
  readonly directory = mkdtempSync(join(tmpdir(), 'usher-vault-'))
  #vault: Vault | undefined

  get vault(): Vault {
    return this.#vault as Vault
  }

  async open(): Promise<this> {
    this.#vault = new Vault({ directory: this.directory, keys: await openVaultKeys(this.directory) })
    return this
  }

  /** Not sealed. */
  async record(id: string, toMs: number, kept: Kept): Promise<RecordingRecord> {
    const record = openRecord(id, toMs)
    const key = await this.vault.create(record)
    const files = new RecordingFiles(this.vault, { id, key, made: 0 })
    for (const [who, stretches] of Object.entries(kept)) {
      const [recorder = '', participant = ''] = who.split(' ')
      for (const [n, stretch] of stretches.entries())
        for (const { part, seq, startedAtMs: startedAt, endsAtMs: at, type, bytes } of piecesOf(stretch))
          await files.take({
            recorder,
            participant,
            part: `${recorder === 'hub' ? 'hub' : 'page'}-${participant}-${n}-${part}`,
            seq,
            startedAt,
            at,
            type,
            bytes,
          })
    }
    await files.close()
    return record
  }

  async seal(record: RecordingRecord, at = beganAt + 60_000) {
    const journal = { epoch: 1, seq: 40 }
    const note = async () => undefined
    return sealRecording({ vault: this.vault, branch: 'demo', at, journal, sale: null, note }, record)
  }

  close(): void {
    rmSync(this.directory, { recursive: true, force: true })
  }
}
