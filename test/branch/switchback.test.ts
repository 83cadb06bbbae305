import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { refuse } from '#hub/branch/refusals.ts'
import { isResting } from '#hub/branch/resting.ts'
import { runningSwitchback, switchbackOf } from '#hub/branch/switchback.ts'
import { allBlocks, checkPlan, SwitchbackPlan } from '#hub/branch/switchback-plan.ts'
import { branchYaml, createTestBranch, type TestBranch } from '../support/branch.ts'

const hour = 3_600_000
const zone = 'Asia/Shanghai'

const plan = checkPlan(
  SwitchbackPlan.parse({
    flows: ['greeting', 'diversion'],
    blockMs: hour,
    burnInMs: 900_000,
    weekdays: ['1', '2', '3', '4', '5'],
    hours: { from: '10:00', to: '14:00' },
    seed: 'b',
    from: '2026-03-02',
    until: '2026-03-03',
  }),
)
const blocks = allBlocks(plan, zone)

/** Monday, 09:00 in Shanghai; the first block begins at ten. */
const planned = (yaml = branchYaml): TestBranch => {
  const branch = createTestBranch({ yaml })
  branch.command({ name: 'effect.plan', plan, by: 'wang' })
  return branch
}

const ended = (branch: TestBranch) =>
  branch.decisions.filter(({ code }) => code === 'effect.block-ended').map(({ params }) => params)

const spoiledBy = (branch: TestBranch) =>
  branch.decisions
    .filter(({ code }) => code === 'effect.block-spoiled')
    .map(({ params }) => params?.['reason'])

const invalidOf = (branch: TestBranch, place: number) => ended(branch)[place]?.['invalid']

describe('a measuring plan', () => {
  test('goes through its blocks at their edges, and ends', () => {
    const branch = planned()
    for (const block of blocks) {
      branch.advance(block.from - branch.at() - 1)
      expect(runningSwitchback(branch.state)?.block ?? null).toEqual(
        block.id.endsWith('/0') ? null : expect.objectContaining({ until: block.from }),
      )
      branch.advance(1)
      expect(runningSwitchback(branch.state)?.block).toMatchObject({ id: block.id, arm: block.arm })
      expect(isResting(branch.state, 'greeting')).toBe(block.arm === 'off')
      expect(isResting(branch.state, 'assistance')).toBe(false)
      expect(isResting(branch.state, 'promotion')).toBe(false)
    }
    branch.advance(2 * hour)
    expect(runningSwitchback(branch.state)).toBeUndefined()
    expect(switchbackOf(branch.state)?.endedBy).toBe('calendar')
    expect(isResting(branch.state, 'greeting')).toBe(false)
    expect(ended(branch).map((params) => [params?.['block'], params?.['arm'], params?.['invalid']])).toEqual(
      blocks.map(({ id, arm }) => [id, arm, '']),
    )
  })

  test('set in the middle of a block begins with the next one', () => {
    const branch = createTestBranch()
    branch.advance(hour + 600_000)
    branch.command({ name: 'effect.plan', plan, by: 'wang' })
    expect(runningSwitchback(branch.state)?.block).toBeNull()
    branch.advance(hour - 600_000)
    expect(runningSwitchback(branch.state)?.block?.id).toBe(blocks[1]?.id)
  })

  test('stopped, lets everything work again at once and does not count the block', () => {
    const branch = planned()
    branch.advance(hour * 1.5)
    branch.command({ name: 'effect.stop', by: 'wang' })
    expect(invalidOf(branch, 0)).toBe('stopped')
    expect(isResting(branch.state, 'greeting')).toBe(false)
    branch.advance(10 * hour)
    expect(ended(branch)).toHaveLength(1)
  })
})

describe('a block is marked and not used', () => {
  test.each([
    ['paused', (branch: TestBranch) => branch.command({ name: 'pause', by: 'wang', untilMs: 60_000 })],
    [
      'mode.emergency',
      (branch: TestBranch) => branch.event('kiosk-1', 'alarm.raised', { alarm: 'fire', zone: 'kiosks' }),
    ],
    [
      'mode.cash-delivery',
      (branch: TestBranch) => branch.command({ name: 'mode', mode: 'cash-delivery', by: 'wang' }),
    ],
    ['movement-stopped', (branch: TestBranch) => branch.command({ name: 'stop-movement', by: 'wang' })],
    [
      'flow-set',
      (branch: TestBranch) =>
        branch.command({
          name: 'flow.set',
          flow: 'greeting',
          autonomy: 'suggest',
          policy: null,
          revision: 0,
          by: 'wang',
        }),
    ],
    [
      'flow-deployed',
      (branch: TestBranch) =>
        branch.send({
          kind: 'deploy',
          flow: 'greeting',
          version: 2,
          digest: null,
          files: null,
          running: 'finish',
          back: false,
          revision: 0,
          by: 'wang',
        }),
    ],
    ['clock-step', (branch: TestBranch) => branch.send({ kind: 'clock', stepMs: 120_000 })],
    ['hub-away', (branch: TestBranch) => branch.restart(900_000)],
  ])('%s', (reason, happen) => {
    const branch = planned()
    branch.advance(hour * 1.5)
    happen(branch)
    branch.advance(hour)
    expect(invalidOf(branch, 0)).toBe(reason)
    expect(spoiledBy(branch)[0]).toBe(reason)
  })

  test('only the block it fell into', () => {
    const branch = planned()
    branch.advance(hour * 1.5)
    branch.command({ name: 'pause', by: 'wang', untilMs: 60_000 })
    branch.advance(3 * hour)
    expect([0, 1, 2].map((place) => invalidOf(branch, place))).toEqual(['paused', '', ''])
  })

  test('not by another flow, nor by closing at its very end', () => {
    const yaml = `${branchYaml}calendar: { week: { '1': [{ at: '08:00', mode: open }, { at: '14:00', mode: closed }] } }\n`
    const branch = planned(yaml)
    branch.advance(hour * 1.5)
    branch.command({
      name: 'flow.set',
      flow: 'crowding',
      autonomy: 'off',
      policy: null,
      revision: 0,
      by: 'wang',
    })
    branch.advance(5 * hour)
    expect(ended(branch).map((params) => params?.['invalid'])).toEqual(['', '', '', ''])
  })
})

describe('a person has the last word', () => {
  test('a flow that was set by hand does not rest with the plan', () => {
    const branch = planned()
    const off = blocks.find(({ arm }) => arm === 'off')
    branch.advance((off?.from ?? 0) - branch.at() + 60_000)
    expect(isResting(branch.state, 'greeting')).toBe(true)
    branch.command({
      name: 'flow.set',
      flow: 'greeting',
      autonomy: 'suggest',
      policy: null,
      revision: 0,
      by: 'wang',
    })
    expect(isResting(branch.state, 'greeting')).toBe(false)
    expect(isResting(branch.state, 'diversion')).toBe(true)
  })
})

describe('a restart', () => {
  test('in the middle of a block goes on in it', () => {
    const branch = planned()
    branch.advance(hour * 1.5)
    const before = runningSwitchback(branch.state)
    branch.restart(1_000)
    expect(runningSwitchback(branch.state)).toEqual(before)
    branch.advance(hour)
    expect(invalidOf(branch, 0)).toBe('')
  })

  test('that comes late to a block leaves it out and joins the next', () => {
    const branch = planned()
    branch.advance(hour * 1.5)
    branch.restart(hour)
    expect(runningSwitchback(branch.state)?.block).toBeNull()
    expect(invalidOf(branch, 0)).toBe('hub-away')
    branch.advance(hour)
    expect(runningSwitchback(branch.state)?.block?.id).toBe(blocks[2]?.id)
  })

  test('seconds after an edge joins the block that has just begun', () => {
    const branch = planned()
    branch.advance(2 * hour - 10_000)
    branch.restart(20_000)
    expect(runningSwitchback(branch.state)?.block?.id).toBe(blocks[1]?.id)
    expect(invalidOf(branch, 0)).toBe('')
  })

  test('after the last block ends the plan', () => {
    const branch = planned()
    branch.advance(hour * 1.5)
    branch.restart(48 * hour)
    expect(runningSwitchback(branch.state)).toBeUndefined()
  })
})

describe('refusals', () => {
  const refusal = (branch: TestBranch, command: Parameters<TestBranch['command']>[0]) =>
    refuse(branch.state, { body: { kind: 'command', command } })?.code

  test('a second plan, a stop without one, and a flow that a person has set', () => {
    const branch = createTestBranch()
    expect(refusal(branch, { name: 'effect.stop', by: 'wang' })).toBe('effect.none')
    expect(refusal(branch, { name: 'effect.plan', plan, by: 'wang' })).toBeUndefined()
    branch.command({
      name: 'flow.set',
      flow: 'diversion',
      autonomy: 'suggest',
      policy: null,
      revision: 0,
      by: 'wang',
    })
    expect(refusal(branch, { name: 'effect.plan', plan, by: 'wang' })).toBe('effect.flow-set')
    const running = planned()
    expect(refusal(running, { name: 'effect.plan', plan, by: 'wang' })).toBe('effect.running')
  })

  test('flows that people rely on, whoever made the entry', () => {
    const branch = createTestBranch()
    for (const flow of ['assistance', 'crowding', 'device-care', 'counter-vacancy', 'emergency'])
      expect(refusal(branch, { name: 'effect.plan', plan: { ...plan, flows: [flow] }, by: 'wang' })).toBe(
        'effect.flow-kept',
      )
  })
})

describe('whatever happens', () => {
  const minutes = fc.integer({ min: 1, max: 50 })
  const happening = fc.oneof(
    minutes.map((count) => ({ what: 'wait' as const, count })),
    minutes.map((count) => ({ what: 'away' as const, count })),
    fc.constantFrom('pause', 'resume', 'emergency', 'end-emergency', 'suggest', 'automatic').map((what) => ({
      what: what as 'pause',
      count: 0,
    })),
  )

  const bring = (branch: TestBranch, { what, count }: { what: string; count: number }) => {
    const setting = (autonomy: 'suggest' | 'automatic') =>
      branch.command({ name: 'flow.set', flow: 'greeting', autonomy, policy: null, revision: 0, by: 'wang' })
    if (what === 'wait') branch.advance(count * 60_000)
    else if (what === 'away') branch.restart(count * 60_000)
    else if (what === 'pause') branch.command({ name: 'pause', by: 'wang', untilMs: null })
    else if (what === 'resume') branch.command({ name: 'resume', by: 'wang' })
    else if (what === 'emergency') branch.command({ name: 'mode', mode: 'emergency', by: 'wang' })
    else if (what === 'end-emergency') branch.command({ name: 'end-emergency', by: 'wang' })
    else setting(what === 'suggest' ? 'suggest' : 'automatic')
  }

  test('a block is as drawn, ends once, and counts only if the branch was itself in all of it', () => {
    fc.assert(
      fc.property(fc.array(happening, { minLength: 5, maxLength: 25 }), (happenings) => {
        const branch = planned()
        const disturbed = new Set<string>()
        for (const one of happenings) {
          bring(branch, one)
          const block = runningSwitchback(branch.state)?.block
          const { mode, paused } = branch.view().branch
          const automatic =
            (branch.state.flowSettings.get('greeting')?.autonomy ?? 'automatic') === 'automatic'
          expect(isResting(branch.state, 'greeting')).toBe(block?.arm === 'off' && automatic)
          if (block != null && (mode !== 'open' || paused !== null || !automatic)) disturbed.add(block.id)
        }
        branch.command({ name: 'resume', by: 'wang' })
        branch.command({ name: 'end-emergency', by: 'wang' })
        branch.advance(48 * hour)
        const over = ended(branch)
        expect(new Set(over.map((params) => params?.['block'])).size).toBe(over.length)
        for (const params of over) {
          expect(params?.['arm']).toBe(blocks.find(({ id }) => id === params?.['block'])?.arm)
          if (disturbed.has(String(params?.['block']))) expect(params?.['invalid']).not.toBe('')
        }
        expect(runningSwitchback(branch.state)).toBeUndefined()
      }),
      { numRuns: 25 },
    )
  })
})
