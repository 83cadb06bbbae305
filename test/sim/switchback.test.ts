import { describe, expect, it } from 'vitest'
import { flows } from '#flows/index.ts'
import { runningSwitchback } from '#hub/branch/switchback.ts'
import { faithful } from '#hub/broker/memory-bus.ts'
import type { TaskRow } from '#hub/dispatch/rows.ts'
import { digestOf, readEntry, replay } from '#hub/engine/replay.ts'
import { defaultSettings } from '#hub/engine/settings.ts'
import { createMemoryStore } from '#hub/store/memory-store.ts'
import { greetedTwice, tasksBegunTwice } from '#simulators/devices/oracle.ts'
import { branchName, simBranch } from './branch.ts'
import type { KillMoment } from './play.ts'
import { Stage } from './stage.ts'
import { shortPlan } from './switchback.ts'

const minute = 60_000
const morning = Date.UTC(2026, 9, 12, 8)
/** From eight to ten past with the flows, then without: the edge. */
const edgeMs = 10 * minute
const untilMs = 16 * minute

const { plan } = shortPlan('on', ['diversion', 'greeting'], { from: '08:00', to: '08:20' })

interface Kill {
  readonly commit: number
  readonly moment: KillMoment
}

interface Story {
  readonly stage: Stage
  /** When each commit began, from eight o'clock. */
  readonly commits: readonly number[]
  readonly tasks: readonly TaskRow[]
  readonly records: Awaited<ReturnType<ReturnType<typeof createMemoryStore>['decisions']>>
}

const sense = (stage: Stage, device: string) => stage.device(device).device()

/** A queue under pressure from two minutes before the edge on; whoever is invited goes to the kiosk after the edge. */
const queue = (stage: Stage) => {
  for (let index = 0; index < 8; index++)
    stage.clock.at(edgeMs - 2 * minute + index * 300, () => {
      sense(stage, 'camera-1').sense('visitor.detected', {
        zone: 'waiting',
        track: `q${index}`,
        direction: 'in',
      })
      sense(stage, 'tickets-1').sense('ticket.issued', {
        ticket: `A00${index}`,
        service: 'card',
        track: `q${index}`,
        camera: 'camera-1',
      })
    })
  for (let atMs = edgeMs - 2 * minute + 4_000; atMs < untilMs; atMs += 12_000)
    stage.clock.at(atMs, () => {
      sense(stage, 'tickets-1').sense('queue.snapshot', {
        service: 'card',
        waiting: 8,
        announcedWaitMs: 960_000,
        countersOpen: 1,
      })
      sense(stage, 'tickets-1').sense('queue.snapshot', { service: 'cash', waiting: 0, announcedWaitMs: 0 })
    })
  stage.clock.at(edgeMs + 20_000, () => {
    const held = stage
      .hub()
      ?.engine.state.tickets.values()
      .find((ticket) => ticket.state === 'held')
    const kiosk = held?.marks['diversion.kiosk']
    if (held === undefined || typeof kiosk !== 'string') return
    sense(stage, kiosk).use({ forMs: 10_000, service: 'card', ticket: held.id })
  })
}

const live = async (kill?: Kill): Promise<Story> => {
  const commits: number[] = []
  const strike = (moment: KillMoment) => {
    if (kill?.moment === moment && kill.commit === commits.length - 1) stage.killHub(20)
  }
  const stage: Stage = new Stage({
    seed: 'switchback',
    branch: simBranch({ holdoutShare: null }),
    flows,
    fate: () => faithful,
    behaviour: () => ({
      pace: 0.5,
      stateEveryMs: 600_000,
      people: { accept: 1, decline: 0, intent: 0, interested: 0 },
    }),
    commitMs: () => 1,
    onCommitBegun: () => {
      commits.push(stage.clock.nowMs())
      strike('lost')
    },
    onCommitted: () => strike('unsent'),
    onSent: () => strike('sent'),
  })
  stage.startHub()
  stage.startDevices()
  stage.command(1_000, { name: 'effect.plan', plan, by: 'mei' })
  const enters = (atMs: number, track: string) =>
    stage.clock.at(atMs, () =>
      sense(stage, 'camera-1').sense('visitor.detected', { zone: 'entrance', track, direction: 'in' }),
    )
  // One is being greeted while the time without begins, one comes after it.
  enters(edgeMs - 1_500, 'before')
  enters(edgeMs + 2_000, 'after')
  queue(stage)
  // Between two commits.
  await stage.clock.run(untilMs + 777)
  const store = createMemoryStore({ disk: stage.disk })
  const ended = (await store.tasks(branchName, { limit: 5_000 })) as readonly TaskRow[]
  const open = stage.hub()?.engine.state.tasks.values() ?? []
  return {
    stage,
    commits,
    tasks: [...new Map([...ended, ...open].map((task) => [task.id, task])).values()],
    records: await store.decisions(branchName, {}),
  }
}

/** Without names and times, which shift by what a restart adds. */
const outcome = ({ tasks, records, stage }: Story) => ({
  tasks: tasks.map(({ flow, phase, intent }) => `${flow} ${intent.capability} ${intent.ref} ${phase}`).sort(),
  plan: records
    .filter(({ record }) => record.kind === 'effect' && record.code !== 'effect.ticket')
    .map(({ record: { code, params } }) => [code, params?.['block'], params?.['arm'], params?.['invalid']]),
  resting: records
    .filter(({ record }) => record.code === 'effect.resting')
    .map(({ record }) => record.flow ?? '')
    .sort(),
  block: runningSwitchback(stage.hub()?.engine.state as never)?.block?.arm,
  held: stage
    .hub()
    ?.engine.state.tickets.values()
    .filter((ticket) => ticket.state === 'held').length,
})

describe('a measuring plan on the real hub', () => {
  it('cuts nothing off at its edge, invites nobody after it, and is replayed byte for byte', async () => {
    const calm = await live()
    const { tasks, plan: blocks, resting, block, held } = outcome(calm)
    expect(tasks.filter((task) => task.startsWith('greeting greet'))).toEqual(['greeting greet greet done'])
    // Invited before the edge, finished after it; the place in the queue was kept and given back.
    const invited = calm.records.filter(
      ({ record }) => record.params?.['name'] === 'diversion.kiosk' && record.params['value'] !== '',
    )
    expect(invited.length).toBeGreaterThan(0)
    expect(invited.every(({ at }) => at < morning + edgeMs)).toBe(true)
    expect(calm.records.some(({ record }) => record.code === 'ticket.release')).toBe(true)
    expect(held).toBe(0)
    expect(resting).toContain('greeting')
    expect(resting).toContain('diversion')
    expect(block).toBe('off')
    expect(blocks.map(([code]) => code)).toEqual([
      'effect.planned',
      'effect.block-on',
      'effect.block-ended',
      'effect.block-off',
    ])
    expect(calm.stage.bugs).toEqual([])
    const entries = (await createMemoryStore({ disk: calm.stage.disk }).entries(branchName, { from: 1 })).map(
      (stored) => readEntry(stored) as never,
    )
    const again = replay({ flows, settings: { ...defaultSettings, seed: 'switchback' } }, entries)
    const engine = calm.stage.hub()?.engine
    expect(digestOf(again)).toBe(await engine?.read(() => digestOf(engine.rows)))
  })

  it('comes to the same, killed at every commit around the edge', { timeout: 120_000 }, async () => {
    const calm = await live()
    const near = calm.commits.flatMap((at, commit) =>
      at >= edgeMs - 2_500 && at <= edgeMs + 4_000 ? [commit] : [],
    )
    expect(near.length).toBeGreaterThan(10)
    for (const commit of near) {
      for (const moment of ['lost', 'unsent', 'sent'] as const) {
        const killed = await live({ commit, moment })
        const where = `killed at commit ${commit}, ${moment}`
        expect(killed.stage.starts, where).toBe(2)
        expect(killed.stage.bugs, where).toEqual([])
        expect(outcome(killed), where).toEqual(outcome(calm))
        const logs = killed.stage.logs()
        expect([...greetedTwice(logs), ...tasksBegunTwice(logs)], where).toEqual([])
      }
    }
  })
})
