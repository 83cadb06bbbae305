/**
 * A desk with its line over a real HTTP server and the real engine, in real time; and pages that follow it with the
 * client that browsers use, each with its own copy of the branch.
 */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Registry } from 'prom-client'
import { io, type Socket } from 'socket.io-client'
import { flows } from '#flows/index.ts'
import { parseBranchFile } from '#hub/branch/load.ts'
import { createPolicyParser } from '#hub/branch/policies.ts'
import { createContentFiles } from '#hub/content/files.ts'
import { ContentLimits } from '#hub/content/limits.ts'
import { createDesk, type Desk } from '#hub/desk/desk.ts'
import type { StreamHeard } from '#hub/desk/live/door.ts'
import type { EntryBody } from '#hub/engine/entry.ts'
import { type Clock, systemClock } from '#hub/engine/hub-time.ts'
import { type Engine, openEngine } from '#hub/engine/open-engine.ts'
import type { CommittedBatch } from '#hub/engine/sequencer.ts'
import { defaultSettings } from '#hub/engine/settings.ts'
import { createHttpServer } from '#hub/ops/http.ts'
import { createMemoryDisk, createMemoryStore, type MemoryDisk } from '#hub/store/memory-store.ts'
import type { DeskCommand } from '#protocol/desk/live/commands.ts'
import {
  CommandAnswer as Answer,
  type CommandAnswer,
  type CommandKey,
  type FromHub,
  fromHub,
  type Hello,
  liveLine,
  liveVersion,
} from '#protocol/desk/live/line.ts'
import type { LiveChanges, LiveRow, LiveRows, LiveTableName } from '#protocol/desk/live/tables.ts'
import { liveTableNames } from '#protocol/desk/live/tables.ts'
import type { DeskRole } from '#protocol/desk/roles.ts'
import { pairingFor } from '../../pairing/support.ts'
import { labBranch, labFile } from '../look-lab.ts'
import { cheap, goodPassword, limits, openBrowser } from '../support.ts'

/** A system clock whose wall can be set on. */
export interface StageClock extends Clock {
  passWall(ms: number): void
}

const createStageClock = (): StageClock => {
  const real = systemClock()
  let passed = 0
  return {
    ...real,
    wallMs: () => real.wallMs() + passed,
    passWall: (ms) => {
      passed += ms
    },
  }
}

export interface LiveStage {
  readonly desk: Desk
  readonly engine: Engine
  readonly clock: StageClock
  readonly port: number
  readonly disk: MemoryDisk
  readonly folder: string
  readonly complaints: readonly unknown[]
  readonly badStreams: readonly string[]
  /** How many follow what is committed, and what is streamed. */
  followers(): readonly [number, number]
  send(body: EntryBody): Promise<{ readonly seq: number | null }>
  stream(heard: StreamHeard): void
  stop(): Promise<void>
}

export interface StageWishes {
  /** Of a hub that ran before. */
  readonly disk?: MemoryDisk
  readonly folder?: string
  readonly idleMs?: number
}

const health = {
  status: 'ok' as const,
  problems: [],
  warnings: [],
  connections: { mqtt: 0, mqtts: 0, ws: 0, wss: 0 },
  branch: labBranch,
  epoch: 1,
  seq: 1,
  uptimeMs: 1,
}

const openLiveEngine = async (parts: {
  readonly disk: MemoryDisk
  readonly clock: Clock
  readonly onCommitted: (batch: CommittedBatch) => void
  readonly onBug: (error: unknown) => void
}) => {
  const { disk, clock, onCommitted, onBug } = parts
  const store = createMemoryStore({ disk })
  const engine = await openEngine({
    branch: labBranch,
    store,
    flows,
    settings: defaultSettings,
    versions: { hub: 'test', xstate: 'test' },
    clock,
    onCommitted,
    onBug,
    onFull: () => {},
    onFatal: onBug,
  })
  const parsePolicy = createPolicyParser(() => engine.flows.list)
  const file = parseBranchFile(labFile, parsePolicy)
  if (engine.state.meta.get('file') === undefined)
    await engine.submit({ body: { kind: 'config', file, revision: 0, by: 'operator' } })
  return { store, engine, parsePolicy }
}

export const raiseLive = async (wishes: StageWishes = {}): Promise<LiveStage> => {
  const disk = wishes.disk ?? createMemoryDisk()
  const folder = wishes.folder ?? mkdtempSync(join(tmpdir(), 'usher-live-'))
  const clock = createStageClock()
  const complaints: unknown[] = []
  const badStreams: string[] = []
  const watchers = new Set<(batch: CommittedBatch) => void>()
  const hearers = new Set<(heard: StreamHeard) => void>()
  const { store, engine, parsePolicy } = await openLiveEngine({
    disk,
    clock,
    onCommitted: (batch) => {
      for (const watcher of watchers) watcher(batch)
    },
    onBug: (error) => complaints.push(error),
  })
  const nowMs = () => engine.position().at
  const look = { branch: labBranch, engine, store, parsePolicy, settings: defaultSettings, nowMs }
  let port = 0
  const desk = createDesk({
    directory: folder,
    side: { branch: labBranch, titleOf: () => ({}), timeZone: () => 'Asia/Shanghai' },
    look,
    pairing: pairingFor(look, clock),
    files: createContentFiles({
      directory: folder,
      limits: ContentLimits.parse({}),
      wallMs: () => clock.wallMs(),
    }),
    live: {
      watch: (callback) => {
        watchers.add(callback)
        return () => watchers.delete(callback)
      },
      watchStreams: (callback) => {
        hearers.add(callback)
        return () => hearers.delete(callback)
      },
      onBadStream: (device) => badStreams.push(device),
      checked: true,
      ...(wishes.idleMs !== undefined && { idleMs: wishes.idleMs }),
    },
    limits,
    pages: join(folder, 'no-pages'),
    cost: cheap,
    clock,
    address: () => ({ isSecure: false, names: ['localhost'], port }),
    write: ({ params = {}, ...note }) =>
      engine.submit({ body: { kind: 'command', command: { name: 'desk.note', ...note, params } } }),
    log: { error: (fields) => complaints.push(fields), warn: (fields) => complaints.push(fields) },
  })
  const server = createHttpServer({
    host: '127.0.0.1',
    port: 0,
    health: () => health,
    registry: new Registry(),
    desk: (request, response) => desk.handle(request, response),
    lines: [{ path: liveLine, upgrade: (...given) => desk.upgrade(...given) }],
  })
  port = await server.start()
  return {
    desk,
    engine,
    clock,
    port,
    disk,
    folder,
    complaints,
    badStreams,
    followers: () => [watchers.size, hearers.size],
    send: (body) => engine.submit({ body }),
    stream: (heard) => {
      for (const hear of hearers) hear(heard)
    },
    stop: async () => {
      await desk.hangUp()
      await server.stop()
      await desk.stop()
      await engine.stop()
    },
  }
}

/** @returns the cookie of somebody who has just signed in. */
export const signInLive = async (
  stage: LiveStage,
  name: string,
  roles: readonly DeskRole[],
): Promise<string> => {
  const { accounts } = stage.desk.open()
  if (accounts.list().every((account) => account.name !== name)) {
    const { code } = await accounts.invite({ name, roles, by: 'operator' })
    await accounts.useLink({ code, password: goodPassword })
  }
  const browser = openBrowser(stage.port)
  const answer = await browser.post('/api/sign-in', { name, password: goodPassword })
  if (answer.status !== 200 || browser.cookie === undefined) throw new Error(answer.text)
  return browser.cookie
}

export type Copy = { readonly [Name in LiveTableName]: Map<string, LiveRow<Name>> }

const blank = (): Copy =>
  Object.fromEntries(liveTableNames.map((name) => [name, new Map()])) as unknown as Copy

/** As every page does it. */
export const applyChanges = (copy: Copy, changes: LiveChanges): void => {
  for (const name of liveTableNames) {
    const table = copy[name] as Map<string, { readonly id: string }>
    for (const id of changes[name]?.drop ?? []) table.delete(id)
    for (const row of changes[name]?.put ?? []) table.set(row.id, row)
  }
}

export const copyOf = (rows: LiveRows): Copy => {
  const copy = blank()
  const changes = Object.fromEntries(liveTableNames.map((name) => [name, { put: rows[name], drop: [] }]))
  applyChanges(copy, changes)
  return copy
}

/** To compare with: without any order. */
export const contentOf = (copy: Copy): Record<LiveTableName, Record<string, unknown>> =>
  Object.fromEntries(
    liveTableNames.map((name) => [
      name,
      Object.fromEntries([...copy[name]].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    ]),
  ) as Record<LiveTableName, Record<string, unknown>>

export interface TestPage {
  readonly socket: Socket
  copy: Copy
  have: Hello['have']
  readonly snapshots: number
  readonly heard: readonly (keyof FromHub)[]
  last<Name extends keyof FromHub>(name: Name): Parameters<FromHub[Name]>[0] | undefined
  until(holds: (page: TestPage) => boolean): Promise<void>
  ask(command: DeskCommand, key?: CommandKey): Promise<CommandAnswer>
  /** Waits as long as it is told to, and asks again. */
  insist(command: DeskCommand, key?: CommandKey): Promise<CommandAnswer>
  /** Resolves with why it was refused or cut off. */
  readonly closed: Promise<string>
  leave(): void
}

/** Asks until nobody says any more that it was too fast. */
export const patiently = async (ask: () => Promise<CommandAnswer>): Promise<CommandAnswer> => {
  for (;;) {
    const answer = await ask()
    if (answer.done || answer.error.code !== 'hub.busy') return answer
    const { waitMs = 10 } = answer.error
    await new Promise((resolve) => void setTimeout(resolve, waitMs))
  }
}

export interface PageWishes {
  readonly origin?: string
  readonly version?: number
  readonly have?: Hello['have']
  readonly copy?: Copy
  readonly boot?: string
}

export const connectPage = (port: number, cookie: string | undefined, wishes: PageWishes = {}): TestPage => {
  const origin = wishes.origin ?? `http://127.0.0.1:${port}`
  const auth: Record<string, unknown> = { version: wishes.version ?? liveVersion }
  if (wishes.have !== undefined) auth['have'] = wishes.have
  const socket = io(`http://127.0.0.1:${port}`, {
    path: liveLine,
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    auth,
    extraHeaders: { origin, ...(cookie !== undefined && { cookie }) },
  })
  const waiting = new Set<() => void>()
  const lasts: Partial<Record<keyof FromHub, unknown>> = {}
  const heard: (keyof FromHub)[] = []
  let n = 0
  let snapshots = 0
  const page: TestPage = {
    socket,
    copy: wishes.copy ?? blank(),
    have: wishes.have,
    get snapshots() {
      return snapshots
    },
    heard,
    last: <Name extends keyof FromHub>(name: Name) => lasts[name] as Parameters<FromHub[Name]>[0] | undefined,
    until: (holds) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!holds(page)) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        void page.closed.then((why) => {
          if (waiting.has(look)) reject(new Error(`closed: ${why}`))
        })
        look()
      }),
    ask: async (command, key) => {
      n += 1
      const call = { key: key ?? { boot: wishes.boot ?? `page-${socket.id ?? ''}`, n }, command }
      return Answer.parse(await socket.timeout(10_000).emitWithAck('command', call))
    },
    insist: (command, key) => patiently(() => page.ask(command, key)),
    closed: new Promise((resolve) => {
      socket.on('connect_error', (error) => {
        const { data } = error as { data?: { code?: string } }
        resolve(data?.code ?? error.message)
      })
      socket.on('disconnect', (why) => resolve(why))
    }),
    leave: () => void socket.disconnect(),
  }
  const take = (name: keyof FromHub, data: unknown) => {
    if (name === 'snapshot') {
      const { run, n: number, rows } = data as Parameters<FromHub['snapshot']>[0]
      snapshots += 1
      page.copy = copyOf(rows)
      page.have = { run, n: number }
    }
    if (name === 'delta') {
      const { run, n: number, changes } = data as Parameters<FromHub['delta']>[0]
      if (page.have?.run !== run || page.have.n + 1 !== number) throw new Error(`gap before ${number}`)
      applyChanges(page.copy, changes)
      page.have = { run, n: number }
    }
  }
  for (const name of Object.keys(fromHub) as (keyof FromHub)[])
    socket.on(name, (raw: unknown) => {
      const data = fromHub[name].parse(raw)
      // Nothing beyond what is declared.
      if (JSON.stringify(data).length !== JSON.stringify(raw).length) throw new Error(`more in ${name}`)
      lasts[name] = data
      heard.push(name)
      take(name, data)
      for (const look of waiting) look()
    })
  return page
}
