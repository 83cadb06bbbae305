/**
 * A call as a mesh: each page with each other, two to four of them, found over the line to the hub. Media go on without that
 * line, and begin anew where a page does. For two in the branch and one far away it sends no more to the far one than a
 * media server there would.
 */
import type { BrowseSaid } from '#protocol/calls/browse.ts'
import type { CallOver, Participant, Room, Shown } from '#protocol/calls/signalling.ts'
import { keptWish } from './kept-wish.ts'
import type { Step } from './ladder.ts'
import { CallLine } from './line.ts'
import { Others } from './others.ts'
import { OwnMedia } from './own-media.ts'
import type { PeerParts, Tracks } from './peer.ts'
import type { BrowseLine, CallMedia, CallOptions, CallView } from './port.ts'
import { SecondCopy } from './record/second-copy.ts'

const lookEveryMs = 1_000
const nothing: Tracks = { audio: null, video: null }

/** Another load of the page is another run, whatever the hub makes of it. */
const newRun = () =>
  [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

class Browse implements BrowseLine {
  readonly #line: () => Pick<CallLine, 'browse' | 'isOpen'>
  readonly #heard = new Set<(said: BrowseSaid) => void>()
  readonly #opened = new Set<() => void>()

  constructor(line: () => Pick<CallLine, 'browse' | 'isOpen'>) {
    this.#line = line
  }

  send(said: BrowseSaid): boolean {
    return this.#line().browse(said)
  }

  hear(callback: (said: BrowseSaid) => void): () => void {
    this.#heard.add(callback)
    return () => this.#heard.delete(callback)
  }

  onOpen(callback: () => void): () => void {
    this.#opened.add(callback)
    if (this.#line().isOpen) callback()
    return () => this.#opened.delete(callback)
  }

  tell(said: BrowseSaid) {
    for (const callback of this.#heard) callback(said)
  }

  tellOpen() {
    for (const callback of this.#opened) callback()
  }
}

class Mesh implements CallMedia {
  readonly #options: CallOptions
  readonly #run = newRun()
  readonly #watchers = new Set<(view: CallView) => void>()
  readonly #line: CallLine
  readonly browse = new Browse(() => this.#line)
  readonly #others: Others
  readonly #own: OwnMedia
  #lineState: CallView['line'] = 'connecting'
  #room: Room | undefined
  /** What of this page is to go out. */
  #wish: Shown = { camera: false, microphone: false, held: false }
  #over: CallOver['why'] | null = null
  #isTicketRefused = false
  #isMediaOver = false
  #copy: SecondCopy | undefined
  #view: CallView | undefined
  #lookTimer: ReturnType<typeof setInterval> | undefined

  constructor(options: CallOptions) {
    this.#options = options
    this.#own = new OwnMedia(() => this.#ownChanged())
    this.#others = new Others((other, step) => this.#partsFor(other, step))
    this.#line = new CallLine(
      {
        onRoom: (room, isBack) => this.#follow(room, isBack),
        onSignal: (signal) => this.#others.hear(signal),
        onBrowse: (said) => this.browse.tell(said),
        onLost: () => this.#put('lost'),
        onOver: (why) => this.#end(why),
        onTicketRefused: () => {
          this.#isTicketRefused = true
          this.#end(null)
        },
      },
      options,
    )
  }

  open(): this {
    const { camera, microphone, keptAs, devices = {} } = this.#options
    const kept = keptWish.read()
    const isOurs = keptAs !== undefined && kept?.of === keptAs
    this.#wish = isOurs ? kept.wish : { camera, microphone, held: false }
    this.#line.open()
    // Nobody waits for a camera to be seen himself: what it sends comes as soon as it is there.
    for (const kind of ['camera', 'microphone'] as const) {
      const id = devices[kind]
      if (id !== undefined) void this.#own.use(kind, id)
      if (this.#wish[kind]) void this.#own.set(kind, true)
    }
    this.#lookTimer = setInterval(() => void this.#look(), lookEveryMs)
    addEventListener('online', this.#onNetwork)
    networkOf()?.addEventListener('change', this.#onNetwork)
    return this
  }

  watch(callback: (view: CallView) => void): () => void {
    this.#watchers.add(callback)
    callback(this.view())
    return () => this.#watchers.delete(callback)
  }

  view(): CallView {
    this.#view ??= {
      call: this.#room?.call ?? null,
      me: this.#room?.me ?? null,
      line: this.#lineState,
      others: this.#others.parties(this.#wish.held),
      own: { stream: this.#own.stream, shown: this.#shown() },
      recording: this.#over === null ? (this.#room?.recording ?? null) : null,
      over: this.#over,
      trouble: this.#isTicketRefused ? 'ticket-refused' : this.#own.trouble,
    }
    return this.#view
  }

  setCamera(on: boolean): Promise<void> {
    this.#want({ camera: on })
    return this.#own.set('camera', on)
  }

  setMicrophone(on: boolean): Promise<void> {
    this.#want({ microphone: on })
    return this.#own.set('microphone', on)
  }

  hold(on: boolean): void {
    this.#want({ held: on })
    this.#ownChanged()
  }

  use({ kind, id }: Parameters<CallMedia['use']>[0]): Promise<void> {
    return this.#own.use(kind, id)
  }

  async hangUp(): Promise<void> {
    if (this.#isMediaOver) return
    this.#forget()
    // Nobody is seen or heard any more from here on, whether the hub can be told now or not.
    this.#stopMedia()
    await this.#line.hangUp()
    if (this.#over === null) this.#end('left')
  }

  close(): void {
    // Whoever looked at it looks at something else already.
    this.#watchers.clear()
    this.#stopMedia()
    this.#line.close()
  }

  #forget() {
    if (this.#options.keptAs !== undefined) keptWish.keep(undefined)
  }

  #want(wish: Partial<Shown>) {
    this.#wish = { ...this.#wish, ...wish }
    const { keptAs } = this.#options
    if (keptAs !== undefined && !this.#isMediaOver) keptWish.keep({ of: keptAs, wish: this.#wish })
  }

  readonly #onNetwork = () => {
    if (this.#line.isOpen) this.#others.each((peer) => peer.restart())
  }

  #partsFor(other: Participant, step: Step): PeerParts {
    return {
      me: this.#room?.me as Participant,
      other,
      run: this.#run,
      step,
      ways: () => ({
        iceServers: (this.#room?.iceServers ?? []) as RTCIceServer[],
        iceTransportPolicy: this.#room?.relayOnly === true ? 'relay' : 'all',
        bundlePolicy: 'max-bundle',
      }),
      tracks: () => (this.#wish.held || this.#others.isApart(other) ? nothing : this.#own.tracks()),
      isLineOpen: () => this.#line.isOpen,
      send: (signal, forRun) =>
        this.#line.say({ to: other, run: this.#run, ...(forRun !== undefined && { forRun }), signal }),
      onChange: () => this.#changed(),
    }
  }

  #follow(room: Room, isBack: boolean) {
    // The hub only has to hear still that this page has hung up.
    if (this.#isMediaOver) return
    this.#room = room
    this.#lineState = 'open'
    this.#others.follow(room, isBack, performance.now())
    if (isBack) {
      this.#line.show(this.#shown())
      this.browse.tellOpen()
    }
    this.#record()
    this.#changed()
  }

  /** What is recorded of the call, each page records of itself as well. */
  #record() {
    const recording = this.#room?.recording
    if (this.#copy !== undefined && this.#copy.sale !== recording?.sale) {
      this.#copy.finish()
      this.#copy = undefined
    }
    if (recording === undefined) return
    if (this.#copy === undefined) {
      const { origin, ticket } = this.#options
      this.#copy = new SecondCopy({ origin, ticket, sale: recording.sale })
      void this.#copy.open()
    }
    this.#copy.follow(recording.state, this.#wish.held ? null : this.#own.stream)
  }

  #put(line: CallView['line']) {
    this.#lineState = line
    this.#changed()
  }

  #shown(): Shown {
    return { ...this.#own.shown(), held: this.#wish.held }
  }

  #ownChanged() {
    this.#others.each((peer) => void peer.putTracks())
    this.#line.show(this.#shown())
    this.#record()
    this.#changed()
  }

  async #look() {
    if (await this.#others.look(performance.now())) this.#changed()
  }

  #end(why: CallOver['why'] | null) {
    this.#over = why
    if (why === 'ended' || why === 'left') this.#forget()
    this.#stopMedia()
    this.#put('lost')
  }

  #stopMedia() {
    this.#isMediaOver = true
    clearInterval(this.#lookTimer)
    removeEventListener('online', this.#onNetwork)
    networkOf()?.removeEventListener('change', this.#onNetwork)
    // Before its tracks end: the last piece is the one that says how it ended.
    this.#copy?.finish()
    this.#others.close()
    this.#own.close()
    this.#changed()
  }

  #changed() {
    this.#view = undefined
    for (const callback of this.#watchers) callback(this.view())
  }
}

/** Browsers other than Chromium do not say when the network is another one. */
const networkOf = () => (navigator as { readonly connection?: EventTarget }).connection

export const openCall = (options: CallOptions): CallMedia => new Mesh(options).open()
