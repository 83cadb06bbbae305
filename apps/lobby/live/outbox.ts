/**
 * Commands on their way to the hub: one after the other, kept until they are answered, sent again under the same key when
 * an answer was lost. The hub does each key once; so each is done once, in the order in which they were given. To stop
 * all movement waits for none of them, but for what was to let it go on before.
 */
import type { DeskCommand } from '#protocol/desk/live/commands.ts'
import type { CommandAnswer, CommandCall, CommandKey } from '#protocol/desk/live/line.ts'
import type { Kept, KeptCall, KeptCalls } from './kept-calls.ts'
import { type CommandLife, nameOfKey } from './lives.ts'

export interface OutboxParts {
  readonly kept: KeptCalls
  /** The name of this page among all, made up once. */
  readonly boot: string
  readonly who: string
  /** Hub time. */
  readonly now: () => number
  /** Rejects when the line broke before the answer. */
  readonly deliver: (call: CommandCall) => Promise<CommandAnswer>
  readonly wait: (ms: number) => Promise<void>
}

export interface Outbox {
  send(command: DeskCommand): CommandLife
  lives(): readonly CommandLife[]
  subscribe(listener: () => void): () => void
  /** The line is there: whatever waits goes out. */
  open(): void
  close(): void
  /** What this page shows is at least this old, in hub time. */
  shown(at: number): void
  /** What pages that are gone left behind; before the line opens, so that it goes out first. */
  adopt(boots: readonly string[]): void
}

/** Ended ones that are still told to who asks. */
const endedMax = 50
const retryMs = 1_000
/** A shift later nobody means it any more. */
const meantMs = 8 * 3_600_000

const isOver = ({ state }: CommandLife) => state === 'done' || state === 'failed'

const lanes = ['stop', 'rest'] as const
type Lane = (typeof lanes)[number]

const lane = ({ command }: KeptCall, before: readonly KeptCall[]): Lane =>
  command.name === 'stop-movement' && !before.some((one) => one.command.name === 'allow-movement')
    ? 'stop'
    : 'rest'

class Outgoing implements Outbox {
  readonly #parts: OutboxParts
  readonly #listeners = new Set<() => void>()
  readonly #answeredAt = new Map<string, number>()
  #waiting: KeptCall[] = []
  #lives: readonly CommandLife[] = []
  #last = 0
  /** Counts the lines: an answer over an older one still counts, a failure of it does not. */
  #line = 0
  #isOpen = false
  /** One call is under way in each of these. */
  readonly #busy = new Set<Lane>()

  constructor(parts: OutboxParts) {
    this.#parts = parts
  }

  send(command: DeskCommand): CommandLife {
    this.#last += 1
    const call: KeptCall = {
      key: { boot: this.#parts.boot, n: this.#last },
      command,
      at: this.#parts.now(),
    }
    this.#waiting.push(call)
    // Kept before anything is shown: what somebody saw pressed is not forgotten.
    this.#keep(call.key.boot)
    const life: CommandLife = { ...call, state: 'queued' }
    this.#show([...this.#lives, life])
    this.#pump()
    return life
  }

  lives() {
    return this.#lives
  }

  subscribe(listener: () => void) {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  open() {
    if (this.#isOpen) return
    this.#line += 1
    this.#isOpen = true
    this.#pump()
  }

  close() {
    this.#line += 1
    this.#isOpen = false
    this.#busy.clear()
    const back = (life: CommandLife): CommandLife =>
      life.state === 'sent' ? { ...life, state: 'queued' } : life
    this.#show(this.#lives.map(back))
  }

  shown(at: number) {
    const isShown = (life: CommandLife) =>
      life.state === 'accepted' && (this.#answeredAt.get(nameOfKey(life.key)) ?? at) <= at
    if (!this.#lives.some(isShown)) return
    for (const life of this.#lives) if (isShown(life)) this.#answeredAt.delete(nameOfKey(life.key))
    this.#show(this.#lives.map((life) => (isShown(life) ? { ...life, state: 'done' } : life)))
  }

  adopt(boots: readonly string[]) {
    const { who } = this.#parts
    const left = boots
      .map((boot) => this.#stillMeant(boot))
      .filter((found) => found.who === who && found.calls.length > 0)
      .sort(({ calls: [a] }, { calls: [b] }) => (a?.at ?? 0) - (b?.at ?? 0))
      .flatMap(({ calls }) => calls)
    if (left.length === 0) return
    // Older than whatever this page has ordered; what is under way stays first.
    const underWay = this.#busy.has('rest') ? this.#next('rest') : undefined
    this.#waiting.splice(underWay === undefined ? 0 : this.#waiting.indexOf(underWay) + 1, 0, ...left)
    this.#show([...left.map((call): CommandLife => ({ ...call, state: 'queued' })), ...this.#lives])
    this.#pump()
  }

  /** Whosever it is: what is not meant any more does not stay on a tablet that others use next. */
  #stillMeant(boot: string): Kept {
    const { kept, now } = this.#parts
    const found = kept.read(boot) ?? { who: '', last: 0, calls: [] }
    const calls = found.calls.filter(({ at }) => now() - at < meantMs)
    if (calls.length < found.calls.length || calls.length === 0) kept.write(boot, { ...found, calls })
    return { ...found, calls }
  }

  #next(wanted: Lane): KeptCall | undefined {
    return this.#waiting.find((call, nth) => lane(call, this.#waiting.slice(0, nth)) === wanted)
  }

  #pump() {
    for (const one of lanes) void this.#pumpLane(one)
  }

  async #pumpLane(on: Lane): Promise<void> {
    if (!this.#isOpen || this.#busy.has(on)) return
    const call = this.#next(on)
    if (call === undefined) return
    const line = this.#line
    this.#busy.add(on)
    this.#change(call.key, { state: 'sent' })
    const { deliver, wait } = this.#parts
    const { key, command } = call
    let answer: CommandAnswer
    try {
      answer = await deliver({ key, command })
    } catch {
      // The line broke, and `close` says so; one that only this answer did not come over is asked again.
      await wait(retryMs)
      return this.#again(line, on)
    }
    if (!answer.done && (answer.error.code === 'hub.busy' || answer.error.code === 'hub.stopping')) {
      await wait(answer.error.waitMs ?? retryMs)
      return this.#again(line, on)
    }
    this.#settle(call, answer)
    return this.#again(line, on)
  }

  #again(line: number, on: Lane) {
    if (line !== this.#line) return
    this.#busy.delete(on)
    this.#pump()
  }

  #settle({ key }: KeptCall, answer: CommandAnswer) {
    const name = nameOfKey(key)
    if (!this.#waiting.some((call) => nameOfKey(call.key) === name)) return
    this.#waiting = this.#waiting.filter((call) => nameOfKey(call.key) !== name)
    this.#keep(key.boot)
    if (!answer.done) return this.#change(key, { state: 'failed', error: answer.error })
    this.#answeredAt.set(name, answer.at)
    this.#change(key, {
      state: 'accepted',
      ...(answer.request !== undefined && { request: answer.request }),
    })
  }

  #keep(boot: string) {
    const { kept, who } = this.#parts
    const calls = this.#waiting.filter(({ key }) => key.boot === boot)
    kept.write(boot, { who, last: calls.at(-1)?.key.n ?? 0, calls })
  }

  #change(key: CommandKey, change: Partial<CommandLife>) {
    const name = nameOfKey(key)
    this.#show(this.#lives.map((life) => (nameOfKey(life.key) === name ? { ...life, ...change } : life)))
  }

  #show(lives: readonly CommandLife[]) {
    const tooMany = lives.filter(isOver).slice(0, -endedMax)
    this.#lives = tooMany.length === 0 ? lives : lives.filter((life) => !tooMany.includes(life))
    for (const listener of this.#listeners) listener()
  }
}

export const createOutbox = (parts: OutboxParts): Outbox => new Outgoing(parts)
