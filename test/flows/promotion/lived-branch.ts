/**
 * A branch decided by the real engine, entry by entry, with promotion alone in it: what devices and people do comes as
 * entries, timers fall due in their order, and every task that ever was is kept. What of the library is in force is given
 * by the test, which puts `contentOf` in the place of the hub's own view of it.
 */
import { promotion } from '#flows/promotion/flow.ts'
import { request } from '#flows/request/flow.ts'
import { BranchFile } from '#hub/branch/file.ts'
import type { TaskRow } from '#hub/dispatch/rows.ts'
import type { Command, EntryBody } from '#hub/engine/entry.ts'
import { digestOf, openReplay } from '#hub/engine/replay.ts'
import { defaultSettings } from '#hub/engine/settings.ts'
import type { BranchState } from '#hub/engine/state.ts'
import type { DecisionRecord } from '#hub/engine/turn.ts'
import type { CapabilityName } from '#protocol/capabilities.ts'
import type { DeviceKind } from '#protocol/device-kinds.ts'
import type { EventName } from '#protocol/events.ts'
import type { ReportStatus } from '#protocol/messages.ts'
import type { ContentInForce } from '#protocol/model.ts'

/** An item's version that two people agreed to; `until`: past it, nothing of it may be shown. */
export interface InForce {
  readonly version: number
  readonly until: number
}

const shaOf = (item: string, version: number) => `${version}`.padEnd(64, item === 'poster-a' ? 'a' : 'b')

/** Beside the hub's own rows, so that it lives through a replay like them. */
const contentsKey = 'test-contents'

export const contentOf = (state: BranchState, at: number, item: string): ContentInForce | undefined => {
  const found = (state.meta.get(contentsKey)?.[item] ?? null) as InForce | null
  if (found === null || at > found.until) return undefined
  const { version } = found
  return {
    item,
    version,
    media: { sha256: shaOf(item, version), type: 'image/png', bytes: 1 },
    words: { zh: `${item} ${version}` },
  }
}

const zone = (id: string, kind: string, x: number) => ({ id, kind, title: id, at: { x, y: 0 } })

export const campaigns = [
  { id: 'deposit', product: 'deposit', item: 'poster-a', perDay: 3, perVisit: 1, holdoutShare: 0 },
  {
    id: 'card',
    product: 'card',
    item: 'poster-b',
    conflicts: ['deposit'],
    perVisit: 2,
    perDay: 5,
    holdoutShare: 0.3,
    channels: ['screen', 'ticket-slip'],
  },
  { id: 'fund', product: 'fund', words: { zh: '基金' }, needsPerson: true, perDay: 4, holdoutShare: 0 },
  { id: 'loan', product: 'loan', words: { zh: '贷款' }, segments: ['corporate'], holdoutShare: 0 },
  {
    id: 'morning',
    product: 'coffee',
    words: { zh: '早安' },
    zones: ['waiting'],
    hours: { from: '09:00', to: '09:04' },
    perDay: 2,
    holdoutShare: 0,
    channels: ['robot', 'screen'],
  },
]

const file = BranchFile.parse({
  branch: 'lived',
  title: 'Lived',
  timeZone: 'UTC',
  languages: ['zh'],
  zones: [zone('entrance', 'entrance', 0), zone('waiting', 'waiting', 10), zone('counters', 'counters', 20)],
  services: [
    { id: 'cash', title: 'Cash' },
    { id: 'coffee', title: 'Coffee' },
  ],
  counters: [{ id: 'c1', zone: 'counters', services: ['cash'], state: 'open' }],
  devices: [
    { id: 'camera-1', kind: 'camera', zone: 'entrance', title: 'Camera' },
    { id: 'screen-1', kind: 'screen', zone: 'waiting', title: 'Screen 1' },
    { id: 'screen-2', kind: 'screen', zone: 'waiting', title: 'Screen 2' },
    { id: 'robot-1', kind: 'robot', zone: 'waiting', title: 'Robot' },
    { id: 'kiosk-1', kind: 'kiosk', zone: 'waiting', title: 'Kiosk' },
    { id: 'tickets-1', kind: 'ticket-machine', zone: 'entrance', title: 'Tickets' },
  ],
  staff: [
    { id: 'ann', title: 'Ann', roles: ['adviser'], zone: 'waiting' },
    { id: 'ben', title: 'Ben', roles: ['adviser'], zone: 'waiting' },
  ],
  campaigns,
  flows: {
    promotion: {
      policy: {
        dwellMs: 1_000,
        pauseMs: 0,
        perVisitMax: 2,
        showForMs: 5_000,
        personNeedsMs: 30_000,
        silentWhenUnknown: false,
      },
    },
  },
})

const can: Readonly<Record<string, readonly [DeviceKind, readonly CapabilityName[], boolean]>> = {
  'screen-1': ['screen', ['promote', 'display'], true],
  'screen-2': ['screen', ['promote', 'display'], true],
  'robot-1': ['robot', ['promote'], false],
  'kiosk-1': ['kiosk', ['promote'], true],
  'tickets-1': ['ticket-machine', ['promote'], true],
}
export const devices = Object.keys(can)

/** 09:00 UTC on a Monday. */
const begins = Date.UTC(2026, 2, 2, 9)

export interface Decided {
  readonly at: number
  readonly body: EntryBody
  readonly decisions: readonly DecisionRecord[]
}

/** One entry, and what of the library is in force from it on. */
interface Written {
  readonly at: number
  readonly body: EntryBody
  readonly contents: Readonly<Record<string, InForce | null>> | null
}

export class LivedBranch {
  at = begins
  readonly #replay = openReplay({ flows: [promotion, request], settings: defaultSettings })
  readonly #written: Written[] = []
  /** Every task that ever was, as it stands or ended. */
  readonly tasks = new Map<string, TaskRow>()
  readonly #onDecided: (decided: Decided) => void

  constructor(onDecided: (decided: Decided) => void) {
    this.#onDecided = onDecided
  }

  get state(): BranchState {
    return this.#replay.state
  }

  open() {
    this.send({ kind: 'config', file, revision: 0, by: 'test' })
    for (const device of devices) {
      const [kind, capabilities, immediate] = can[device] ?? ['other', [], false]
      this.send({
        kind: 'manifest',
        device,
        manifest: {
          boot: 'b0000000',
          n: 1,
          kind,
          vendor: 'test',
          model: 'test',
          capabilities: Object.fromEntries(capabilities.map((name) => [name, { immediate }])),
        },
      })
      this.link(device, true)
    }
  }

  send(body: EntryBody, contents: Written['contents'] = null) {
    this.#written.push({ at: this.at, body, contents })
    const decisions = this.#decide(this.#replay, this.#written.length, { at: this.at, body, contents })
    for (const task of this.state.endedTasks.values()) this.tasks.set(task.id, task)
    for (const task of this.state.tasks.values()) this.tasks.set(task.id, task)
    this.#replay.rows.settle()
    this.#onDecided({ at: this.at, body, decisions })
  }

  #decide(replay: ReturnType<typeof openReplay>, seq: number, { at, body, contents }: Written) {
    if (contents !== null) replay.state.meta.put(contentsKey, contents)
    return replay.decide({ branch: 'lived', epoch: 1, seq, at, body })
  }

  event(device: string, name: EventName, data: Record<string, unknown>) {
    this.send({ kind: 'event', device, name, data })
  }

  command(command: Command) {
    this.send({ kind: 'command', command })
  }

  link(device: string, isOnline: boolean) {
    this.send({
      kind: 'presence',
      device,
      presence: { boot: 'b0000000', n: 1, status: isOnline ? 'online' : 'lost' } as never,
    })
  }

  /** A command of the content library, as the hub takes it: what is in force is another from this entry on. */
  putInForce(item: string, inForce: InForce | null) {
    const before = (this.state.meta.get(contentsKey) ?? {}) as Record<string, InForce | null>
    this.send({ kind: 'command', command: { name: 'resume', by: 'ann' } }, { ...before, [item]: inForce })
  }

  report(task: TaskRow, number: number, said: { status: ReportStatus; result?: Record<string, string> }) {
    const attempt = task.attempts.find((one) => one.number === number)
    if (attempt === undefined) return
    const { member } = attempt
    if (member.startsWith('person/')) {
      const status = said.status === 'progress' || said.status === 'cancelled' ? 'failed' : said.status
      if (status === 'not-started') return
      this.command({
        name: 'task.report',
        task: task.id,
        by: member.slice('person/'.length),
        status,
        note: null,
      })
      return
    }
    const report = { boot: 'b0000000', n: 1, attempt: number, epoch: 1, ...said }
    this.send({ kind: 'report', device: member, task: task.id, report: report as never })
  }

  /** Lets time pass; what falls due becomes an entry at its deadline. */
  wait(ms: number) {
    const until = this.at + ms
    for (;;) {
      const due = this.#replay.due.next(until)
      if (due === undefined) break
      this.at = Math.max(this.at, due.deadline)
      this.send({ kind: 'timer', owner: due.owner, name: due.name, deadline: due.deadline })
    }
    this.at = until
  }

  digest(): string {
    return digestOf(this.#replay.rows)
  }

  /** The same entries decided once more, from nothing. */
  digestAgain(): string {
    const again = openReplay({ flows: [promotion, request], settings: defaultSettings })
    for (const [index, written] of this.#written.entries()) {
      this.#decide(again, index + 1, written)
      again.rows.settle()
    }
    return digestOf(again.rows)
  }
}
