/** One device on a fake clock and a fake line, and the hub's messages to write to it. */
import type { Manifest } from '#protocol/messages.ts'
import type { BehaviourInput } from '#simulators/devices/behaviour.ts'
import { createChance } from '#simulators/devices/chance.ts'
import { createDevice } from '#simulators/devices/device.ts'
import { createMemoryJournal } from '#simulators/devices/journal.ts'
import type { EntryKind } from '#simulators/devices/journal-entry.ts'
import type { SimulatedKind } from '#simulators/devices/kinds.ts'
import type { Journal, People } from '#simulators/devices/ports.ts'
import { createFakeClock } from './fake-clock.ts'
import { createFakeHub } from './fake-hub.ts'

export const createRig = (
  kind: SimulatedKind,
  behaviour: BehaviourInput = {},
  more: { journal?: Journal; boot?: string; seed?: number; people?: People } = {},
) => {
  const id = `${kind}-1`
  const clock = createFakeClock()
  const hub = createFakeHub('demo', id)
  const journal = more.journal ?? createMemoryJournal()
  const deaths: string[] = []
  const device = createDevice({
    kind,
    id,
    branch: 'demo',
    boot: more.boot ?? 'boot-1',
    transport: hub.transport,
    clock,
    chance: createChance(more.seed ?? 1),
    journal,
    behaviour,
    onDeath: () => deaths.push(id),
    ...(more.people !== undefined && { people: more.people }),
  })
  device.start()
  hub.up()
  const log = (...wanted: EntryKind[]) => journal.entries().filter((entry) => wanted.includes(entry.kind))
  const manifest = () =>
    hub.sent.find(({ topic }) => topic.endsWith('/manifest'))?.body as Manifest | undefined
  return { id, clock, hub, journal, device, deaths, log, manifest }
}

const zh = { language: 'zh', text: '您好，欢迎光临' }
const en = { language: 'en', text: 'Welcome' }

export const commands: Record<string, Record<string, unknown>> = {
  greet: { visit: 'v-1', at: { zone: 'entrance' }, words: [zh, en], party: 1, askIntent: false },
  guide: { visit: 'v-1', to: { zone: 'kiosks' }, words: [en] },
  announce: { at: { zone: 'waiting' }, words: [en] },
  display: { content: { template: 'plain', words: [zh, en] }, showForMs: 5_000 },
  promote: {
    campaign: 'autumn',
    product: 'savings',
    visit: 'v-1',
    at: { zone: 'waiting' },
    content: { template: 'promotion', words: [en] },
    showForMs: 8_000,
  },
  'offer-service': {
    ticket: 'A012',
    service: 'card',
    to: { zone: 'kiosks' },
    content: { template: 'diversion', words: [en] },
  },
  dock: { to: { place: 'charger-1' }, charge: true },
  'manage-ticket': { ticket: 'A012', service: 'cash', action: 'hold' },
}

export const offer = (capability: string, more: object = {}) => ({
  kind: 'offer',
  task: 't-1',
  attempt: 1,
  epoch: 1,
  capability,
  command: commands[capability] ?? {},
  priority: 4,
  ackWithinMs: 1_000,
  startWithinMs: 5_000,
  runWithinMs: 60_000,
  start: false,
  sentAt: 1_000_000,
  ...more,
})

export const start = (more: object = {}) => ({
  kind: 'start',
  task: 't-1',
  attempt: 1,
  epoch: 1,
  startWithinMs: 5_000,
  runWithinMs: 60_000,
  sentAt: 1_000_000,
  ...more,
})

export const cancel = (more: object = {}) => ({
  kind: 'cancel',
  task: 't-1',
  attempt: 1,
  epoch: 1,
  reason: 'visitor-left',
  sentAt: 1_000_000,
  ...more,
})
