/** One examination in progress: the device, the station, and the moves that all rules are made of. */
import { Manifest } from '#protocol/messages.ts'
import { topics } from '#protocol/topics.ts'
import type { Pace } from './pace.ts'
import { broken, notProved } from './rule.ts'
import { type Surroundings, sampleCommand } from './samples.ts'
import type { Connection, Line, Station } from './station.ts'
import type { Subject } from './subject.ts'
import type { JsonObject, Message, Transcript } from './transcript.ts'
import { begun, Trial } from './trial.ts'
import type { Tried } from './tried.ts'

export interface ExamParts {
  readonly branch: string
  /** Whose connection it is; a gateway's name, where it speaks for others. */
  readonly device: string
  /** Which of a gateway's devices is given work. */
  readonly member: string | undefined
  readonly station: Station
  readonly subject: Subject | undefined
  readonly pace: Pace
  readonly around: Omit<Surroundings, 'languages' | 'showMs'>
  readonly seed: string
  readonly epoch: number
  /** Sets these task ids apart from those of any other examination. */
  readonly mark: string
  readonly nowMs: () => number
}

/** A capability that no device has. */
export const unknownCapability = 'x-usher-nothing'

export class Exam {
  readonly parts: ExamParts
  readonly pace: Pace
  readonly transcript: Transcript
  readonly branch: string
  readonly device: string
  /** Once per examination: every capability was tried, and what came of it. */
  tried: readonly Tried[] | undefined
  epoch: number
  /** What the rule that is judged now rests on, where that was heard before. */
  shown: { readonly from: number; readonly to: number } | undefined
  #count = 0
  readonly #trials: Trial[] = []
  #revision = 0

  constructor(parts: ExamParts) {
    this.parts = parts
    this.pace = parts.pace
    this.transcript = parts.station.transcript
    this.branch = parts.branch
    this.device = parts.device
    this.epoch = parts.epoch
  }

  // What is known of it

  /** Who does the work: the device itself, or one of those a gateway speaks for. */
  get member(): string {
    const spokenFor = this.manifestOf(this.device)?.speaksFor ?? []
    return this.parts.member ?? spokenFor[0] ?? this.device
  }

  get manifest(): Manifest | undefined {
    return this.manifestOf(this.member)
  }

  manifestOf(device: string): Manifest | undefined {
    return Manifest.safeParse(this.last(topics.manifest(this.branch, device))?.body).data
  }

  get capabilities(): readonly string[] {
    return Object.keys(this.manifest?.capabilities ?? {})
  }

  /** The last message of the device on a topic. */
  last(topic: string, since = 0): Message | undefined {
    return this.transcript.messages(since).findLast((message) => message.topic === topic && isTheirs(message))
  }

  /** The same, but for what it only sent again: its line broke before the acknowledgement of it. */
  lastNew(topic: string, since = 0): Message | undefined {
    return this.transcript
      .messages(since)
      .findLast((message) => message.topic === topic && isTheirs(message) && !message.isRepeat)
  }

  get line(): Line {
    return this.parts.station.line ?? notProved('needs a broker of its own', '需要自带的消息服务器')
  }

  get subject(): Subject {
    return this.parts.subject ?? notProved('needs to start the program itself', '需要由检查程序启动设备程序')
  }

  connection(): Connection | undefined {
    return this.parts.station.line?.connections().findLast(({ open, filters }) => open && filters.length > 0)
  }

  isListening(): boolean {
    const { line } = this.parts.station
    if (line === undefined) return true
    return this.connection()?.filters.includes(topics.task(this.branch, this.member)) === true
  }

  /** Online by its own word, after whatever happened last to its line. */
  isOnline(since = 0): boolean {
    return this.lastNew(topics.presence(this.branch, this.device), since)?.body?.['status'] === 'online'
  }

  wasBorn(): boolean {
    const topic = topics.presence(this.branch, this.device)
    return this.transcript
      .messages()
      .some((message) => message.topic === topic && message.body?.['status'] === 'online')
  }

  async comesOnline(since: number, withinMs: number): Promise<boolean> {
    const hasManifest = () =>
      this.manifest !== undefined || this.last(topics.manifest(this.branch, this.device), since) !== undefined
    const look = () =>
      this.isOnline(since) && hasManifest() && (this.capabilities.length === 0 || this.isListening())
        ? true
        : undefined
    return (await this.transcript.until(look, withinMs)) === true
  }

  show(from: number, to: number): void {
    this.shown = { from, to }
  }

  // Moves

  tell(message: JsonObject): Promise<void> {
    return this.publishTask(JSON.stringify(message))
  }

  publishTask(payload: string | Buffer): Promise<void> {
    const topic = topics.task(this.branch, this.member)
    return this.parts.station.publish(topic, payload, { qos: 1, retain: false })
  }

  /** The retained words of the hub: that it is there, and how the device shall behave. */
  async greet(config: JsonObject = {}): Promise<void> {
    const { station } = this.parts
    const hub = JSON.stringify({ status: 'online', epoch: this.epoch })
    await station.publish(topics.hub(this.branch), hub, { qos: 1, retain: true })
    await this.configure(config)
  }

  async configure(config: JsonObject = {}, epoch = this.epoch): Promise<void> {
    this.#revision += 1
    const payload = JSON.stringify({
      epoch,
      revision: this.#revision,
      mode: 'open',
      movement: 'allowed',
      builtIn: {},
      settings: {},
      ...config,
    })
    for (const device of new Set([this.device, this.member]))
      await this.parts.station.publish(topics.config(this.branch, device), payload, { qos: 1, retain: true })
  }

  command(capability: string, index = 0): JsonObject {
    const { around, seed } = this.parts
    const declared = this.manifest
    const languages = declared?.capabilities[capability]?.languages ?? declared?.languages ?? []
    const [first = 'zh', ...rest] = languages.length === 0 ? ['zh', 'en'] : languages
    const surroundings = { ...around, languages: [first, ...rest] as const, showMs: this.pace.showMs }
    return sampleCommand(capability, index, {
      around: { ...surroundings, languages: [first, ...rest] },
      seed,
    })
  }

  trial(capability: string, more: { command?: JsonObject; epoch?: number } = {}): Trial {
    this.#count += 1
    const trial = new Trial({
      task: `${this.parts.mark}-${this.#count}`,
      epoch: more.epoch ?? this.epoch,
      capability,
      command: more.command ?? this.command(capability),
      pace: this.pace,
      transcript: this.transcript,
      tell: (message) => this.tell(message),
      nowMs: this.parts.nowMs,
      isGone: () => this.parts.subject?.endedByItself() === true,
    })
    this.#trials.push(trial)
    return trial
  }

  quiet(ms = this.pace.quietMs): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, ms))
  }

  /** Until it has dealt with all that it was told, as far as its answers show; then a moment of silence. */
  async caughtUp(): Promise<void> {
    await this.isAlive()
    await this.quiet()
  }

  /** Nothing is left open that would keep the device busy. */
  async settle(): Promise<void> {
    for (const trial of this.#trials) {
      if (!trial.isOpen || trial.hasEnded()) continue
      const since = this.transcript.mark()
      if (trial.reports().length > 0) {
        await trial.cancel()
        await trial.final(since, this.pace.patienceMs)
      }
      trial.isOpen = false
    }
  }

  /** There, in touch, and with nothing to do; started again if it must be. */
  async ready(): Promise<void> {
    const { subject } = this.parts
    if (subject === undefined) return this.settle()
    if (subject.isUp()) {
      const isThere = () => (this.connection() !== undefined && this.isOnline() ? true : undefined)
      if ((await this.transcript.until(isThere, this.pace.patienceMs)) === true) return this.settle()
      await subject.kill()
    }
    await this.startProgram()
    await this.settle()
  }

  async startProgram(): Promise<void> {
    const since = this.transcript.mark()
    this.subject.start()
    if (!(await this.comesOnline(since, this.pace.startupMs)))
      notProved('the device did not come online', '设备没有上线')
  }

  /** It still hears and answers: what it cannot do is refused, or at least its line holds. */
  async isAlive(withinMs = this.pace.patienceMs): Promise<boolean> {
    if (!(await this.#isConnected(withinMs))) return false
    if (!this.isListening()) return true
    const probe = this.trial(unknownCapability, { command: {} })
    await probe.offer()
    const answered = (await probe.report(() => true, { withinMs })) !== undefined
    return answered && this.parts.subject?.isUp() !== false
  }

  /** Now, or soon again; a program that has ended is not waited for. */
  async #isConnected(withinMs: number): Promise<boolean> {
    const { subject, station } = this.parts
    if (station.line === undefined) return true
    const look = () => {
      if (subject?.isUp() === false) return false
      return this.connection() === undefined ? undefined : true
    }
    return (await this.transcript.until(look, withinMs)) === true
  }

  async mustBeAlive(withinMs?: number): Promise<void> {
    if (!(await this.isAlive(withinMs))) broken('the device does not answer any more', '设备不再应答')
  }

  async mustNotBegin(trial: Trial, since?: number): Promise<void> {
    await this.caughtUp()
    const begin = trial.reports(since).find(({ status }) => begun.has(status))
    if (begin !== undefined)
      broken(`the device began: it reported ${begin.status}`, `设备开始执行了：上报了 ${begin.status}`)
  }
}

const isTheirs = ({ from }: Message) => from !== 'examiner'
