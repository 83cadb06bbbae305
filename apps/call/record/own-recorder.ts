/** The browser's own recorder over what this page sends: one part after the other, each in pieces of two seconds. */
export interface OwnPiece {
  readonly part: string
  readonly seq: number
  readonly startedAtMs: number
  readonly type: string
  readonly chain: string
  readonly bytes: ArrayBuffer
}

const pieceMs = 2_000
/** H.264 costs a third less in software than VP8 (ADR 0026). */
const types = ['video/webm;codecs=h264,opus', 'video/webm;codecs=vp8,opus', 'video/webm']
const rates = { videoBitsPerSecond: 600_000, audioBitsPerSecond: 32_000 }

const hex = (bytes: ArrayBuffer) =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
const sha256 = async (bytes: BufferSource) => hex(await crypto.subtle.digest('SHA-256', bytes))

export const canRecord = (): boolean =>
  typeof MediaRecorder === 'function' && types.some((type) => MediaRecorder.isTypeSupported(type))

const typeFor = () => types.find((type) => MediaRecorder.isTypeSupported(type)) ?? ''

export class OwnRecorder {
  readonly #onPiece: (piece: OwnPiece) => Promise<void>
  #recorder: MediaRecorder | undefined
  /** One piece after the other, whatever takes how long. */
  #last: Promise<void> = Promise.resolve()
  #stopping: Promise<void> = Promise.resolve()

  constructor(onPiece: (piece: OwnPiece) => Promise<void>) {
    this.#onPiece = onPiece
  }

  get isOn(): boolean {
    return this.#recorder !== undefined
  }

  /** Of these tracks as they are now; other ones are another part. */
  start(stream: MediaStream): void {
    const part = crypto.randomUUID()
    const startedAtMs = Date.now()
    let seq = 0
    let chain = '0'.repeat(64)
    // A stream of its own: tracks that come and go in the page's leave this one alone.
    const recorder = new MediaRecorder(new MediaStream(stream.getTracks()), { mimeType: typeFor(), ...rates })
    recorder.ondataavailable = ({ data }) => {
      if (data.size === 0) return
      this.#do(async () => {
        const bytes = await data.arrayBuffer()
        chain = await sha256(new TextEncoder().encode(chain + (await sha256(bytes))))
        const type = recorder.mimeType === '' ? 'video/webm' : recorder.mimeType
        const piece = { part, seq, startedAtMs, type, chain, bytes }
        seq += 1
        await this.#onPiece(piece)
      })
    }
    recorder.onstop = () => {
      if (this.#recorder === recorder) this.#recorder = undefined
    }
    this.#recorder = recorder
    recorder.start(pieceMs)
  }

  /** @returns once its last piece was handed over */
  async stop(): Promise<void> {
    const recorder = this.#recorder
    this.#recorder = undefined
    if (recorder !== undefined && recorder.state !== 'inactive') {
      const stopped = new Promise<void>((resolve) =>
        recorder.addEventListener('stop', () => resolve(), { once: true }),
      )
      recorder.stop()
      this.#stopping = this.#stopping.then(() => stopped)
    }
    // Whoever asks second waits for the same last piece.
    await this.#stopping
    await this.#last
  }

  #do(what: () => Promise<void>) {
    this.#last = this.#last.then(what).catch(() => undefined)
  }
}
