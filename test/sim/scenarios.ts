/** One short story for each shipped flow, played by simulated devices and people who behave. */
import type { StoredLibrary } from '#hub/engine/open-engine.ts'
import type { BehaviourInput } from '#simulators/devices/behaviour.ts'
import type { Stage } from './stage.ts'

export interface Scenario {
  readonly name: string
  /** Flows that must have made a task in it: a story in which nothing happens proves nothing. */
  readonly tasksOf: readonly string[]
  readonly untilMs: number
  readonly behaviour?: Readonly<Record<string, BehaviourInput>>
  /** Versions of flows that are deployed in it. */
  readonly library?: StoredLibrary
  play(stage: Stage): void
}

const sense = (stage: Stage, device: string) => stage.device(device).device()

/** Late enough for every device to have come up. */
const dawnMs = 2_000

const enters = (stage: Stage, atMs: number, track: string) =>
  stage.clock.at(atMs, () =>
    sense(stage, 'camera-1').sense('visitor.detected', { zone: 'entrance', track, direction: 'in' }),
  )

const takesTicket = (stage: Stage, atMs: number, who: { track: string; ticket: string; service: string }) =>
  stage.clock.at(atMs, () => {
    sense(stage, 'camera-1').sense('visitor.moved', { track: who.track, zone: 'waiting' })
    // After a moment in which even an interrupted camera has told: the act joins ticket and visit.
    stage.clock.at(atMs + 2_000, () =>
      sense(stage, 'tickets-1').sense('ticket.issued', { ...who, camera: 'camera-1' }),
    )
  })

/** The queue of the service `card`; nobody waits for the other. */
const queueNews = (
  stage: Stage,
  atMs: number,
  { waiting, longestWaitMs }: { waiting: number; longestWaitMs?: number },
) =>
  stage.clock.at(atMs, () => {
    const about = {
      waiting,
      announcedWaitMs: waiting * 120_000,
      countersOpen: 1,
      ...(longestWaitMs !== undefined && { longestWaitMs }),
    }
    sense(stage, 'tickets-1').sense('queue.snapshot', { service: 'card', ...about })
    sense(stage, 'tickets-1').sense('queue.snapshot', { service: 'cash', waiting: 0, announcedWaitMs: 0 })
  })

/** The person asked takes the newest task at that moment, and finishes it a little later. */
const staffServes = (stage: Stage, atMs: number) => {
  const report = (status: 'accepted' | 'done') => () => {
    const tasks = stage.hub()?.engine.state.tasks.values() ?? []
    for (const task of tasks.toSorted((a, b) => (a.intent.ref < b.intent.ref ? -1 : 1))) {
      const attempt = task.attempts.at(-1)
      if (attempt?.member.startsWith('person/') !== true || attempt.endedAt !== null) continue
      const by = attempt.member.slice('person/'.length)
      return { name: 'task.report', task: task.id, by, status, note: null } as const
    }
    return undefined
  }
  stage.command(atMs, report('accepted'))
  stage.command(atMs + 4_000, report('done'))
}

const greeting: Scenario = {
  name: 'two visitors come in, one after the other, and one who has booked checks in',
  tasksOf: ['greeting'],
  untilMs: 60_000,
  play: (stage) => {
    enters(stage, dawnMs, 't1')
    enters(stage, dawnMs + 20_000, 't2')
    stage.clock.at(dawnMs + 32_000, () =>
      sense(stage, 'tickets-1').sense('visitor.checked-in', {
        track: 't2',
        camera: 'camera-1',
        booked: true,
        priority: true,
      }),
    )
    staffServes(stage, dawnMs + 38_000)
  },
}

const diversion: Scenario = {
  name: 'a long queue: the last one is invited to a kiosk, accepts, goes there and finishes',
  tasksOf: ['diversion-invitation'],
  untilMs: 150_000,
  play: (stage) => {
    for (let index = 0; index < 8; index++) {
      takesTicket(stage, dawnMs + index * 300, { track: `t${index}`, ticket: `A00${index}`, service: 'card' })
    }
    for (let atMs = dawnMs + 4_000; atMs < 140_000; atMs += 12_000) queueNews(stage, atMs, { waiting: 8 })
    staffServes(stage, dawnMs + 45_000)
    stage.clock.at(100_000, () => {
      const held = stage
        .hub()
        ?.engine.state.tickets.values()
        .find((ticket) => ticket.state === 'held')
      const kiosk = held?.marks['diversion.kiosk']
      if (held === undefined || typeof kiosk !== 'string') return
      sense(stage, kiosk).use({ forMs: 10_000, service: 'card', ticket: held.id })
    })
  },
}

const promotion: Scenario = {
  name: 'somebody waits before a screen while no queue presses',
  tasksOf: ['promotion'],
  untilMs: 90_000,
  play: (stage) => {
    enters(stage, dawnMs, 't1')
    for (let atMs = dawnMs + 1_000; atMs < 80_000; atMs += 12_000) queueNews(stage, atMs, { waiting: 0 })
    stage.clock.at(dawnMs + 16_000, () =>
      sense(stage, 'camera-1').sense('visitor.moved', { track: 't1', zone: 'waiting' }),
    )
    for (const afterMs of [45_000, 60_000]) {
      stage.clock.at(dawnMs + afterMs, () =>
        sense(stage, 'camera-1').sense('zone.dwell', {
          zone: 'waiting',
          track: 't1',
          dwellMs: afterMs - 16_000,
        }),
      )
    }
  },
}

const assistance: Scenario = {
  name: 'help is asked at a kiosk; a member of staff comes',
  tasksOf: ['assistance'],
  untilMs: 60_000,
  play: (stage) => {
    stage.clock.at(dawnMs, () =>
      sense(stage, 'kiosk-1').sense('help.requested', { zone: 'kiosks', reason: 'card-stuck' }),
    )
    staffServes(stage, dawnMs + 10_000)
  },
}

const crowding: Scenario = {
  name: 'the waiting area fills above its limit and empties again',
  tasksOf: ['crowding'],
  untilMs: 100_000,
  play: (stage) => {
    const count = (atMs: number, people: number) =>
      stage.clock.at(atMs, () =>
        sense(stage, 'camera-1').sense('zone.count', { zone: 'waiting', count: people }),
      )
    for (let atMs = dawnMs; atMs < 40_000; atMs += 10_000) count(atMs, 20)
    for (let atMs = 40_000; atMs < 90_000; atMs += 10_000) count(atMs, 2)
    staffServes(stage, dawnMs + 35_000)
  },
}

const vacancy: Scenario = {
  name: 'a counter stands empty while people wait',
  tasksOf: ['counter-vacancy'],
  untilMs: 200_000,
  play: (stage) => {
    stage.clock.at(dawnMs, () =>
      sense(stage, 'tickets-1').sense('counter.changed', { counter: 'c1', state: 'open', staffed: false }),
    )
    for (let index = 0; index < 4; index++) {
      takesTicket(stage, dawnMs + index * 300, { track: `t${index}`, ticket: `B00${index}`, service: 'card' })
    }
    for (let atMs = dawnMs + 4_000; atMs < 190_000; atMs += 15_000)
      queueNews(stage, atMs, { waiting: 4, longestWaitMs: 400_000 })
  },
}

const deviceCare: Scenario = {
  name: 'a robot runs low and is sent to its charger',
  tasksOf: ['device-care'],
  untilMs: 60_000,
  behaviour: { 'robot-1': { battery: { percent: 9, drainPerMinute: 1 } } },
  play: () => undefined,
}

const emergency: Scenario = {
  name: 'an emergency is declared while a greeting runs, and ended by hand',
  tasksOf: ['emergency', 'greeting'],
  untilMs: 90_000,
  play: (stage) => {
    enters(stage, dawnMs, 't1')
    stage.command(dawnMs + 2_000, { name: 'mode', mode: 'emergency', by: 'mei' })
    stage.command(dawnMs + 40_000, { name: 'end-emergency', by: 'mei' })
  },
}

export const scenarios: readonly Scenario[] = [
  greeting,
  diversion,
  promotion,
  assistance,
  crowding,
  vacancy,
  deviceCare,
  emergency,
]
