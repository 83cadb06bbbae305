/**
 * The connection to one other party. Perfect negotiation (W3C WebRTC 1.0, 10.7) over a line that may lose what is said.
 * There are always one voice and one picture each way, negotiated once: what is off, on hold or another device changes
 * what they carry, never the connection.
 */
import type { Participant, Signal, SignalFrom } from '#protocol/calls/signalling.ts'
import { preferredCodecs } from './codecs.ts'
import type { Step } from './ladder.ts'

export interface Tracks {
  readonly audio: MediaStreamTrack | null
  readonly video: MediaStreamTrack | null
}

export interface PeerParts {
  readonly me: Participant
  readonly other: Participant
  readonly run: string
  readonly ways: () => RTCConfiguration
  readonly step: Step
  readonly tracks: () => Tracks
  /** Whether what is said now reaches the hub. */
  readonly isLineOpen: () => boolean
  readonly send: (signal: Signal, forRun: string | undefined) => void
  readonly onChange: () => void
}

export type Link = 'connecting' | 'connected' | 'broken'

/** Whoever was there first waits so long to be called; then he calls himself. */
const waitForCallMs = 1_500
/** A connection heals by itself within it more often than not (RFC 7675 gives it 30 s). */
const healMs = 2_000
/** The polite one gives the other so much more time, or both would do the same at once. */
const politeMs = 2_000
const againMs = 4_000

const kinds = ['audio', 'video'] as const

const preferCodecs = (transceiver: RTCRtpTransceiver) => {
  const codecs = preferredCodecs(RTCRtpReceiver.getCapabilities('video')?.codecs ?? [])
  if (codecs.length > 0) transceiver.setCodecPreferences([...codecs])
}

export class Peer {
  readonly other: Participant
  readonly #parts: PeerParts
  readonly #isPolite: boolean
  #connection: RTCPeerConnection | undefined
  /** Of the other page; undefined: it has said nothing yet. */
  #theirRun: string | undefined
  #isMakingOffer = false
  /** What is heard is taken in its order: a way that is named belongs to the description before it. */
  #last: Promise<void> = Promise.resolve()
  #wasConnected = false
  #step: Step
  #timer: ReturnType<typeof setTimeout> | undefined
  #stream: MediaStream | null = null

  constructor(parts: PeerParts) {
    this.#parts = parts
    this.other = parts.other
    this.#isPolite = parts.me < parts.other
    this.#step = parts.step
  }

  get connection(): RTCPeerConnection | undefined {
    return this.#connection
  }

  get stream(): MediaStream | null {
    return this.#stream
  }

  get link(): Link {
    if (this.#connection?.connectionState === 'connected') return 'connected'
    return this.#wasConnected || this.#connection?.connectionState === 'failed' ? 'broken' : 'connecting'
  }

  /** Who comes calls those who were there. */
  begin(comesLater: boolean): void {
    if (comesLater) this.#call()
    else this.#later(waitForCallMs, () => this.#recover())
  }

  hear(said: SignalFrom): Promise<void> {
    // What makes no sense changes nothing; a connection that is none is looked at again by the clock.
    this.#last = this.#last.then(() => this.#take(said)).catch(() => undefined)
    return this.#last
  }

  async #take({ run, forRun, signal }: SignalFrom): Promise<void> {
    // For an earlier load of this page: it is being told of this one.
    if (forRun !== undefined && forRun !== this.#parts.run) return
    if (this.#theirRun !== undefined && this.#theirRun !== run) this.#end()
    this.#theirRun = run
    if ('candidate' in signal) return this.#hearCandidate(signal.candidate as RTCIceCandidateInit | null)
    const { description } = signal
    if (description.type === 'offer') return this.#hearOffer(description)
    const connection = this.#connection
    // A second answer to an offer that was said twice.
    if (connection?.signalingState !== 'have-local-offer') return
    await connection.setRemoteDescription(description)
    await this.#applyStep()
  }

  /** The line is there again: whatever was said meanwhile was lost. */
  lineIsBack(): void {
    const connection = this.#connection
    if (connection === undefined || this.link === 'connected') {
      if (connection?.signalingState === 'have-local-offer') this.#sayDescription(connection)
      return
    }
    this.#recover()
  }

  /** Another network, or other credentials for the relay: the way is looked for anew while the old one still serves. */
  restart(): void {
    const connection = this.#connection
    if (connection === undefined) return
    connection.setConfiguration(this.#parts.ways())
    connection.restartIce()
  }

  async putTracks(): Promise<void> {
    const tracks = this.#parts.tracks()
    const putting = (this.#connection?.getTransceivers() ?? []).map(({ sender, receiver }) =>
      sender.replaceTrack(tracks[receiver.track.kind as 'audio' | 'video']),
    )
    await Promise.all(putting)
  }

  async putStep(step: Step): Promise<void> {
    this.#step = step
    await this.#applyStep()
  }

  close(): void {
    this.#end()
  }

  #open(): RTCPeerConnection {
    const connection = new RTCPeerConnection(this.#parts.ways())
    this.#connection = connection
    const isOld = () => this.#connection !== connection
    connection.onnegotiationneeded = () => {
      if (!isOld()) void this.#offer(connection)
    }
    connection.onicecandidate = ({ candidate }) => {
      // Its own way into JSON leaves open whether there is any candidate in it.
      if (!isOld() && candidate !== null)
        this.#say({ candidate: { ...candidate.toJSON(), candidate: candidate.candidate } })
    }
    connection.onconnectionstatechange = () => {
      if (!isOld()) this.#onState(connection)
    }
    connection.ontrack = () => {
      if (isOld()) return
      this.#stream = new MediaStream(connection.getReceivers().map(({ track }) => track))
      this.#parts.onChange()
    }
    return connection
  }

  #end() {
    clearTimeout(this.#timer)
    const connection = this.#connection
    this.#connection = undefined
    this.#stream = null
    this.#wasConnected = false
    this.#isMakingOffer = false
    connection?.close()
  }

  #call() {
    const connection = this.#open()
    // From here on, not only once the browser gets to it: what the other one offers meanwhile is a second first call.
    this.#isMakingOffer = true
    const tracks = this.#parts.tracks()
    for (const kind of kinds) {
      const transceiver = connection.addTransceiver(tracks[kind] ?? kind, { direction: 'sendrecv' })
      if (kind === 'video') preferCodecs(transceiver)
    }
    // Should nobody answer, it is said again.
    this.#later(againMs, () => this.#recover())
  }

  async #offer(connection: RTCPeerConnection) {
    try {
      this.#isMakingOffer = true
      await connection.setLocalDescription()
      if (this.#connection === connection) this.#sayDescription(connection)
    } catch {
      // It was closed meanwhile, or is looked at again by the clock.
    } finally {
      if (this.#connection === connection) this.#isMakingOffer = false
    }
  }

  async #hearOffer(description: RTCSessionDescriptionInit) {
    const now = this.#connection
    const isFree = now === undefined || (!this.#isMakingOffer && now.signalingState === 'stable')
    if (!isFree && !this.#isPolite) return
    // Of two first calls one goes away whole: rolled back, its voice and picture would stay as a second pair.
    if (!isFree && now.remoteDescription === null) this.#end()
    const isFirst = this.#connection === undefined
    const connection = this.#connection ?? this.#open()
    await connection.setRemoteDescription(description)
    if (isFirst) await this.#joinIn(connection)
    await connection.setLocalDescription()
    if (this.#connection !== connection) return
    this.#sayDescription(connection)
    await this.#applyStep()
  }

  /** Takes the voice and the picture that are offered, for both ways: one round, and there are no others. */
  async #joinIn(connection: RTCPeerConnection) {
    for (const transceiver of connection.getTransceivers()) {
      transceiver.direction = 'sendrecv'
      if (transceiver.receiver.track.kind === 'video') preferCodecs(transceiver)
    }
    await this.putTracks()
  }

  async #hearCandidate(candidate: RTCIceCandidateInit | null) {
    const connection = this.#connection
    // It belongs to an offer that was turned down, or lost.
    if (connection?.remoteDescription == null || candidate === null) return
    try {
      await connection.addIceCandidate(candidate)
    } catch {
      // One way less; where none is left the connection says so.
    }
  }

  #onState(connection: RTCPeerConnection) {
    const { connectionState } = connection
    clearTimeout(this.#timer)
    if (connectionState === 'connected') this.#wasConnected = true
    else if (connectionState === 'failed') this.#later(0, () => this.#recover())
    else if (connectionState === 'disconnected') this.#later(healMs, () => this.#recover())
    else this.#later(againMs, () => this.#recover())
    this.#parts.onChange()
  }

  #later(afterMs: number, then: () => void) {
    clearTimeout(this.#timer)
    const isSecond = this.#wasConnected && this.#isPolite
    this.#timer = setTimeout(then, afterMs + (isSecond ? politeMs : 0))
  }

  /** Whatever keeps it from being connected: the offer was lost, or there is no way any more. */
  #recover() {
    if (this.link === 'connected') return
    this.#later(againMs, () => this.#recover())
    if (!this.#parts.isLineOpen()) return
    const connection = this.#connection
    if (connection === undefined) this.#call()
    else if (connection.signalingState === 'have-local-offer') this.#sayDescription(connection)
    else this.restart()
  }

  async #applyStep() {
    const all = this.#connection?.getTransceivers() ?? []
    const sender = all.find(({ receiver }) => receiver.track.kind === 'video')?.sender
    if (sender === undefined) return
    const parameters = sender.getParameters()
    const [encoding] = parameters.encodings
    if (encoding === undefined) return
    Object.assign(encoding, this.#step)
    await sender.setParameters(parameters).catch(() => undefined)
  }

  #sayDescription({ localDescription }: RTCPeerConnection) {
    if (localDescription === null) return
    const { type, sdp } = localDescription
    this.#say({ description: { type, sdp } })
  }

  #say(signal: Signal) {
    this.#parts.send(signal, this.#theirRun)
  }
}
