/**
 * Another version of greeting comes in force while greetings are in flight: whatever the moment, and wherever the hub is
 * killed around it, the same visitors are greeted, each once, as on a day on which nothing was deployed.
 */
import { describe, expect, it } from 'vitest'
import { type AnyStateMachine, createMachine } from 'xstate'
import type { AnyFlow, Migration } from '#flows/define.ts'
import { greeting } from '#flows/greeting/flow.ts'
import { flows } from '#flows/index.ts'
import { deployedFlows } from '#hub/engine/deployed.ts'
import type { DeployBody } from '#hub/engine/entry.ts'
import type { StoredLibrary } from '#hub/engine/open-engine.ts'
import { attemptsBegunTwice, greetedTwice, tasksBegunTwice } from '#simulators/devices/oracle.ts'
import { type KillMoment, type Played, play } from '../sim/play.ts'
import { type Scenario, scenarios } from '../sim/scenarios.ts'

const digest = 'a'.repeat(64)
const story = scenarios.find(({ tasksOf }) => tasksOf.includes('greeting')) as Scenario

const holding = (flow: AnyFlow): StoredLibrary => ({
  get: (name) => (name === digest ? flow : undefined),
  open: () => Promise.resolve(),
})

/** Every text in it, keys too; what is no plain data stays as it is. */
const inTexts = (value: unknown, rename: (text: string) => string): unknown => {
  if (typeof value === 'string') return rename(value)
  if (Array.isArray(value)) return value.map((item) => inTexts(item, rename))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [rename(key), inTexts(item, rename)]))
}

/** The second version calls its states by other names: neither can open what the other stored. */
const names = ['inviting', 'showing', 'welcoming', 'listening', 'leading', 'receiving']
const anew = (text: string) => text.replace(new RegExp(`\\b(${names.join('|')})\\b`), '$1-anew')
const asBefore = (text: string) => text.replace('-anew', '')
const { machine } = greeting
const other: unknown = createMachine(inTexts(machine.config, anew) as never, machine.implementations as never)
const second: AnyFlow = {
  ...greeting,
  version: 2,
  machine: other as AnyStateMachine,
}
const bring =
  (rename: (text: string) => string): Migration =>
  (old) => ({ ...old, ...(inTexts({ snapshot: old.snapshot, timers: old.timers }, rename) as typeof old) })

const renamed: AnyFlow = {
  ...second,
  migrations: { 1: bring(anew) },
  migrationsDown: { 2: bring(asBefore) },
}
const apart: AnyFlow = { ...second, running: 'finish' }

const deployment = (flow: AnyFlow): DeployBody => ({
  kind: 'deploy',
  flow: 'greeting',
  version: 2,
  digest,
  files: { 'flow.ts': '' },
  running: flow.running ?? 'migrate',
  back: false,
  revision: 0,
  by: 'mei',
})

const rollback = (flow: AnyFlow): DeployBody => ({
  ...deployment(flow),
  version: 1,
  digest: null,
  files: null,
  back: true,
  revision: 1,
})

interface Deploying {
  readonly flow: AnyFlow
  readonly atMs: number
  /** And back again after so long. */
  readonly backAfterMs?: number
}

const deploying = ({ flow, atMs, backAfterMs }: Deploying): Scenario => ({
  ...story,
  library: holding(flow),
  play: (stage) => {
    story.play(stage)
    stage.submit(atMs, () => deployment(flow))
    if (backAfterMs !== undefined) stage.submit(atMs + backAfterMs, () => rollback(flow))
  },
})

const nothingTwice = ({ stage }: Played, where: string) => {
  const logs = stage.logs()
  expect(stage.bugs, where).toEqual([])
  const parked = stage
    .hub()
    ?.engine.state.instances.values()
    .filter((row) => row.parked !== null)
  expect(parked, where).toEqual([])
  expect([...greetedTwice(logs), ...attemptsBegunTwice(logs), ...tasksBegunTwice(logs)], where).toEqual([])
}

const finishing = ({ stage }: Played) =>
  deployedFlows((stage.hub() as NonNullable<ReturnType<typeof stage.hub>>).engine.state.meta)['greeting']
    ?.finishing

/** In the middle of the first greeting: the robot is on its way, or speaks. */
const inFlightMs = 2_900

describe.each([
  ['brought over', renamed],
  ['left to finish', apart],
] as const)('instances in flight are %s', (_, flow) => {
  it('whatever the moment of the deployment', { timeout: 60_000 }, async () => {
    const { tasks } = await play(story, flows)
    for (const atMs of [100, 2_050, 2_400, inFlightMs, 4_000, 7_500, 12_000, 22_100, 23_000, 34_500]) {
      const played = await play(deploying({ flow, atMs }), flows)
      const where = `deployed at ${atMs} ms`
      expect(played.deployed, where).toHaveLength(1)
      expect(played.tasks, where).toEqual(tasks)
      expect(finishing(played), where).toEqual([])
      nothingTwice(played, where)
    }
  })

  it('and wherever the hub is killed around it', { timeout: 120_000 }, async () => {
    const scenario = deploying({ flow, atMs: inFlightMs })
    const calm = await play(scenario, flows)
    expect([...calm.versions].sort()).toEqual(['greeting 1', 'greeting 2'])
    const at = calm.deployed[0] as number
    for (let commit = Math.max(1, at - 3); commit <= at + 5; commit++) {
      for (const moment of ['lost', 'unsent', 'sent'] satisfies KillMoment[]) {
        const where = `killed at commit ${commit}, ${moment}; deployed in commit ${at}`
        const killed = await play(scenario, flows, { commit, moment })
        expect(killed.stage.starts, where).toBe(2)
        expect(killed.tasks, where).toEqual(calm.tasks)
        expect(finishing(killed), where).toEqual([])
        nothingTwice(killed, where)
      }
    }
  })

  it('and back again, while greetings of either version are in flight', { timeout: 60_000 }, async () => {
    const { tasks } = await play(story, flows)
    for (const [atMs, backAfterMs] of [
      [2_050, 350],
      [2_400, 20_000],
      [inFlightMs, 19_800],
    ] as const) {
      const played = await play(deploying({ flow, atMs, backAfterMs }), flows)
      const where = `deployed at ${atMs} ms, back after ${backAfterMs} ms`
      expect(played.deployed, where).toHaveLength(2)
      expect(played.tasks, where).toEqual(tasks)
      expect(finishing(played), where).toEqual([])
      nothingTwice(played, where)
    }
  })
})
