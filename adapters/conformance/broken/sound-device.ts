/**
 * A small robot that does everything right: it greets and shows, in a moment instead of a minute. The broken devices
 * are this one with one thing changed, so that the examiner must find that one thing and nothing else.
 */
import { join } from 'node:path'
import { capabilities, isCapability } from '#protocol/capabilities.ts'
import { DeviceConfig, HubPresence, type Manifest, TaskMessage } from '#protocol/messages.ts'
import { parseTopic, topics } from '#protocol/topics.ts'
import type { Settings } from './sound-line.ts'
import { SoundLine } from './sound-line.ts'
import {
  type Attempt,
  type Body,
  keyOf,
  type Line,
  type Offer,
  readLines,
  writeLine,
} from './sound-memory.ts'

export type Start = Extract<TaskMessage, { kind: 'start' }>
export type Cancel = Extract<TaskMessage, { kind: 'cancel' }>

export const tasksMs = { greet: 480, display: 60 }
const builtInMs = 100

const final = ({ status }: Body) => !['accepted', 'started', 'progress'].includes(status)

export class SoundDevice extends SoundLine {
  readonly attempts = new Map<string, Attempt>()
  epoch = 0
  config: DeviceConfig | undefined
  readonly #timers = new Map<string, NodeJS.Timeout[]>()

  constructor(settings: Settings) {
    super(settings)
    this.recall()
  }

  get file() {
    return join(this.settings.state, 'memory.jsonl')
  }

  // Its birth

  manifest(): object {
    const manifest: Manifest = {
      kind: 'robot',
      vendor: 'Usher conformance',
      model: 'Sound',
      capabilities: { greet: {}, display: { immediate: true } },
      languages: ['zh', 'en'],
      guarantees: { acknowledges: true, cancels: true, deduplicates: true, keepsTime: false },
      builtIn: [{ behaviour: 'greet', switchable: true }],
      heartbeatMs: 60_000,
    }
    return manifest
  }

  override birth() {
    const { branch, device } = this.settings
    this.send(topics.manifest(branch, device), this.manifest(), { retain: true })
    this.send(topics.presence(branch, device), { status: 'online' }, { retain: true })
    this.tellState()
  }

  tellState() {
    const { branch, device } = this.settings
    this.send(topics.state(branch, device), { health: { level: 'ok' }, busy: false }, { qos: 0 })
  }

  run() {
    this.settleEarlierLife()
    this.open()
    this.live()
  }

  live() {
    this.later(builtInMs, () => {
      this.actAlone()
      this.live()
    })
  }

  isSwitchedOff() {
    return this.config === undefined || this.config.builtIn['greet'] === 'off'
  }

  actAlone() {
    if (this.isSwitchedOff() || this.isBusy() || !this.isUp) return
    const { branch, device } = this.settings
    this.send(topics.event(branch, device, 'behaviour.performed'), { behaviour: 'greet', zone: 'entrance' })
  }

  // Its memory

  remember(line: Line) {
    writeLine(this.file, line)
  }

  recallLine(line: Line) {
    if (!('task' in line)) this.epoch = Math.max(this.epoch, line.epoch)
    else this.attempts.set(keyOf(line), line)
  }

  recall() {
    for (const line of readLines(this.file)) this.recallLine(line)
  }

  heardEpoch(epoch: number) {
    if (epoch <= this.epoch) return
    this.epoch = epoch
    this.remember({ epoch })
  }

  settleEarlierLife() {
    for (const attempt of this.attempts.values()) {
      if (attempt.phase === 'begun') this.end(attempt, this.interruption())
      else if (attempt.phase === 'accepted') this.end(attempt, { status: 'not-started', code: 'restarted' })
    }
  }

  interruption(): Body {
    return { status: 'failed', code: 'interrupted' }
  }

  // What it hears

  parse(payload: Buffer): unknown {
    try {
      return JSON.parse(payload.toString())
    } catch {
      return undefined
    }
  }

  override hear(topic: string, payload: Buffer) {
    if (this.stopped) return
    const channel = parseTopic(topic)?.channel
    if (channel === 'task') {
      const message = TaskMessage.safeParse(this.parse(payload)).data
      if (message !== undefined) this.onTask(message)
    } else if (channel === 'config') {
      const config = DeviceConfig.safeParse(this.parse(payload)).data
      if (config !== undefined && config.epoch >= this.epoch) this.onConfig(config)
    } else if (channel === 'hub') {
      const hub = HubPresence.safeParse(this.parse(payload)).data
      if (hub !== undefined) this.heardEpoch(hub.epoch)
    }
  }

  onConfig(config: DeviceConfig) {
    this.heardEpoch(config.epoch)
    this.config = config
    if (config.movement !== 'stopped') return
    for (const attempt of this.attempts.values())
      if (attempt.phase === 'accepted' || attempt.phase === 'begun') this.halt(attempt)
  }

  halt(attempt: Attempt) {
    const status = attempt.phase === 'begun' ? 'failed' : 'not-started'
    if (this.moves(attempt)) this.end(attempt, { status, code: 'movement-stopped' })
  }

  moves({ offer }: Attempt) {
    return offer !== undefined && isCapability(offer.capability) && capabilities[offer.capability].moves
  }

  onTask(message: TaskMessage) {
    if (this.isOlder(message)) {
      this.report(this.fresh(message), { status: 'refused', code: 'stale-epoch' })
      return
    }
    this.heardEpoch(message.epoch)
    if (message.kind === 'offer') this.onOffer(message)
    else if (message.kind === 'start') this.onStart(message)
    else this.onCancel(message)
  }

  isOlder(message: TaskMessage) {
    return message.epoch < this.epoch
  }

  fresh({ task, attempt, epoch }: TaskMessage): Attempt {
    return { task, attempt, epoch, phase: 'new' }
  }

  known(message: TaskMessage): Attempt | undefined {
    return this.attempts.get(keyOf(message))
  }

  // Offer

  onOffer(offer: Offer) {
    const known = this.known(offer)
    if (known !== undefined) {
      this.onRepeatedOffer(known, offer)
      return
    }
    const attempt = { ...this.fresh(offer), offer }
    this.attempts.set(keyOf(attempt), attempt)
    const code = this.refusal(offer)
    if (code === undefined) this.accept(attempt, offer)
    else this.end(attempt, { status: 'refused', code })
  }

  onRepeatedOffer(attempt: Attempt, _offer: Offer) {
    this.repeat(attempt)
  }

  isBusy() {
    return [...this.attempts.values()].some(({ phase }) => phase === 'accepted' || phase === 'begun')
  }

  refusal({ capability, command }: Offer): string | undefined {
    if (capability !== 'greet' && capability !== 'display') return 'unsupported'
    if (!capabilities[capability].command.safeParse(command).success) return 'bad-command'
    if (this.config?.movement === 'stopped' && capabilities[capability].moves) return 'movement-stopped'
    return this.isBusy() ? 'busy' : undefined
  }

  accept(attempt: Attempt, offer: Offer) {
    attempt.phase = 'accepted'
    this.report(attempt, { status: 'accepted' })
    this.startBy(attempt, offer.startWithinMs)
    if (offer.start) this.begin(attempt)
  }

  startBy(attempt: Attempt, withinMs: number) {
    this.after(attempt, withinMs, () => {
      if (attempt.phase === 'accepted') this.lapse(attempt)
    })
  }

  lapse(attempt: Attempt) {
    this.end(attempt, { status: 'not-started', code: 'no-start' })
  }

  // Start

  onStart(start: Start) {
    const attempt = this.known(start)
    if (attempt === undefined) {
      const made = this.fresh(start)
      this.attempts.set(keyOf(made), made)
      this.end(made, { status: 'not-started', code: 'unknown-attempt' })
    } else if (attempt.phase === 'accepted') this.begin(attempt)
    else this.onRepeatedStart(attempt)
  }

  onRepeatedStart(attempt: Attempt) {
    this.repeat(attempt)
  }

  begin(attempt: Attempt) {
    attempt.phase = 'begun'
    this.report(attempt, { status: 'started' })
    const ms = tasksMs[attempt.offer?.capability === 'greet' ? 'greet' : 'display']
    this.after(attempt, ms / 2, () => this.tellProgress(attempt))
    this.after(attempt, ms, () => this.finish(attempt))
  }

  tellProgress(attempt: Attempt) {
    if (attempt.phase === 'begun') this.tell(attempt, { status: 'progress', progress: this.progress() }, 0)
  }

  progress(): NonNullable<Body['progress']> {
    return { percent: 50, step: 'speak' }
  }

  finish(attempt: Attempt) {
    this.end(attempt, { status: 'done', result: this.result(attempt) })
  }

  words(attempt: Attempt): { language: string; text: string }[] {
    const command = attempt.offer?.command as { words?: []; content?: { words: [] } } | undefined
    return command?.words ?? command?.content?.words ?? []
  }

  result(attempt: Attempt): NonNullable<Body['result']> {
    return attempt.offer?.capability === 'greet'
      ? { said: this.words(attempt), answered: false }
      : { shown: this.words(attempt), shownForMs: tasksMs.display }
  }

  // Cancel

  onCancel(cancel: Cancel) {
    const attempt = this.known(cancel) ?? this.fresh(cancel)
    this.attempts.set(keyOf(attempt), attempt)
    if (attempt.phase === 'ended') this.onRepeatedCancel(attempt)
    else this.end(attempt, { status: 'cancelled', code: 'cancelled' })
  }

  onRepeatedCancel(attempt: Attempt) {
    this.repeat(attempt)
  }

  // Reports

  after(attempt: Attempt, ms: number, call: () => void) {
    const timers = this.#timers.get(keyOf(attempt)) ?? []
    timers.push(this.later(ms, call))
    this.#timers.set(keyOf(attempt), timers)
  }

  end(attempt: Attempt, body: Body) {
    for (const timer of this.#timers.get(keyOf(attempt)) ?? []) clearTimeout(timer)
    this.#timers.delete(keyOf(attempt))
    attempt.phase = 'ended'
    this.report(attempt, body)
  }

  /** On disk before it is said. */
  report(attempt: Attempt, body: Body) {
    attempt.last = body
    if (attempt.phase !== 'new') this.remember(attempt)
    this.tell(attempt, body)
  }

  repeat(attempt: Attempt) {
    if (attempt.last !== undefined) this.tell(attempt, attempt.last)
  }

  tell({ task, attempt, epoch }: Attempt, body: Body, qos: 0 | 1 = 1) {
    const { branch, device } = this.settings
    this.send(topics.report(branch, device, task), { attempt, epoch, ...body }, { qos })
  }
}

export const isFinal = final
