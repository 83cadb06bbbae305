/** The files of one recording while it is written: one for each part and each run of the hub. */
import { UsherError } from '#protocol/errors.ts'
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

type Head = Pick<Take, 'recorder' | 'participant' | 'part' | 'startedAt' | 'type'> & {
  readonly firstSeq: number
}

/** Far more than a day of people who switch their cameras on and off. */
const filesMax = 9_999

/** Letters of a file name that say whose it is; what tells it from others is its number. */
const slug = (text: string) => text.replace(/[^a-z0-9]+/g, '-').slice(0, 40)

export class RecordingFiles {
  readonly #vault: Vault
  readonly #id: RecordingRecord['id']
  readonly #key: Buffer
  readonly #open = new Map<string, Promise<ChunkFileWriter>>()
  /** The part that each recorder writes of each party. */
  readonly #parts = new Map<string, string>()
  #made: number
  #isClosed = false

  /** @param made how many files are there already */
  constructor(vault: Vault, { id, key, made }: { id: string; key: Buffer; made: number }) {
    this.#vault = vault
    this.#id = id
    this.#key = key
    this.#made = made
  }

  /** On disk when it is done. @throws UsherError `recording.closed`, `recording.too-large` */
  async take({ recorder, participant, part, seq, startedAt, at, type, bytes }: Take): Promise<void> {
    // What is sealed is read from now on: whatever came later would look like something put there by somebody.
    if (this.#isClosed) throw new UsherError('recording.closed', this.#id)
    const known = this.#open.get(part)
    const file = known ?? this.#begin({ recorder, participant, part, firstSeq: seq, startedAt, type })
    try {
      await (await file).append(bytes, at)
    } catch (error) {
      // A disk that is full now may have space for the next one: in a file whose end is known.
      if (this.#open.get(part) === file) this.#letGo(part)
      throw error
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    const all = [...this.#open.values()]
    this.#open.clear()
    for (const one of all) await one.then((file) => file.close()).catch(() => undefined)
  }

  /** Another part begins: the one before has ended. What still comes of that goes into one more file. */
  #begin(head: Head): Promise<ChunkFileWriter> {
    if (this.#made >= filesMax) throw new UsherError('recording.too-large', this.#id)
    const of = `${head.recorder} ${head.participant}`
    const before = this.#parts.get(of)
    if (before !== undefined) this.#letGo(before)
    this.#parts.set(of, head.part)
    const file = this.#create(head)
    this.#open.set(head.part, file)
    return file
  }

  #letGo(part: string) {
    const file = this.#open.get(part)
    this.#open.delete(part)
    file?.then((one) => one.close()).catch(() => undefined)
  }

  #create(head: Head) {
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
