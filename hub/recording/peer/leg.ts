/**
 * The connection to one participant: it hears and sees, and sends nothing. It always calls; when a way breaks, it calls anew
 * under another run, which a page takes for another load of the recorder.
 */
import {
  RTCPeerConnection,
  RTCRtpCodecParameters,
  type RTCRtpTransceiver,
  type RtpPacket,
  useAbsSendTime,
  useOPUS,
  useSdesMid,
  useTransportWideCC,
} from 'werift'
import type { Participant, Room, Signal, SignalFrom, SignalTo } from '#protocol/calls/signalling.ts'
import type { Alive } from './messages.ts'
import { PartWriter, type Piece } from './part-writer.ts'
import { type PictureCodec, Pictures } from './pictures.ts'
import { Reorder } from './reorder.ts'

export interface LegParts {
  readonly other: Participant
  readonly room: () => Room
  /** Hub time. */
  readonly nowMs: () => number
  readonly newRun: () => string
  readonly isWriting: () => boolean
  readonly send: (signal: SignalTo) => void
  readonly onPiece: (run: string, piece: Piece) => void
}

/** A page answers within a moment, or its answer was lost; on a machine that is busy with other things, a while later. */
const connectWithin = { saidAgainMs: 1_500, firstMs: 5_000, mostMs: 20_000 }
/** A page that calls meanwhile has not heard of ours; one that is being answered has. */
const answeredMs = 10_000
/** Nothing came for so long although the page shows that it sends. */
const silentMs = 6_000
/** A picture that stands for itself, so often: a file can be entered there, and a loss ends there. */
const pictureEveryMs = 2_000
const wait = { audio: 120, video: 500 } as const

const feedback = ['nack', 'ccm fir', 'nack pli', 'goog-remb', 'transport-cc'].map((one) => {
  const [type = '', parameter] = one.split(' ')
  return { type, ...(parameter !== undefined && { parameter }) }
})
/** In the order of ADR 0026; a page answers with what it prefers itself. */
const videoCodecs = () => [
  new RTCRtpCodecParameters({
    mimeType: 'video/H264',
    clockRate: 90_000,
    rtcpFeedback: feedback,
    parameters: 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f',
  }),
  new RTCRtpCodecParameters({ mimeType: 'video/VP8', clockRate: 90_000, rtcpFeedback: feedback }),
]

const configOf = ({ iceServers, relayOnly }: Room) => ({
  codecs: { audio: [useOPUS()], video: videoCodecs() },
  headerExtensions: {
    audio: [useSdesMid()],
    video: [useSdesMid(), useAbsSendTime(), useTransportWideCC()],
  },
  bundlePolicy: 'max-bundle' as const,
  iceTransportPolicy: relayOnly ? ('relay' as const) : ('all' as const),
  iceServers: iceServers.flatMap(({ urls, username, credential }) =>
    urls.map((one) => ({
      urls: one,
      ...(username !== undefined && { username }),
      ...(credential !== undefined && { credential }),
    })),
  ),
})

export class Leg {
  readonly #parts: LegParts
  #connection: RTCPeerConnection | undefined
  #run = ''
  #theirRun: string | undefined
  #openedAtMs = 0
  #answeredAtMs: number | undefined
  #patienceMs = connectWithin.firstMs
  #writer: PartWriter | undefined
  #orders: readonly Reorder[] = []
  #asked = { ssrc: 0, atMs: 0 }
  #last: Promise<void> = Promise.resolve()
  #isClosed = false
  #heard: { audio: number | null; video: number | null } = { audio: null, video: null }

  constructor(parts: LegParts) {
    this.#parts = parts
  }

  open(): this {
    this.#do(() => this.#call())
    return this
  }

  hear({ run, forRun, signal }: SignalFrom): void {
    if (forRun !== undefined && forRun !== this.#run) return
    this.#do(async () => {
      if ('candidate' in signal) {
        if (signal.candidate !== null && this.#connection?.remoteDescription)
          await this.#connection.addIceCandidate(signal.candidate as never)
        return
      }
      const { type, sdp } = signal.description
      const isOther = this.#theirRun !== undefined && this.#theirRun !== run
      this.#theirRun = run
      // It was loaded anew, lost our call, or looks for another way: it is called anew.
      if (type === 'offer') return isOther || !this.#isBeingAnswered() ? this.#call() : undefined
      if (isOther || type !== 'answer' || this.#connection?.signalingState !== 'have-local-offer') return
      this.#answeredAtMs = this.#parts.nowMs()
      await this.#connection.setRemoteDescription({ type, sdp })
    })
  }

  alive(): Alive {
    return {
      participant: this.#parts.other,
      link: this.#connection?.connectionState ?? 'new',
      audioAt: this.#heard.audio,
      videoAt: this.#heard.video,
    }
  }

  /** Somebody came: a call that was said to a page that was not there is soon said once more. */
  roomChanged(): void {
    if (this.#answeredAtMs === undefined) this.#patienceMs = connectWithin.saidAgainMs
  }

  /** Several times a second. */
  look(): void {
    const nowMs = this.#parts.nowMs()
    for (const order of this.#orders) order.expire(nowMs)
    this.#askForPicture(nowMs, pictureEveryMs)
    const state = this.#connection?.connectionState
    if (state === 'connected') this.#patienceMs = connectWithin.firstMs
    else if (state === 'failed' || state === 'closed' || state === 'disconnected') return this.#callAgain()
    else if (nowMs - (this.#answeredAtMs ?? this.#openedAtMs) > this.#patienceMs) {
      this.#patienceMs = Math.min(connectWithin.mostMs, this.#patienceMs * 2)
      return this.#callAgain()
    }
    const shown = this.#parts.room().participants.find(({ id }) => id === this.#parts.other)?.shown
    const isSending = shown !== undefined && !shown.held && (shown.camera || shown.microphone)
    const lastMs = Math.max(this.#heard.audio ?? 0, this.#heard.video ?? 0, this.#answeredAtMs ?? nowMs)
    if (isSending && nowMs - lastMs > silentMs) this.#callAgain()
  }

  /** Writing begins: with the next picture that stands for itself, which is asked for. */
  writing(on: boolean): void {
    if (on) this.#askForPicture(this.#parts.nowMs(), 0)
    else this.#writer?.flush(true)
  }

  close(): void {
    this.#isClosed = true
    this.#end()
  }

  #do(what: () => Promise<void>) {
    // What makes no sense changes nothing; a connection that is none is looked at again by the clock.
    this.#last = this.#last.then(async () => (this.#isClosed ? undefined : what())).catch(() => undefined)
  }

  #isBeingAnswered(): boolean {
    return this.#answeredAtMs !== undefined && this.#parts.nowMs() - this.#answeredAtMs < answeredMs
  }

  #callAgain() {
    if (this.#parts.nowMs() - this.#openedAtMs < 1_000) return
    this.#openedAtMs = this.#parts.nowMs()
    this.#answeredAtMs = undefined
    this.#do(() => this.#call())
  }

  async #call(): Promise<void> {
    this.#end()
    const connection = new RTCPeerConnection(configOf(this.#parts.room()))
    const run = this.#parts.newRun()
    this.#connection = connection
    this.#run = run
    this.#openedAtMs = this.#parts.nowMs()
    this.#answeredAtMs = undefined
    const writer = new PartWriter((piece) => this.#parts.onPiece(run, piece))
    this.#writer = writer
    connection.onIceCandidate.subscribe((candidate) => {
      if (candidate !== undefined && this.#connection === connection)
        this.#say({ candidate: candidate.toJSON() })
    })
    for (const kind of ['audio', 'video'] as const) {
      const transceiver = connection.addTransceiver(kind, { direction: 'recvonly' })
      this.#listen(transceiver, kind, writer)
    }
    const offer = await connection.createOffer()
    await connection.setLocalDescription(offer)
    const { localDescription } = connection
    if (localDescription !== null && this.#connection === connection)
      this.#say({ description: { type: 'offer', sdp: localDescription.sdp } })
  }

  #listen(transceiver: RTCRtpTransceiver, kind: 'audio' | 'video', writer: PartWriter) {
    const sink = kind === 'audio' ? this.#soundSink(writer) : this.#pictureSink(transceiver, writer)
    const order = new Reorder(wait[kind], sink)
    this.#orders = [...this.#orders, order]
    transceiver.onTrack.subscribe((track) => {
      if (kind === 'video') this.#asked = { ssrc: track.ssrc ?? 0, atMs: 0 }
      track.onReceiveRtp.subscribe(({ header, payload }: RtpPacket) => {
        const nowMs = this.#parts.nowMs()
        this.#heard[kind] = nowMs
        if (kind === 'video') this.#asked.ssrc = header.ssrc
        if (!this.#parts.isWriting() || payload.length === 0) return
        const { sequenceNumber: seq, timestamp, marker: isLast } = header
        order.push({ seq, timestamp, isLast, payload: Buffer.from(payload), arrivedMs: nowMs })
      })
    })
  }

  #soundSink(writer: PartWriter) {
    return ({ timestamp, arrivedMs, payload }: { timestamp: number; arrivedMs: number; payload: Buffer }) =>
      writer.sound({ timestamp, arrivedMs, data: payload })
  }

  #pictureSink(transceiver: RTCRtpTransceiver, writer: PartWriter) {
    let pictures: Pictures | undefined
    const codecOf = (): PictureCodec =>
      /h264/i.test(transceiver.receiver.track.codec?.mimeType ?? transceiver.codecs[0]?.mimeType ?? '')
        ? 'H264'
        : 'VP8'
    return (packet: Parameters<Pictures['push']>[0], isAfterLoss: boolean) => {
      pictures ??= new Pictures(
        codecOf(),
        (picture) => writer.picture(picture),
        () => this.#askForPicture(this.#parts.nowMs(), 300),
      )
      pictures.push(packet, isAfterLoss)
    }
  }

  #askForPicture(nowMs: number, everyMs: number) {
    const receiver = this.#connection?.getTransceivers().find((one) => one.kind === 'video')?.receiver
    if (receiver === undefined || this.#asked.ssrc === 0 || nowMs - this.#asked.atMs < everyMs) return
    this.#asked.atMs = nowMs
    void receiver.sendRtcpPLI(this.#asked.ssrc).catch(() => undefined)
  }

  #say(signal: Signal) {
    const { other, send } = this.#parts
    send({
      to: other,
      run: this.#run,
      ...(this.#theirRun !== undefined && { forRun: this.#theirRun }),
      signal,
    })
  }

  #end() {
    this.#writer?.flush(true)
    this.#writer = undefined
    this.#orders = []
    this.#asked = { ssrc: 0, atMs: 0 }
    const connection = this.#connection
    this.#connection = undefined
    // It may take its time over a party that is gone.
    void connection?.close().catch(() => undefined)
  }
}
