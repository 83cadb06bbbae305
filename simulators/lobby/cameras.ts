/**
 * What the cameras make of the people: one follows them as tracks, the others count. They miss people, see some twice,
 * take two for each other, and break.
 */
import type { EventData, EventName } from '#protocol/events.ts'
import type { Crowd } from './crowd.ts'
import type { DayClock } from './day-clock.ts'
import type { Draw } from './draws.ts'
import type { Scenario } from './scenario.ts'
import type { Trouble } from './scenario-schema.ts'
import type { Visitor } from './visitor.ts'

export interface Cameras {
  start(): void
  comes(visitor: Visitor): void
  moves(visitor: Visitor): void
  leaves(visitor: Visitor): void
  /** Under which track an act of theirs is seen. */
  seenAs(visitor: Visitor): { readonly track?: string; readonly camera?: string }
  visitorOf(track: string): Visitor | undefined
  setBlind(camera: string, blind: boolean): void
  flood(trouble: Extract<Trouble, { kind: 'flood' }>, flooding: boolean): void
}

interface Deps {
  readonly scenario: Scenario
  readonly clock: DayClock
  readonly draw: Draw
  readonly crowd: Crowd
  /** Tracks of an earlier life of this lobby mean somebody else. */
  readonly trackPrefix: string
  /** Somebody hears them: without, they need no timers. */
  readonly isHeard: boolean
  readonly sense: <N extends EventName>(device: string, name: N, data: EventData<N>) => void
  readonly stream: (device: string, name: string, data: object) => void
}

export const createCameras = (deps: Deps): Cameras => new Watching(deps)

const ghostAfterMs = 300
const ghostStaysMs = 2_500

class Watching implements Cameras {
  readonly #deps: Deps
  readonly #tracking: string | undefined
  readonly #counting: readonly { readonly camera: string; readonly zones: readonly string[] }[]
  readonly #tracks = new Map<string, Visitor>()
  readonly #blind = new Set<string>()
  readonly #told = new Map<string, { readonly count: number; readonly atMs: number }>()
  readonly #floods = new Map<Trouble, boolean>()
  #ghosts = 0

  constructor(deps: Deps) {
    this.#deps = deps
    const { branch, cameras } = deps.scenario
    const all = branch.devices.filter(({ kind }) => kind === 'camera')
    this.#tracking = cameras.tracking ?? all[0]?.id
    this.#counting = all.map(({ id, zone }) => ({
      camera: id,
      zones: cameras.counts[id] ?? (zone === undefined ? [] : [zone]),
    }))
  }

  start() {
    const { clock, scenario } = this.#deps
    const every = (seconds: number, call: () => void) => {
      call()
      clock.after(seconds * 1_000, () => every(seconds, call))
    }
    every(scenario.cameras.countSeconds, () => this.#tellCounts())
    if (scenario.cameras.positionsSeconds > 0)
      every(scenario.cameras.positionsSeconds, () => this.#streamPositions())
  }

  comes(visitor: Visitor) {
    const { arrival, zone } = visitor
    const { trackPrefix, scenario, draw } = this.#deps
    const party = arrival.party > 1 ? { count: arrival.party } : {}
    if (arrival.grade === 'counted') {
      const door = this.#counting.find(
        ({ camera, zones }) => camera !== this.#tracking && zones.includes(zone),
      )
      this.#see(door?.camera ?? this.#tracking, 'visitor.detected', { zone, direction: 'in', ...party })
      return
    }
    if (arrival.grade === 'missed') return
    const direction = arrival.seated ? 'unknown' : 'in'
    this.#follow(visitor, `${trackPrefix}${arrival.key}`)
    this.#see(this.#tracking, 'visitor.detected', {
      zone,
      track: `${trackPrefix}${arrival.key}`,
      direction,
      ...party,
    })
    this.#dwell(visitor, 0)
    if (draw(arrival.key, 'double') < scenario.cameras.doubleShare) this.#seeTwice(visitor)
  }

  moves(visitor: Visitor) {
    const { scenario, draw, trackPrefix } = this.#deps
    const { zone, arrival } = visitor
    if (visitor.track === undefined) {
      // Who was missed at the door may be seen further in.
      if (
        arrival.grade !== 'missed' ||
        draw(arrival.key, `seen in ${zone}`) >= scenario.cameras.seenLaterShare
      )
        return
      this.#follow(visitor, `${trackPrefix}${arrival.key}`)
      this.#see(this.#tracking, 'visitor.detected', {
        zone,
        track: `${trackPrefix}${arrival.key}`,
        direction: 'unknown',
      })
    } else {
      if (draw(arrival.key, `swapped in ${zone}`) < scenario.cameras.swappedShare) this.#swap(visitor)
      this.#see(this.#tracking, 'visitor.moved', { track: visitor.track, zone })
    }
    this.#dwell(visitor, 0)
  }

  leaves(visitor: Visitor) {
    const { track } = visitor
    if (track === undefined) return
    this.#tracks.delete(track)
    this.#see(this.#tracking, 'visitor.left', { track })
  }

  seenAs({ track }: Visitor) {
    return track === undefined || this.#tracking === undefined || this.#blind.has(this.#tracking)
      ? {}
      : { track, camera: this.#tracking }
  }

  visitorOf(track: string) {
    return this.#tracks.get(track)
  }

  setBlind(camera: string, blind: boolean) {
    if (blind) this.#blind.add(camera)
    else this.#blind.delete(camera)
  }

  flood(trouble: Extract<Trouble, { kind: 'flood' }>, flooding: boolean) {
    this.#floods.set(trouble, flooding)
    const { clock, trackPrefix } = this.#deps
    const next = () => {
      if (this.#floods.get(trouble) !== true) return
      this.#ghosts += 1
      this.#see(trouble.camera, 'visitor.detected', {
        zone: trouble.zone,
        track: `${trackPrefix}ghost-${this.#ghosts}`,
        direction: 'in',
      })
      clock.after(1_000 / trouble.perSecond, next)
    }
    if (flooding) next()
  }

  #follow(visitor: Visitor, track: string) {
    visitor.track = track
    this.#tracks.set(track, visitor)
  }

  /** The tracker begins a second track, and finds out or loses it. */
  #seeTwice(visitor: Visitor) {
    const { clock, draw, trackPrefix, scenario } = this.#deps
    const { key } = visitor.arrival
    const track = `${trackPrefix}${key}-again`
    const { zone } = visitor
    const into = `${trackPrefix}${key}`
    // Whoever is addressed by it is the same person: a second greeting of theirs is one too many.
    this.#tracks.set(track, visitor)
    clock.after(ghostAfterMs, () =>
      this.#see(this.#tracking, 'visitor.detected', { zone, track, direction: 'in' }),
    )
    clock.after(ghostStaysMs, () => {
      if (draw(key, 'merged') < scenario.cameras.doubleFoundShare)
        this.#see(this.#tracking, 'visitor.merged', { track, into })
      else this.#see(this.#tracking, 'visitor.left', { track })
    })
  }

  #swap(visitor: Visitor) {
    const own = visitor.track
    for (const other of this.#deps.crowd.in(visitor.zone)) {
      const theirs = other.track
      if (other === visitor || theirs === undefined || own === undefined) continue
      this.#follow(other, own)
      this.#follow(visitor, theirs)
      return
    }
  }

  #dwell(visitor: Visitor, index: number) {
    const { clock, scenario } = this.#deps
    const { dwellSeconds } = scenario.cameras
    const seconds = dwellSeconds[index]
    if (seconds === undefined || !this.#deps.isHeard) return
    const { zone, moves } = visitor
    clock.after((seconds - (dwellSeconds[index - 1] ?? 0)) * 1_000, () => {
      if (visitor.moves !== moves || visitor.isGone || visitor.track === undefined) return
      this.#see(this.#tracking, 'zone.dwell', { zone, track: visitor.track, dwellMs: seconds * 1_000 })
      this.#dwell(visitor, index + 1)
    })
  }

  /** A changed count at once, an unchanged one now and then. */
  #tellCounts() {
    const { crowd, clock, scenario } = this.#deps
    const now = clock.now()
    for (const { camera, zones } of this.#counting)
      for (const zone of zones) {
        const count = crowd.count(zone)
        const told = this.#told.get(`${camera} ${zone}`)
        const isOld = now - (told?.atMs ?? 0) >= scenario.cameras.unchangedSeconds * 1_000
        if (told?.count === count && !isOld) continue
        this.#told.set(`${camera} ${zone}`, { count, atMs: now })
        this.#see(camera, 'zone.count', { zone, count })
      }
  }

  #streamPositions() {
    const { crowd, stream } = this.#deps
    if (this.#tracking === undefined || this.#blind.has(this.#tracking)) return
    const people: object[] = []
    for (const visitor of crowd.all())
      if (visitor.track !== undefined) people.push({ track: visitor.track, ...rounded(visitor.position()) })
    stream(this.#tracking, 'positions', { people })
  }

  #see<N extends EventName>(camera: string | undefined, name: N, data: EventData<N>) {
    if (camera !== undefined && !this.#blind.has(camera)) this.#deps.sense(camera, name, data)
  }
}

const rounded = ({ x, y }: { x: number; y: number }) => ({
  x: Math.round(x * 100) / 100,
  y: Math.round(y * 100) / 100,
})
