/** A branch to ask questions about: the real engine with the shipped flows, on a store in memory, in time that is told. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rehearseInThread } from '#cli/what-if/rehearse.ts'
import { flows } from '#flows/index.ts'
import type { BranchFile } from '#hub/branch/file.ts'
import { parseBranchFile } from '#hub/branch/load.ts'
import { createPolicyParser } from '#hub/branch/policies.ts'
import type { EntryBody } from '#hub/engine/entry.ts'
import { type Engine, openEngine } from '#hub/engine/open-engine.ts'
import { defaultSettings } from '#hub/engine/settings.ts'
import type { LookParts } from '#hub/look/parts.ts'
import { createMemoryStore } from '#hub/store/memory-store.ts'
import type { EventName } from '#protocol/events.ts'
import type { Report } from '#protocol/messages.ts'
import { createTestClock, type TestClock } from '../support/clock.ts'

export interface LookLab {
  readonly parts: LookParts
  readonly engine: Engine
  readonly clock: TestClock
  readonly bugs: readonly unknown[]
  send(body: EntryBody): Promise<{ readonly seq: number | null }>
  event(
    device: string,
    name: EventName,
    data: Record<string, unknown>,
  ): Promise<{ readonly seq: number | null }>
  /** It is there, and can greet. */
  bringRobot(device?: string): Promise<void>
  /** What it reports about its newest task. */
  report(device: string, report: Omit<Report, 'attempt' | 'epoch'>): Promise<void>
  /** Lets so much time pass; what came due has been decided then. */
  pass(ms: number): Promise<void>
  stop(): Promise<void>
}

export const labBranch = 'north-gate'

/** As much of a branch as questions need. */
export const labFile = `
branch: ${labBranch}
title: { zh: 北门支行, en: North Gate }
timeZone: Asia/Shanghai
languages: [zh, en]
zones:
  - { id: entrance, kind: entrance, title: { zh: 入口, en: Entrance }, at: { x: 0, y: 0 } }
  - { id: waiting, kind: waiting, title: { zh: 等候区, en: Waiting area }, limit: 20, at: { x: 5, y: 0 } }
  - { id: counters, kind: counters, at: { x: 9, y: 0 } }
places:
  - { id: dock-1, zone: entrance, kind: charger, at: { x: 1, y: 1 } }
services:
  - { id: cash, title: { zh: 现金, en: Cash }, serviceMs: 240000 }
counters:
  - { id: c1, services: [cash], zone: counters, state: open }
  - { id: c2, services: [cash], zone: counters }
devices:
  - { id: robot-1, kind: robot, title: { zh: 小智, en: Pepper }, zone: entrance, place: dock-1 }
  - { id: camera-1, kind: camera, zone: entrance }
  - { id: tickets-1, kind: ticket-machine, zone: entrance }
staff:
  - { id: li, title: { zh: 李经理, en: Ms Li }, roles: [lobby], zone: waiting }
  - { id: wang, title: { zh: 王柜员, en: Mr Wang }, roles: [teller], canOpenCounters: true }
`

export const openLookLab = async (yaml = labFile, clock = createTestClock()): Promise<LookLab> => {
  const bugs: unknown[] = []
  const store = createMemoryStore()
  const folder = mkdtempSync(join(tmpdir(), 'usher-look-'))
  const engine = await openEngine({
    branch: labBranch,
    store,
    flows,
    settings: defaultSettings,
    versions: { hub: 'test', xstate: 'test' },
    clock: { ...clock, soon: (callback) => void setImmediate(callback) },
    onCommitted: () => {},
    onBug: (error) => bugs.push(error),
    onFull: () => {},
    onFatal: (error) => bugs.push(error),
  })
  const parsePolicy = createPolicyParser(() => engine.flows.list)
  const file: BranchFile = parseBranchFile(yaml, parsePolicy)
  const send = (body: EntryBody) => engine.submit({ body })
  await send({ kind: 'config', file, revision: 0, by: 'operator' })
  return {
    engine,
    clock,
    bugs,
    parts: {
      branch: labBranch,
      engine,
      store,
      parsePolicy,
      settings: defaultSettings,
      nowMs: () => engine.position().at,
      rehearsal: { directory: folder, rehearse: rehearseInThread },
    },
    send,
    event: (device, name, data) => send({ kind: 'event', device, name, data }),
    bringRobot: async (device = 'robot-1') => {
      await send({ kind: 'presence', device, presence: { status: 'online' } })
      const manifest = {
        kind: 'robot' as const,
        vendor: 'acme',
        model: 'one',
        capabilities: { greet: {}, guide: {} },
      }
      await send({ kind: 'manifest', device, manifest })
    },
    report: async (device, report) => {
      const task = engine.state.tasks.values().findLast(({ attempts }) => attempts.at(-1)?.member === device)
      const attempt = task?.attempts.at(-1)
      if (task === undefined || attempt === undefined) throw new Error(`${device} was asked nothing`)
      const { number, epoch } = attempt
      await engine.submit({
        body: { kind: 'report', device, task: task.id, report: { attempt: number, epoch, ...report } },
        cause: `${task.id}/${number}`,
      })
    },
    pass: async (ms) => {
      clock.advance(ms)
      // An entry of its own, so that whatever came due before it has been decided.
      await send({ kind: 'clock', stepMs: 0 })
    },
    stop: async () => {
      await engine.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
