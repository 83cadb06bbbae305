/** The real engine on a store in memory and a simulated clock, with a small flow of the test's own. */
import { type AnyStateMachine, assign, setup } from 'xstate'
import { z } from 'zod'
import { createSimClock, type SimClock } from '#cli/simulate/sim-clock.ts'
import type { AnyFlow, Flow, Migration } from '#flows/define.ts'
import { defineFlow, inEveryMode, intend } from '#flows/define.ts'
import type { BranchFile } from '#hub/branch/file.ts'
import type { EntryBody, Input } from '#hub/engine/entry.ts'
import { type Engine, openEngine } from '#hub/engine/open-engine.ts'
import type { CommittedBatch } from '#hub/engine/sequencer.ts'
import { defaultSettings } from '#hub/engine/settings.ts'
import { createMemoryDisk, createMemoryStore, type MemoryDisk } from '#hub/store/memory-store.ts'
import type { EventName } from '#protocol/events.ts'
import type { Intent } from '#protocol/intents.ts'
import { branchName, simBranch } from '../sim/branch.ts'

export interface Lab {
  readonly clock: SimClock
  readonly disk: MemoryDisk
  readonly bugs: unknown[]
  readonly decisions: CommittedBatch['decisions'][number]['record'][]
  engine(): Engine
  /** Submits, lets the commit happen, and gives the outcome. */
  send(body: EntryBody, numbering?: Input['numbering']): Promise<{ seq: number | null }>
  event(device: string, name: EventName, data: Record<string, unknown>): Promise<unknown>
  wait(ms: number): Promise<void>
  /** Kills the engine and opens it again on the same disk, with these flows. */
  reopen(flows: readonly AnyFlow[]): Promise<void>
}

export const openLab = async (flows: readonly AnyFlow[], file: BranchFile = simBranch()): Promise<Lab> => {
  const clock = createSimClock(Date.UTC(2026, 9, 12, 8))
  const disk = createMemoryDisk()
  const bugs: unknown[] = []
  const decisions: Lab['decisions'] = []
  let process = clock.process()
  let engine: Engine | undefined
  const settle = () => clock.run(clock.nowMs() + 1)
  const through = async <T>(promise: Promise<T>): Promise<T> => {
    const outcome = promise.then(
      (value) => () => value,
      (error: unknown) => () => {
        throw error
      },
    )
    await settle()
    return (await outcome)()
  }
  const open = async (shipped: readonly AnyFlow[]) => {
    process.kill()
    process = clock.process()
    engine = await through(
      openEngine({
        branch: branchName,
        store: createMemoryStore({ disk }),
        flows: shipped,
        settings: defaultSettings,
        versions: { hub: 'test', xstate: 'test' },
        clock: process,
        onCommitted: (batch) => decisions.push(...batch.decisions.map(({ record }) => record)),
        onBug: (error) => bugs.push(error),
        onFull: () => {},
        onFatal: (error) => bugs.push(error),
      }),
    )
  }
  const running = (): Engine => {
    if (engine === undefined) throw new Error('no engine')
    return engine
  }
  const send: Lab['send'] = (body, numbering) =>
    through(running().submit({ body, ...(numbering && { numbering }) }))
  await open(flows)
  await send({ kind: 'config', file, revision: 0, by: 'test' })
  return {
    clock,
    disk,
    bugs,
    decisions,
    engine: running,
    send,
    event: (device, name, data) => send({ kind: 'event', device, name, data }),
    wait: (ms) => clock.run(clock.nowMs() + ms),
    reopen: open,
  }
}

interface Context {
  readonly key: string
  readonly heard: number
}

export interface SmallFlow {
  readonly version?: number
  readonly migrations?: Record<number, Migration>
  readonly gracedDelays?: readonly string[]
  /** What it wants on the first help requested at a device. */
  readonly wants?: (key: string) => readonly Intent[]
  /** Name of the waiting state: a new version may rename it. */
  readonly waiting?: string
  /** Throws on this device. */
  readonly throwsAt?: string
  /** The name of the task whose `done` it records as `answered`, and ends. */
  readonly answer?: string
}

/** Its end, on record. */
const ending = (code: string) => ({
  type: 'intend',
  params: ({ context }: { context: Context }): Intent => ({
    type: 'pass',
    because: { code, params: { heard: context.heard } },
    subject: { device: context.key },
  }),
})

/** For each device where help is requested: wants something, waits ten seconds, wants `done` recorded, ends. */
export const smallFlow = (parts: SmallFlow = {}): Flow => {
  const waiting = parts.waiting ?? 'waiting'
  const wants = (key: string): readonly Intent[] => {
    if (key === parts.throwsAt) throw new Error('planted')
    return parts.wants?.(key) ?? []
  }
  const small = setup({
    types: { context: {} as Context, input: {} as { key: string }, events: {} as { type: string } },
    actions: { intend, hear: assign({ heard: ({ context }) => context.heard + 1 }) },
    delays: { patience: 10_000 },
  }).createMachine({
    id: 'small',
    context: ({ input }: { input: { key: string } }) => ({ key: input.key, heard: 0 }),
    initial: 'new',
    states: {
      new: { on: { 'help.requested': waiting } },
      [waiting]: {
        entry: { type: 'intend', params: ({ context }: { context: Context }) => wants(context.key) },
        on: {
          'help.requested': { actions: 'hear' },
          'task.done': {
            guard: ({ event }: { event: { ref?: string } }) => event.ref === parts.answer,
            target: 'answered',
          },
        },
        after: { patience: 'late' },
      },
      late: { entry: ending('done'), type: 'final' },
      answered: { entry: ending('answered'), type: 'final' },
    },
  } as never)
  // States named at run time are beyond the types of a machine.
  const machine = small as unknown as AnyStateMachine
  return defineFlow({
    id: 'small',
    version: parts.version ?? 1,
    title: { en: 'Small', zh: '小' },
    purpose: { en: 'For tests', zh: '测试' },
    policy: z.object({}),
    listens: ['help.requested'],
    starts: ['help.requested'],
    key: (event) => (event.type === 'help.requested' ? event.device : undefined),
    view: () => ({}),
    machine,
    modes: inEveryMode('run'),
    pausable: true,
    gracedDelays: parts.gracedDelays ?? [],
    migrations: parts.migrations ?? {},
  })
}
