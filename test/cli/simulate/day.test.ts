import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { liveDay, type SimulatedDay } from '#cli/simulate/day.ts'
import { readPolicy } from '#cli/simulate/policy.ts'
import { flows } from '#flows/index.ts'
import { createChainCheck, firstHash } from '#hub/store/chain.ts'
import { attemptsBegunTwice, promotedAtOnce, tasksBegunTwice } from '#simulators/devices/oracle.ts'
import { findScenario } from '#simulators/lobby/scenario.ts'
import { dayStoryDigest } from './digest.ts'

const short = findScenario(join(import.meta.dirname, 'short.yaml'))
const policy = (named: string) => readPolicy(named, flows)
const live = (named: string, seed = '7') => liveDay({ scenario: short, seed, policy: policy(named) })

describe('a simulated day', { timeout: 120_000 }, () => {
  let on: SimulatedDay

  it('is the same twice for one seed, to the byte, and another for another', async () => {
    on = await live('on')
    expect(dayStoryDigest(await live('on'))).toBe(dayStoryDigest(on))
    expect(dayStoryDigest(await live('on', '8'))).not.toBe(dayStoryDigest(on))
  })

  it('goes through the real hub: a journal whose chain holds, decisions, tasks that devices did', () => {
    const entries = on.entries()
    const chain = createChainCheck({ seq: 0, hash: firstHash })
    chain.next(entries)
    expect(chain.end(null)).toMatchObject({ ok: true, entries: on.counts.entries })
    expect(entries.length).toBe(on.counts.entries)
    expect(on.record.sensed).toBeGreaterThan(300)
    expect(on.figures.greeting.greeted).toBeGreaterThan(10)
    expect(on.figures.greeting.latencyMs?.p50).toBeGreaterThan(0)
    expect(on.figures.visitors.selfServed).toBeGreaterThan(0)
  })

  it('breaks no promise', () => {
    expect(on.figures.greeting.duplicates).toBe(0)
    expect(on.figures.promotion.repeats).toBe(0)
    expect([...attemptsBegunTwice(on.logs), ...tasksBegunTwice(on.logs), ...promotedAtOnce(on.logs)]).toEqual(
      [],
    )
  })

  it('with the policy off greets, diverts and promotes nobody, and the same visitors come', async () => {
    const off = await live('off')
    const begun = new Set(off.logs.flatMap((line) => (line.kind === 'begun' ? [line.capability] : [])))
    for (const capability of ['greet', 'offer-service', 'promote']) expect(begun).not.toContain(capability)
    const whoCame = ({ record }: SimulatedDay) =>
      record.visitors.map(({ id, arrivedAtMs, service, patienceMs, serviceMs, kioskMs, eligible }) => ({
        id,
        arrivedAtMs,
        service,
        patienceMs,
        serviceMs,
        kioskMs,
        eligible,
      }))
    expect(whoCame(off)).toEqual(whoCame(on))
  })

  it('ends with the error of a hub that could not decide', async () => {
    const broken = flows.map((flow) =>
      flow.id === 'greeting'
        ? {
            ...flow,
            keys: () => {
              throw new Error('planted')
            },
          }
        : flow,
    )
    await expect(
      liveDay({ scenario: short, seed: '7', policy: policy('on'), flows: broken }),
    ).rejects.toThrow('planted')
  })
})
