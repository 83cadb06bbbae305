/**
 * The camera and the microphone of this page. A camera that is off is let go, so that its light goes out; a microphone that
 * is muted stays, so that the next word is heard from its first letter.
 */
import type { Tracks } from './peer.ts'
import type { CallView } from './port.ts'

type Kind = 'camera' | 'microphone'
export type Trouble = Exclude<CallView['trouble'], 'ticket-refused'>

const wantedOf = (kind: Kind, id: string | undefined): MediaStreamConstraints => {
  const device = id === undefined ? {} : { deviceId: { exact: id } }
  return kind === 'camera'
    ? {
        video: {
          width: { ideal: 640 },
          height: { ideal: 480 },
          frameRate: { ideal: 15, max: 15 },
          ...device,
        },
      }
    : { audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...device } }
}

const troubleOf = (error: unknown): Trouble =>
  error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'SecurityError')
    ? 'camera-denied'
    : 'camera-missing'

export class OwnMedia {
  readonly #onChange: () => void
  readonly #tracks: Record<Kind, MediaStreamTrack | null> = { camera: null, microphone: null }
  readonly #chosen = new Map<Kind, string>()
  readonly #isOn: Record<Kind, boolean> = { camera: false, microphone: false }
  /** One after the other: browsers answer two questions for the same device in any order. */
  #last: Promise<void> = Promise.resolve()
  #stream: MediaStream | null = null
  #isOver = false
  readonly #troubles: Record<Kind, Trouble> = { camera: null, microphone: null }

  constructor(onChange: () => void) {
    this.#onChange = onChange
  }

  /** What of it is to be sent. */
  tracks(): Tracks {
    return { audio: this.#tracks.microphone, video: this.#tracks.camera }
  }

  get stream(): MediaStream | null {
    return this.#stream
  }

  /** Of what is wanted and does not work: that one of the two does says nothing of the other. */
  get trouble(): Trouble {
    return this.#troubles.camera ?? this.#troubles.microphone
  }

  shown(): { readonly camera: boolean; readonly microphone: boolean } {
    const { camera, microphone } = this.#isOn
    return {
      camera: camera && this.#tracks.camera !== null,
      microphone: microphone && this.#tracks.microphone !== null,
    }
  }

  set(kind: Kind, on: boolean): Promise<void> {
    return this.#do(async () => {
      this.#isOn[kind] = on
      if (on) await this.#take(kind)
      else this.#troubles[kind] = null
      if (!on && kind === 'camera') this.#put(kind, null)
      if (this.#tracks.microphone !== null) this.#tracks.microphone.enabled = this.#isOn.microphone
    })
  }

  use(kind: Kind, id: string): Promise<void> {
    return this.#do(async () => {
      this.#chosen.set(kind, id)
      if (this.#tracks[kind] === null) return
      await this.#open(kind)
      if (kind === 'microphone' && this.#tracks.microphone !== null)
        this.#tracks.microphone.enabled = this.#isOn.microphone
    })
  }

  close(): void {
    this.#isOver = true
    for (const track of Object.values(this.#tracks)) track?.stop()
    this.#tracks.camera = null
    this.#tracks.microphone = null
    this.#stream = null
  }

  #do(what: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(async () => {
      if (this.#isOver) return
      await what()
      if (!this.#isOver) this.#onChange()
    })
    return this.#last
  }

  async #take(kind: Kind) {
    if (this.#tracks[kind] === null) await this.#open(kind)
  }

  /** What was there before stays until there is another one. */
  async #open(kind: Kind) {
    try {
      const stream = await navigator.mediaDevices.getUserMedia(wantedOf(kind, this.#chosen.get(kind)))
      const [track = null] = stream.getTracks()
      if (this.#isOver) {
        track?.stop()
        return
      }
      this.#troubles[kind] = null
      this.#put(kind, track)
      // Pulled out, or taken by another program.
      track?.addEventListener('ended', () => this.#lose(kind, track))
    } catch (error) {
      this.#troubles[kind] = troubleOf(error)
    }
  }

  #lose(kind: Kind, track: MediaStreamTrack) {
    if (this.#isOver || this.#tracks[kind] !== track) return
    this.#put(kind, null)
    this.#troubles[kind] = 'camera-missing'
    this.#onChange()
  }

  #put(kind: Kind, track: MediaStreamTrack | null) {
    this.#tracks[kind]?.stop()
    this.#tracks[kind] = track
    const there = Object.values(this.#tracks).filter((one) => one !== null)
    this.#stream = there.length === 0 ? null : new MediaStream(there)
  }
}
