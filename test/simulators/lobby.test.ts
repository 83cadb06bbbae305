/** The lobby shows a branch at work within its first minute, keeps to the contract, and goes on without end. */
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { flows } from '#flows/index.ts'
import { BranchFile } from '#hub/branch/file.ts'
import { type EventName, events } from '#protocol/events.ts'
import type { JournalEntry } from '#simulators/devices/journal-entry.ts'
import type { Answer, Question } from '#simulators/devices/ports.ts'
import type { FleetDevice } from '#simulators/fleet.ts'
import { createLobby } from '#simulators/lobby/lobby.ts'
import { demoWorld } from '#simulators/lobby/world.ts'
import { createFakeClock } from './support/fake-clock.ts'

interface Sensed {
  readonly atMs: number
  readonly device: string
  readonly name: EventName
  readonly data: Record<string, unknown>
}

const visit = async (forMs: number, seed: number) => {
  const clock = createFakeClock()
  const startedAt = clock.now()
  const sensed: Sensed[] = []
  const used: { kiosk: string; ticket: string | undefined }[] = []
  const listeners = new Map<string, (entry: JournalEntry) => void>()
  const lobby = createLobby({ world: demoWorld, clock, seed })
  const tell = (device: string, entry: object) =>
    listeners.get(device)?.({ at: clock.now(), device, boot: 'b', ...entry } as JournalEntry)
  const devices = demoWorld.members.map(
    ({ id, kind }): FleetDevice => ({
      id,
      kind,
      sense: (name, data) =>
        void sensed.push({ atMs: clock.now() - startedAt, device: id, name, data: { ...data } }),
      use({ forMs, ticket }) {
        used.push({ kiosk: id, ticket })
        const who = ticket === undefined ? {} : { ticket }
        clock.after(forMs, () => tell(id, { kind: 'session', state: 'finished', ...who }))
      },
      listen: (listener) => void listeners.set(id, listener),
    }),
  )
  lobby.start(devices)
  const ask = (question: Question) => new Promise<Answer>((resolve) => lobby.people.ask(question, resolve))
  const named = (name: EventName) => sensed.filter((one) => one.name === name)
  const ticketed = (ticket: string, action: 'hold' | 'restore' | 'release') =>
    tell(demoWorld.ticketMachine, { kind: 'ticketed', ticket, action, task: 't', attempt: 1, epoch: 1 })
  await clock.pass(forMs)
  return { clock, lobby, sensed, used, named, ask, ticketed }
}

const waitingFor = (snapshots: readonly Sensed[], service: string) =>
  snapshots
    .filter(({ data }) => data['service'] === service)
    .map(({ atMs, data }) => [atMs, Number(data['waiting'])])

describe('the first minute', () => {
  let minute: Awaited<ReturnType<typeof visit>>
  beforeAll(async () => {
    minute = await visit(60_000, 1)
  })

  test('somebody comes in at once, to be greeted, and stays long enough for it', () => {
    const first = minute.named('visitor.detected').find(({ data }) => data['zone'] === 'entrance')
    expect(first?.atMs).toBeLessThan(5_000)
    const moved = minute.named('visitor.moved').find(({ data }) => data['track'] === first?.data['track'])
    expect((moved?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThan(8_000)
  })

  test('it is calm while people dwell, for promotions, and rises to a rush, for diversions', () => {
    const dwell = minute.named('zone.dwell')
    expect(dwell.filter(({ atMs }) => atMs < 25_000).length).toBeGreaterThanOrEqual(3)
    const waiting = waitingFor(minute.named('queue.snapshot'), 'card')
    expect(
      Math.max(...waiting.filter(([atMs = 0]) => atMs < 28_000).map(([, count = 0]) => count)),
    ).toBeLessThan(3)
    expect(Math.max(...waiting.map(([, count = 0]) => count))).toBeGreaterThanOrEqual(5)
  })

  test('a ticket joins the track under the camera', () => {
    const [ticket] = minute.named('ticket.issued')
    const tracks = minute.named('visitor.detected').map(({ data }) => data['track'])
    expect(tracks).toContain(ticket?.data['track'])
    expect(ticket?.data['camera']).toBe(demoWorld.hallCamera)
  })

  test('who accepts an offer walks to that kiosk and uses it; their ticket is held and not called', async () => {
    const { clock, named, ask, ticketed } = minute
    const waiting = named('queue.snapshot').findLast(({ data }) => data['service'] === 'card')
    const tickets = ((waiting?.data['tickets'] ?? []) as { ticket: string }[]).map(({ ticket }) => ticket)
    const offer = async (ticket: string) => {
      const question = { kind: 'offer', device: 'screen-waiting-1', ticket, service: 'card' } as const
      const [answer] = await Promise.all([ask({ ...question, kiosk: 'kiosk-2' }), clock.pass(3_000)])
      return answer.offer
    }
    const accepted = tickets.at(-1) ?? ''
    expect(await offer(accepted)).toBe('accepted')
    ticketed(accepted, 'hold')
    const issued = named('ticket.issued').find(({ data }) => data['ticket'] === accepted)
    await clock.pass(8_000)
    const moves = named('visitor.moved').filter(({ data }) => data['track'] === issued?.data['track'])
    expect(moves.at(-1)?.data['zone']).toBe('kiosks')
    expect(minute.used).toContainEqual({ kiosk: 'kiosk-2', ticket: accepted })
    await clock.pass(120_000)
    expect(named('ticket.called').map(({ data }) => data['ticket'])).not.toContain(accepted)
    const left = named('visitor.left').map(({ data }) => data['track'])
    expect(left).toContain(issued?.data['track'])
  })
})

describe('any hour', () => {
  let hour: Awaited<ReturnType<typeof visit>>
  beforeAll(async () => {
    hour = await visit(3_600_000, 7)
  })

  test('every event keeps to the contract', () => {
    for (const { name, data } of hour.sensed) events[name].parse(data)
  })

  test('it goes on, varied, and nobody is left behind', () => {
    const came = hour.named('visitor.detected')
    expect(came.length).toBeGreaterThan(200)
    expect(came.at(-1)?.atMs).toBeGreaterThan(3_550_000)
    expect(hour.lobby.present()).toBeLessThan(29)
    expect(came.length - hour.named('visitor.left').length).toBe(hour.lobby.present())
    const services = new Set(hour.named('ticket.issued').map(({ data }) => data['service']))
    expect(services.size).toBe(demoWorld.services.length)
    expect(hour.named('visitor.checked-in').length).toBeGreaterThan(0)
  })

  test('rushes come back, and calm in between', () => {
    const waiting = waitingFor(hour.named('queue.snapshot'), 'card')
    const minutes = Array.from({ length: 60 }, (_, minute) =>
      Math.max(
        ...waiting.filter(([atMs = 0]) => Math.floor(atMs / 60_000) === minute).map(([, count = 0]) => count),
      ),
    )
    expect(minutes.filter((count) => count >= 5).length).toBeGreaterThan(5)
    expect(minutes.filter((count) => count <= 2).length).toBeGreaterThan(5)
  })

  test('a ticket is issued once, called at most once, and ends at most once', () => {
    for (const name of ['ticket.issued', 'ticket.called', 'ticket.ended'] as const) {
      const tickets = hour.named(name).map(({ data }) => data['ticket'])
      expect(new Set(tickets).size).toBe(tickets.length)
    }
  })

  test('the same seed is the same day, another seed another', async () => {
    const day = async (seed: number) => JSON.stringify((await visit(120_000, seed)).sensed)
    expect(await day(3)).toBe(await day(3))
    expect(await day(3)).not.toBe(await day(4))
  })
})

describe('the branch file of the demonstration', () => {
  const file = BranchFile.parse(
    parse(readFileSync(new URL('../../simulators/branches/demo.yaml', import.meta.url), 'utf8')),
  )
  const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id).toSorted()

  test('declares what the lobby plays with', () => {
    expect(file.branch).toBe(demoWorld.branch)
    const simulated = file.devices.filter(({ id }) => id !== 'tester-1')
    expect(simulated.map(({ id, kind }) => `${id} ${kind}`).toSorted()).toEqual(
      demoWorld.members.map(({ id, kind }) => `${id} ${kind}`).toSorted(),
    )
    expect(ids(file.services)).toEqual(ids(demoWorld.services))
    for (const { id, kioskMs } of demoWorld.services)
      expect(file.services.find((one) => one.id === id)?.selfService).toBe(kioskMs !== undefined)
    for (const counter of demoWorld.counters)
      expect(file.counters.find(({ id }) => id === counter.id)).toMatchObject({
        services: counter.services,
        state: counter.open ? 'open' : 'closed',
      })
  })

  test('sets its flows as their policies allow', () => {
    for (const [id, { policy }] of Object.entries(file.flows)) {
      const flow = flows.find((one) => one.id === id)
      expect(flow?.policy.safeParse(policy).error, id).toBeUndefined()
    }
  })

  test('says everything in Chinese and English, and every place is in a zone', () => {
    const titled = [file, ...file.zones, ...file.services, ...file.devices, ...file.staff]
    for (const { title } of titled) expect(Object.keys(title).toSorted()).toEqual(['en', 'zh'])
    for (const { words } of file.campaigns) expect(Object.keys(words).toSorted()).toEqual(['en', 'zh'])
    const zones = ids(file.zones)
    for (const { zone } of [...file.places, ...file.devices, ...file.staff]) expect(zones).toContain(zone)
    const places = ids(file.places)
    for (const { place } of file.devices) if (place !== undefined) expect(places).toContain(place)
  })
})
