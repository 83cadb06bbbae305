/**
 * The proof every shipped flow gives: house rules of its machine, a path to each of its states, and promises that no
 * order of facts, answers and waiting can break.
 */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type { AnyFlow } from '#flows/define.ts'
import { withDiagram } from '#flows/diagram.ts'
import { answersOf, type Scenario } from '#flows/samples/scenario.ts'
import { descriptionOf } from '#flows/setting.ts'
import type { FactType, FlowEvent, TaskAnswer } from '#protocol/flow-events.ts'
import { modes } from '#protocol/model.ts'
import { createLedger } from './invariants.ts'
import { modelPaths, replay } from './paths.ts'
import { isPlainJson } from './plain-json.ts'
import { defaultsMistold } from './readme-defaults.ts'
import { factsOf, hasDeadline, hasExit, machineFaults, restingStates } from './rules.ts'
import { runFlow } from './run-flow.ts'

export interface FlowProof {
  readonly scenarios: readonly Scenario[]
  /** At most this many tasks of a capability in the life of one instance. */
  readonly atMost?: Readonly<Record<string, number>>
  /** States an instance may stay in for as long as the world does not change. */
  readonly resident?: readonly string[]
  /** How many random lives each scenario goes through. */
  readonly lives?: number
}

const settingsOf = (flow: AnyFlow): Record<string, z.ZodType> =>
  (flow.policy as unknown as { shape: Record<string, z.ZodType> }).shape

const declares = (flow: AnyFlow, proof: FlowProof) => {
  it('keeps the house rules of a machine', () => {
    expect(machineFaults(flow.machine)).toEqual([])
  })

  it('listens to exactly what its machine reacts to, and starts by what its first state takes', () => {
    expect(factsOf(flow.machine)).toEqual([...flow.listens].toSorted())
    const first = flow.machine.root.initial.target[0]
    expect(flow.starts.filter((fact) => !first?.transitions.has(fact))).toEqual([])
    expect(flow.starts.filter((fact) => !flow.listens.includes(fact))).toEqual([])
  })

  it('has an exit from each state, by an event or by a deadline', () => {
    const states = restingStates(flow.machine.root)
    expect(states.filter((state) => !hasExit(state)).map((state) => state.key)).toEqual([])
    const waiting = states.filter(
      (state) => !hasDeadline(state) && state !== flow.machine.root.initial.target[0],
    )
    expect(waiting.map((state) => state.key).filter((key) => !(proof.resident ?? []).includes(key))).toEqual(
      [],
    )
  })

  it('is not begun only where it would have ended at once and wanted nothing', () => {
    if (flow.worthStarting === undefined) return
    let spared = 0
    for (const { key, worlds, policy, facts } of proof.scenarios)
      for (const rows of worlds)
        for (const fact of facts.filter(({ type }) => flow.starts.includes(type as FactType))) {
          const run = runFlow(flow, { key, rows, ...(policy && { policy }) })
          if (flow.worthStarting(run.seen(fact) as never, key)) continue
          spared += 1
          expect([run.tell(fact), run.ended], JSON.stringify(fact)).toEqual([[], true])
        }
    expect(spared).toBeGreaterThan(0)
  })

  it('graces only delays it has', () => {
    const delays = Object.keys(flow.machine.implementations.delays ?? {})
    expect(flow.gracedDelays.filter((name) => !delays.includes(name))).toEqual([])
  })

  it('has a whole policy by default, and says in both languages what each setting does', () => {
    expect(isPlainJson(flow.policy.parse({}))).toBeUndefined()
    const mute = Object.entries(settingsOf(flow)).filter(([, schema]) => descriptionOf(schema) === undefined)
    expect(mute.map(([name]) => name)).toEqual([])
  })

  it('has a README with its settings and their defaults, each mode, and a fresh diagram', () => {
    const readme = readFileSync(new URL(`../../../flows/${flow.id}/README.md`, import.meta.url), 'utf8')
    expect(withDiagram(readme, flow.machine)).toBe(readme)
    expect(modes.filter((mode) => !readme.includes(`\`${mode}\``))).toEqual([])
    expect(defaultsMistold(readme, flow.policy.parse({}) as Readonly<Record<string, unknown>>)).toEqual([])
    expect(readme).toContain('```mermaid')
  })
}

/** One thing that happens in a random life. */
type Happening = { tell: number } | { answer: number; which: number } | { waitMs: number } | { world: number }

const happenings = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ tell: fc.nat(1_000) }) },
    { weight: 6, arbitrary: fc.record({ answer: fc.nat(1_000), which: fc.nat(1_000) }) },
    { weight: 2, arbitrary: fc.record({ waitMs: fc.constantFrom(1, 500, 3_000, 10_000, 60_000) }) },
    { weight: 2, arbitrary: fc.record({ world: fc.nat(1_000) }) },
  ),
  { maxLength: 30 },
)

const pick = <T>(items: readonly T[], index: number): T | undefined =>
  items[index % Math.max(1, items.length)]

/** Lives one instance through, checking the promises at each step. */
const live = (flow: AnyFlow, proof: FlowProof, [scenario, life]: [Scenario, readonly Happening[]]) => {
  const run = runFlow(flow, {
    key: scenario.key,
    rows: scenario.worlds[0] ?? {},
    ...(scenario.policy === undefined ? {} : { policy: scenario.policy }),
  })
  let ledger = createLedger(proof.atMost ?? {})
  const answers = answersOf(scenario)
  const tell = (event: FlowEvent | undefined) => {
    if (event === undefined) return
    if (run.ended) ledger = createLedger(proof.atMost ?? {})
    ledger.told(event)
    ledger.wanted(run.tell(event))
  }
  for (const happening of life) {
    if ('tell' in happening) tell(pick(scenario.facts, happening.tell))
    else if ('answer' in happening) {
      // Mostly an answer to an open task; now and then a late one to a task that is no more.
      const open = answers.filter((answer) => ledger.open.has(answer.ref))
      tell(pick(happening.which % 8 === 0 || open.length === 0 ? answers : open, happening.answer))
    } else if ('waitMs' in happening) ledger.wanted(run.wait(happening.waitMs))
    else run.set(pick(scenario.worlds, happening.world) ?? {})
  }
  return { run, ledger }
}

const holds = (flow: AnyFlow, proof: FlowProof, scenario: Scenario) => {
  it(`${scenario.name}: no order of events breaks a promise`, () => {
    fc.assert(
      fc.property(happenings, (life) => {
        const { run, ledger } = live(flow, proof, [scenario, life])
        if (run.state === null || run.ended) return
        // Left alone it ends by its own deadlines, or rests where it may.
        for (let timers = 0; timers < 25 && !run.ended; timers++) {
          for (const ref of ledger.open) {
            const expired: TaskAnswer = { type: 'task.expired', ref, task: 't', reason: 'late' }
            ledger.told(expired)
            ledger.wanted(run.tell(expired))
          }
          const next = Math.min(...run.timers.map((timer) => timer.deadline))
          ledger.wanted(run.wait(Number.isFinite(next) ? Math.max(0, next - run.at) : 3_600_000))
        }
        const rests = (proof.resident ?? []).some((state) => run.state?.split('.').includes(state))
        expect(run.ended || rests, `still ${run.state} after all its deadlines`).toBe(true)
      }),
      { numRuns: proof.lives ?? 300 },
    )
  })
}

export const describeFlow = (flow: AnyFlow, proof: FlowProof) => {
  describe(`${flow.id}: declaration`, () => {
    declares(flow, proof)
  })

  describe(`${flow.id}: model`, () => {
    const reached = new Set<string>()
    for (const scenario of proof.scenarios) {
      it(`${scenario.name}: every path to every state holds`, () => {
        for (const path of modelPaths(flow, scenario)) {
          const ledger = createLedger(proof.atMost ?? {})
          for (const state of replay(flow, scenario, { path, ledger })) reached.add(state)
        }
        expect(reached.size).toBeGreaterThan(0)
      })
    }

    it('reaches each state in some scenario', () => {
      const all = restingStates(flow.machine.root).map((state) => state.path.join('.'))
      const first = flow.machine.root.initial.target[0]?.path.join('.')
      expect(all.filter((state) => state !== first && !reached.has(state))).toEqual([])
    })
  })

  describe(`${flow.id}: properties`, () => {
    for (const scenario of proof.scenarios) holds(flow, proof, scenario)
  })
}
