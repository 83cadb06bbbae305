/**
 * The loop: what the programme has next, shown for its time, proved, and after it the next, without end. A task of the
 * hub stands in between for as long as it takes; then the loop goes on with what comes after.
 */
import type { Programme, ProgrammeEntry } from '#protocol/programme.ts'
import type { Health } from '../health.ts'
import type { Box } from '../keep/box.ts'
import type { PlayEnd, Proof } from '../keep/proof.ts'
import { element } from '../show/element.ts'
import type { Scene } from '../show/scene.ts'
import type { Stage } from '../show/stage.ts'
import { pause, type Time } from '../time.ts'
import type { WallClock } from './local-time.ts'
import { mayRunForMs } from './runs.ts'
import {
  afterShowing,
  type Choice,
  canPayMandatory,
  chooseNext,
  type History,
  historyFor,
  shownAtLeastMs,
} from './schedule.ts'
import { countsAsTime, createInterrupts, type Interrupts, type Wish } from './tasks.ts'

export interface PlayerParts {
  readonly time: Time
  readonly stage: Stage
  readonly proof: Proof
  readonly health: Health
  readonly box: Box
  readonly history: History
  readonly programme: () => Programme | undefined
  readonly isReady: (entry: ProgrammeEntry) => boolean
  readonly clock: () => WallClock
  /** @throws where it cannot be shown */
  readonly prepare: (entry: ProgrammeEntry) => Promise<Scene>
  readonly defaultScene: () => Scene
  readonly complain: (text: string, error: unknown) => void
}

export interface Player {
  readonly interrupts: Interrupts
  start(): void
  /** The programme changed, or what is here of it. */
  changed(): void
  /** Mandatory content had less than its share, and could be shown. */
  owes(): boolean
  /** How long ago the loop last did what it should. */
  idleForMs(): number
}

export const historyName = 'history'
/** What could not be shown is tried again after so long. */
const failedForMs = 60_000
const nothingForMs = 1_000
/** Longer than that a screen is never empty. */
const emptyForMs = 200
/** A video whose length nobody knows. */
const videoMaxMs = 900_000
const videoGraceMs = 15_000

const isVideo = ({ media }: ProgrammeEntry) => media?.type.startsWith('video/') === true

export const createPlayer = (parts: PlayerParts): Player => new LoopPlayer(parts)

class LoopPlayer implements Player {
  readonly interrupts: Interrupts
  readonly #parts: PlayerParts
  readonly #failed = new Map<string, number>()
  readonly #rows = new Map<Wish, Promise<number | undefined>>()
  #history: History
  #wake: () => void = () => {}
  #ahead: { readonly key: string; readonly scene: Promise<Scene | undefined> } | undefined
  #dueBy: number
  /** Of the loop, and on the screen for as long as nothing follows; undefined: what is there is to go. */
  #shown: ProgrammeEntry | undefined
  /** Of which items the hub was told that they cannot be shown. */
  readonly #told = new Set<string>()

  constructor(parts: PlayerParts) {
    this.#parts = parts
    this.#history = parts.history
    this.#dueBy = parts.time.elapsedMs()
    this.interrupts = createInterrupts({
      time: parts.time,
      onBegin: (wish) => this.#begin(wish),
      onEnd: (wish, shown) => void this.#end(wish, shown),
      onIdle: () => this.#leave(),
    })
  }

  start() {
    this.#showDefault('cut')
    void this.#run()
  }

  changed() {
    const named = new Set(this.#parts.programme()?.entries.map(({ item }) => item))
    for (const item of this.#told) if (!named.has(item)) this.#tellFailed(item, false)
    this.#wake()
  }

  owes() {
    const situation = this.#situation()
    return situation !== undefined && this.#history.balanceMs < 0 && canPayMandatory(situation)
  }

  idleForMs() {
    return this.interrupts.rank() === undefined ? this.#parts.time.elapsedMs() - this.#dueBy : 0
  }

  async #run() {
    for (;;) {
      try {
        await this.#turn()
      } catch (error) {
        this.#parts.complain('the loop failed', error)
        this.#parts.health.set('loop-failed', true)
        await pause(this.#parts.time, nothingForMs)
      }
    }
  }

  async #turn() {
    const { time, programme } = this.#parts
    this.#dueBy = time.elapsedMs()
    const choice = this.interrupts.rank() === undefined ? this.#choose() : undefined
    if (choice === undefined) {
      if (this.interrupts.rank() === undefined) this.#showDefault('fade')
      await this.#sleep(nothingForMs)
      return
    }
    const tooLong = time.after(emptyForMs, () => {
      if (!this.#mayStay()) this.#showDefault('cut')
    })
    const scene = await this.#prepared(choice)
    tooLong()
    if (scene === undefined) return
    // Something came in between: what is ready stays ready.
    if (this.interrupts.rank() !== undefined || !this.#mayShow(choice.entry)) {
      this.#ahead = { key: keyOf(choice), scene: Promise.resolve(scene) }
      await this.#sleep(0)
      return
    }
    await this.#play(choice, scene)
    this.#history = historyFor(this.#history, programme() ?? emptyProgramme)
  }

  async #play(choice: Choice, scene: Scene) {
    const { entry } = choice
    const { proof, stage, time } = this.#parts
    const { item, version, mandatory } = entry
    const isOwed = this.#canPay()
    const n = await proof.begin({ item, version, mandatory }).catch((error: unknown) => this.#unproved(error))
    if (this.interrupts.rank() !== undefined) {
      this.#ahead = { key: keyOf(choice), scene: Promise.resolve(scene) }
      if (n !== undefined) await proof.cancel(n)
      return
    }
    stage.show(scene, { kind: 'loop', item, version }, 'fade')
    this.#shown = entry
    const began = time.elapsedMs()
    const limitMs = isVideo(entry) ? this.#videoLimitMs(entry) : choice.showForMs
    this.#dueBy = began + limitMs
    const shown = { mandatory, place: choice.place }
    this.#lookAhead(this.#after({ ...shown, forMs: choice.showForMs }, isOwed))
    const ended = await this.#until(choice, scene, limitMs)
    if (ended === 'interrupted') this.#shown = undefined
    const forMs = time.elapsedMs() - began
    this.#remember(this.#after({ ...shown, forMs }, isOwed))
    if (ended === 'failed') this.#fail(entry)
    else if (ended === 'finished') this.#tellFailed(item, false)
    if (n !== undefined) await proof.end(n, ended, forMs).catch((error: unknown) => this.#unproved(error))
  }

  /** A video ends by itself; whatever it is, it ends when it may no longer be shown. */
  #videoLimitMs(entry: ProgrammeEntry) {
    const { media } = entry
    const lengthMs = media?.durationMs === undefined ? videoMaxMs : media.durationMs + videoGraceMs
    return Math.min(lengthMs, this.#mayRunForMs(entry))
  }

  #until({ entry }: Choice, scene: Scene, limitMs: number): Promise<PlayEnd> {
    const { time } = this.#parts
    return new Promise((resolve) => {
      const isCutShort = isVideo(entry)
      const began = time.elapsedMs()
      let cancel = time.after(limitMs, () => resolve(isCutShort ? 'interrupted' : 'finished'))
      const settle = (ended: PlayEnd) => {
        cancel()
        resolve(ended)
      }
      void scene.over?.then((ended) => {
        cancel()
        // Its last picture stays until it was long enough on the screen.
        const leftMs = ended === 'failed' ? 0 : shownAtLeastMs - (time.elapsedMs() - began)
        cancel = time.after(Math.max(0, leftMs), () => resolve(ended))
      })
      this.#wake = () => {
        if (this.interrupts.rank() !== undefined || !this.#mayShow(entry)) settle('interrupted')
      }
    })
  }

  #begin(wish: Wish) {
    const { stage, proof } = this.#parts
    stage.show(wish.scene, wish.frame)
    // It does not wait for the disk: whoever is called must see it. That it began is on record as a task.
    if (wish.playing !== undefined)
      this.#rows.set(
        wish,
        proof.begin(wish.playing).catch((error: unknown) => this.#unproved(error)),
      )
    this.#wake()
  }

  async #end(wish: Wish, { forMs, ended }: { forMs: number; ended: PlayEnd }) {
    const mandatory = wish.playing?.mandatory === true
    if (countsAsTime(wish.rank)) this.#remember(this.#after({ forMs, mandatory }, this.#canPay()))
    const row = this.#rows.get(wish)
    this.#rows.delete(wish)
    const n = await row
    if (n !== undefined)
      await this.#parts.proof.end(n, ended, forMs).catch((error: unknown) => this.#unproved(error))
  }

  /** What was cancelled is off the screen at once, whatever comes next. */
  #leave() {
    this.#parts.stage.show(emptyScene(), { kind: 'between' })
    this.#wake()
  }

  #showDefault(how: 'cut' | 'fade') {
    const { stage, defaultScene } = this.#parts
    if (stage.frame().kind !== 'default') stage.show(defaultScene(), { kind: 'default' }, how)
  }

  /** A moment longer, while the next is made ready: not what was taken off, or whose time is over. */
  #mayStay() {
    const { kind } = this.#parts.stage.frame()
    if (kind === 'loop') return this.#shown !== undefined && this.#mayShow(this.#shown)
    return kind !== 'between'
  }

  #situation() {
    const { programme, clock, time } = this.#parts
    const known = programme()
    if (known === undefined) return undefined
    const now = clock().at(time.now())
    return { programme: known, now, isReady: (entry: ProgrammeEntry) => this.#isReady(entry) }
  }

  #canPay() {
    const situation = this.#situation()
    return situation !== undefined && canPayMandatory(situation)
  }

  #choose = (history = this.#history) => {
    const situation = this.#situation()
    return situation === undefined ? undefined : chooseNext(situation, history)
  }

  #after(shown: Parameters<typeof afterShowing>[1], isOwed: boolean): History {
    const share = this.#parts.programme()?.mandatoryShare ?? 0
    return afterShowing(this.#history, shown, { share, isOwed })
  }

  #remember(history: History) {
    this.#history = history
    this.#parts.box.put(historyName, history, false).catch(() => {})
  }

  #isReady(entry: ProgrammeEntry) {
    const failedAt = this.#failed.get(keyOfFile(entry))
    const isFailed = failedAt !== undefined && this.#parts.time.elapsedMs() - failedAt < failedForMs
    return !isFailed && this.#parts.isReady(entry)
  }

  #mayRunForMs(entry: ProgrammeEntry) {
    const { clock, time } = this.#parts
    return mayRunForMs(entry, clock().at(time.now()))
  }

  #mayShow = (entry: ProgrammeEntry) => this.#parts.isReady(entry) && this.#mayRunForMs(entry) > 0

  async #prepared(choice: Choice): Promise<Scene | undefined> {
    const ahead = this.#ahead
    this.#ahead = undefined
    if (ahead?.key === keyOf(choice)) return ahead.scene
    void ahead?.scene.then((scene) => scene?.dispose())
    return this.#make(choice)
  }

  async #make({ entry }: Choice): Promise<Scene | undefined> {
    try {
      return await this.#parts.prepare(entry)
    } catch (error) {
      this.#parts.complain(`${entry.item} cannot be shown`, error)
      this.#fail(entry)
      return undefined
    }
  }

  #lookAhead(history: History) {
    const next = this.#choose(history)
    if (next !== undefined && this.#ahead === undefined)
      this.#ahead = { key: keyOf(next), scene: this.#make(next) }
  }

  #fail(entry: ProgrammeEntry) {
    const { time } = this.#parts
    for (const [key, at] of this.#failed) if (time.elapsedMs() - at > failedForMs) this.#failed.delete(key)
    this.#failed.set(keyOfFile(entry), time.elapsedMs())
    this.#tellFailed(entry.item, true)
  }

  #tellFailed(item: string, isSo: boolean) {
    if (isSo) this.#told.add(item)
    else this.#told.delete(item)
    this.#parts.health.set('media-failed', isSo, item)
  }

  /** Better unproved than not shown. */
  #unproved(error: unknown): undefined {
    this.#parts.complain('a play could not be recorded', error)
    this.#parts.health.set('proof-failed', true)
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#parts.time.after(ms, resolve)
      this.#wake = () => {
        cancel()
        resolve()
      }
    })
  }
}

const emptyProgramme: Programme = { timeZone: 'UTC', languages: ['zh'], mandatoryShare: 0, entries: [] }
const emptyScene = (): Scene => ({ element: element('div', { class: 'between' }), dispose: () => {} })
const keyOfFile = ({ item, version }: ProgrammeEntry) => `${item}/${version}`
/** A scene is for one entry as it stands. */
const keyOf = ({ entry }: Choice) => JSON.stringify(entry)
