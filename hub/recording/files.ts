/** The files of one recording while it is written: one for each part and each run of the hub. */
import type { RecordingRecord } from '#protocol/recording/manifest.ts'
import { type ChunkFileWriter, createChunkFile } from './vault/chunk-file.ts'
import type { Vault } from './vault/vault.ts'

export interface Take {
  readonly recorder: string
  readonly participant: string | null
  readonly part: string
  readonly seq: number
  readonly startedAt: number
  readonly at: number
  readonly type: string
  readonly bytes: Uint8Array
}

/** Letters of a file name that say whose it is; what tells it from others is its number. */
const slug = (text: string) => text.replace(/[^a-z0-9]+/g, '-').slice(0, 40)

export class RecordingFiles {
  readonly #vault: Vault
  readonly #id: RecordingRecord['id']
  readonly #key: Buffer
  readonly #open = new Map<string, Promise<ChunkFileWriter>>()
  #made: number

  /** @param made how many files are there already */
  constructor(vault: Vault, { id, key, made }: { id: string; key: Buffer; made: number }) {
    this.#vault = vault
    this.#id = id
    this.#key = key
    this.#made = made
  }

  /** On disk when it is done. */
  async take({ recorder, participant, part, seq, startedAt, at, type, bytes }: Take): Promise<void> {
    const known = this.#open.get(part)
    if (known !== undefined) return (await known).append(bytes, at)
    const made = this.#create({ recorder, participant, part, firstSeq: seq, startedAt, type })
    this.#open.set(part, made)
    // A disk that is full now may have space for the next one.
    made.catch(() => this.#open.delete(part))
    return (await made).append(bytes, at)
  }

  /** A part that has ended lets go of its file. */
  async end(part: string): Promise<void> {
    const known = this.#open.get(part)
    this.#open.delete(part)
    await (await known)?.close()
  }

  async close(): Promise<void> {
    const all = [...this.#open.values()]
    this.#open.clear()
    for (const one of all) await one.then((file) => file.close()).catch(() => undefined)
  }

  #create(
    head: Pick<Take, 'recorder' | 'participant' | 'part' | 'startedAt' | 'type'> & { firstSeq: number },
  ) {
    this.#made += 1
    const number = String(this.#made).padStart(4, '0')
    const who = head.participant === null ? '' : `-${slug(head.participant)}`
    const name = `${number}-${slug(head.recorder.split(':')[0] ?? '')}${who}.rec`
    return createChunkFile(this.#vault.pathOf(this.#id, name), this.#key, {
      recording: this.#id,
      name,
      ...head,
    })
  }
}
