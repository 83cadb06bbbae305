/** Beyond head office's bounds nothing comes in force by one person alone, whatever he sends in whatever order. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BranchFile } from '#hub/branch/file.ts'
import { parseBranchFile } from '#hub/branch/load.ts'
import { refuse } from '#hub/branch/refusals.ts'
import { keptFlows } from '#hub/branch/versions-kept.ts'
import type { Command } from '#hub/engine/entry.ts'
import type { ErrorCode } from '#protocol/errors.ts'
import { branchYaml, createTestBranch, type TestBranch } from '../support/branch.ts'

const hour = 3_600_000
const flow = 'promotion'
const least = 5
const most = 20

const yaml = (bounds = `{ level: { min: ${least}, max: ${most} } }`, policy = '{ level: 10, other: 1 }') =>
  `${branchYaml}flows:\n  ${flow}: { policy: ${policy}, bounds: ${bounds} }\n`
const bounded = () => createTestBranch({ yaml: yaml() })

const rowOf = ({ state }: TestBranch) => state.flowSettings.get(flow)
const levelOf = (branch: TestBranch) => rowOf(branch)?.policy['level']
const revisionOf = (branch: TestBranch) => rowOf(branch)?.revision ?? 0
const proposalOf = ({ state }: TestBranch) => state.flowProposals.get(flow)

const propose = (branch: TestBranch, level: number, by = 'li') => ({
  name: 'flow.propose' as const,
  flow,
  autonomy: null,
  policy: { level, other: 1 },
  revision: revisionOf(branch),
  reason: 'pension day',
  by,
})
const set = (branch: TestBranch, level: number, by = 'li') => ({
  name: 'flow.set' as const,
  flow,
  autonomy: null,
  policy: { level },
  revision: revisionOf(branch),
  by,
})
const named = (branch: TestBranch) => ({ flow, proposal: proposalOf(branch)?.id ?? 'proposal-0' })
const approve = (branch: TestBranch, by: string): Command => ({ name: 'flow.approve', ...named(branch), by })
const withdraw = (branch: TestBranch, by: string): Command => ({
  name: 'flow.withdraw',
  ...named(branch),
  by,
})
const decline = (branch: TestBranch, by: string, reason: string | null = null): Command => ({
  name: 'flow.decline',
  ...named(branch),
  reason,
  by,
})

const refusal = ({ state }: TestBranch, command: Command): ErrorCode | undefined =>
  refuse(state, { body: { kind: 'command', command } })?.code

/** As the sequencer does it: what is refused leaves no trace. */
const give = (branch: TestBranch, command: Command): ErrorCode | undefined => {
  const code = refusal(branch, command)
  if (code === undefined) branch.command(command)
  return code
}

const sameFile = parseBranchFile(yaml())
const reload = (branch: TestBranch, text?: string) => {
  const file: BranchFile = text === undefined ? sameFile : parseBranchFile(text)
  branch.send({ kind: 'config', file, revision: branch.view().branch.revision, by: 'operator' })
}

describe('a setting beyond the bounds', () => {
  test('waits, and is in force once another person agreed, with both names and the reason', () => {
    const branch = bounded()
    expect(give(branch, propose(branch, 40))).toBeUndefined()
    expect(levelOf(branch)).toBe(10)
    expect(proposalOf(branch)).toMatchObject({
      state: 'open',
      askedBy: 'li',
      reason: 'pension day',
      revision: 1,
      beyond: [{ name: 'level', wanted: 40, min: least, max: most }],
      askedAt: branch.at(),
      endsAt: branch.at() + 24 * hour,
    })
    expect(branch.decisions.at(-1)).toMatchObject({
      code: 'proposal.made',
      params: { by: 'li', reason: 'pension day', beyond: 'level: 40 is above 20' },
    })
    expect(give(branch, approve(branch, 'wang'))).toBeUndefined()
    expect(rowOf(branch)).toMatchObject({
      policy: { level: 40, other: 1 },
      revision: 2,
      setBy: 'li',
      approvedBy: 'wang',
      reason: 'pension day',
    })
    expect(keptFlows(branch.state, flow).at(-1)).toEqual(rowOf(branch))
    expect(branch.decisions.slice(-2)).toMatchObject([
      { code: 'proposal.approved', params: { by: 'wang', askedBy: 'li' } },
      { code: 'policy.set', params: { by: 'li', approvedBy: 'wang', reason: 'pension day' } },
    ])
    // One person may leave it so, and may go back alone; what is said of this version is not said of the next.
    expect(give(branch, { ...set(branch, 40), policy: { level: 40, other: 2 } })).toBeUndefined()
    expect(rowOf(branch)).toMatchObject({ policy: { level: 40, other: 2 }, approvedBy: null, reason: null })
    expect(give(branch, set(branch, 41))).toBe('policy.out-of-bounds')
    expect(give(branch, set(branch, 15))).toBeUndefined()
    expect(give(branch, set(branch, 40))).toBe('policy.out-of-bounds')
  })

  test('is not agreed to by who asked for it, neither before the entry nor in it', () => {
    const branch = bounded()
    give(branch, propose(branch, 40))
    expect(give(branch, approve(branch, 'li'))).toBe('proposal.own')
    expect(give(branch, decline(branch, 'li'))).toBe('proposal.own')
    expect(give(branch, withdraw(branch, 'wang'))).toBe('proposal.others')
    for (const slips of [approve(branch, 'li'), decline(branch, 'li'), withdraw(branch, 'wang')])
      branch.command(slips)
    expect([levelOf(branch), proposalOf(branch)?.state]).toEqual([10, 'open'])
  })

  test('that is declined, withdrawn or forgotten is not in force, and can be asked for again', () => {
    const branch = bounded()
    give(branch, propose(branch, 40))
    expect(give(branch, decline(branch, 'wang', 'not today'))).toBeUndefined()
    expect(proposalOf(branch)).toMatchObject({ state: 'declined', endedBy: 'wang', endReason: 'not today' })
    expect(give(branch, approve(branch, 'wang'))).toBe('proposal.ended')
    expect(give(branch, propose(branch, 41))).toBeUndefined()
    expect(give(branch, withdraw(branch, 'li'))).toBeUndefined()
    expect(proposalOf(branch)).toMatchObject({ state: 'withdrawn', endedBy: 'li' })
    expect(give(branch, propose(branch, 42))).toBeUndefined()
    const stale = approve(branch, 'wang')
    branch.restart(25 * hour)
    branch.advance(0)
    expect(proposalOf(branch)).toMatchObject({ state: 'expired', endedBy: null })
    expect(give(branch, stale)).toBe('proposal.ended')
    branch.advance(25 * hour)
    expect(proposalOf(branch)).toBeUndefined()
    expect(give(branch, stale)).toBe('proposal.unknown')
    expect([levelOf(branch), revisionOf(branch)]).toEqual([10, 1])
  })

  test('is not forgotten as the one before it would have been', () => {
    const branch = bounded()
    give(branch, propose(branch, 40))
    give(branch, withdraw(branch, 'li'))
    branch.advance(20 * hour)
    give(branch, propose(branch, 41))
    branch.advance(10 * hour)
    expect(proposalOf(branch)).toMatchObject({ state: 'open', beyond: [{ wanted: 41 }] })
  })

  test('is asked for once at a time, from what is in force, and only where it lies beyond', () => {
    const branch = bounded()
    expect(give(branch, propose(branch, 15))).toBe('proposal.needless')
    expect(give(branch, propose(branch, 10))).toBe('proposal.needless')
    const old: Command = { ...propose(branch, 40), revision: 0 }
    expect(give(branch, old)).toBe('config.conflict')
    // Said in the language of whoever reads it, as with any other change.
    expect(refuse(branch.state, { body: { kind: 'command', command: old } })?.details).toEqual([
      { code: 'other-revision', params: { named: 0, current: revisionOf(branch) } },
    ])
    expect(give(branch, propose(branch, 40))).toBeUndefined()
    expect(give(branch, propose(branch, 3, 'wang'))).toBe('proposal.waits')
    expect(give(branch, { name: 'flow.approve', flow, proposal: 'proposal-9', by: 'wang' })).toBe(
      'proposal.unknown',
    )
  })
})

describe('what waits, when something else changes', () => {
  const waiting = () => {
    const branch = bounded()
    give(branch, propose(branch, 40))
    return branch
  }

  test('ends when the flow is set otherwise: who agrees too late is told', () => {
    const branch = waiting()
    const late = approve(branch, 'wang')
    expect(give(branch, { ...set(branch, 12, 'wang'), autonomy: 'off' })).toBeUndefined()
    expect(proposalOf(branch)).toMatchObject({ state: 'overtaken', endedBy: 'wang' })
    expect(give(branch, late)).toBe('config.conflict')
    branch.command(late)
    expect(rowOf(branch)).toMatchObject({ policy: { level: 12 }, autonomy: 'off', revision: 2 })
  })

  test('ends when another version of the flow comes in force', () => {
    const branch = waiting()
    branch.send({
      kind: 'deploy',
      flow,
      version: 9,
      digest: null,
      files: null,
      running: 'migrate',
      back: false,
      revision: 0,
      by: 'head-office',
    })
    expect(proposalOf(branch)).toMatchObject({ state: 'overtaken', endedBy: 'head-office' })
  })

  test.each([
    ['the same file', yaml(), 'open'],
    [
      'bounds of something else',
      yaml(`{ level: { min: ${least}, max: ${most} }, other: { max: 9 } }`),
      'open',
    ],
    ['bounds that it lies within', yaml('{ level: { max: 50 } }'), 'overtaken'],
    ['narrower bounds', yaml('{ level: { min: 8, max: 12 } }'), 'overtaken'],
    [
      'bounds that something lies beyond which stays as it is',
      yaml(`{ level: { min: ${least}, max: ${most} }, other: { min: 2 } }`),
      'open',
    ],
    ['another setting of the flow', yaml(undefined, '{ level: 11, other: 1 }'), 'overtaken'],
    ['no word of the flow', branchYaml, 'overtaken'],
  ])('at a branch file with %s', (_, text, state) => {
    const branch = waiting()
    reload(branch, text)
    expect(proposalOf(branch)?.state).toBe(state)
    // Whatever became of it: one person alone still gets nowhere, and a second one only to what he was shown.
    expect(give(branch, approve(branch, 'li'))).toBeDefined()
    expect(give(branch, approve(branch, 'wang'))).toBe(state === 'open' ? undefined : 'config.conflict')
    expect(levelOf(branch)).toBe(state === 'open' ? 40 : text.includes('level: 11') ? 11 : 10)
  })
})

type Step = (branch: TestBranch) => Command | undefined
const level = fc.integer({ min: 0, max: 30 })
const beyond = fc.constantFrom(0, 4, 21, 30)
const always = (weight: number, arbitrary: fc.Arbitrary<Step>) => ({ weight, arbitrary })
const letPass =
  (step: (branch: TestBranch) => void): Step =>
  (branch) => {
    step(branch)
    return undefined
  }

const stepsOf = (who: fc.Arbitrary<string>): fc.Arbitrary<readonly Step[]> => {
  const step = fc.oneof(
    always(
      3,
      fc.tuple(level, who).map(
        ([to, by]) =>
          (branch) =>
            set(branch, to, by),
      ),
    ),
    always(
      6,
      fc.tuple(fc.oneof(beyond, level), who).map(
        ([to, by]) =>
          (branch) =>
            propose(branch, to, by),
      ),
    ),
    always(
      6,
      who.map((by) => (branch) => approve(branch, by)),
    ),
    always(
      1,
      who.map((by) => (branch) => decline(branch, by)),
    ),
    always(
      1,
      who.map((by) => (branch) => withdraw(branch, by)),
    ),
    always(
      1,
      fc.constantFrom(1, 13, 25).map((hours) => letPass((branch) => branch.advance(hours * hour))),
    ),
    always(
      1,
      fc.constantFrom(1, 25).map((hours) => letPass((branch) => branch.restart(hours * hour))),
    ),
    always(1, fc.constant(letPass((branch) => reload(branch)))),
  )
  return fc.array(step, { minLength: 10, maxLength: 30 })
}

const isWithin = (branch: TestBranch) => {
  const now = levelOf(branch)
  return typeof now === 'number' && now >= least && now <= most
}

test('no sequence of commands by one person alone puts a value beyond the bounds in force', () => {
  let proposed = 0
  fc.assert(
    fc.property(stepsOf(fc.constant('li')), fc.boolean(), (steps, isGated) => {
      const branch = bounded()
      for (const step of steps) {
        const command = step(branch)
        if (command === undefined) continue
        // What is about proposals holds in the entry itself, without what is asked before it.
        if (isGated || command.name === 'flow.set') give(branch, command)
        else branch.command(command)
        proposed += Number(proposalOf(branch)?.state === 'open')
        expect(isWithin(branch)).toBe(true)
      }
    }),
    { numRuns: 200 },
  )
  expect(proposed).toBeGreaterThan(200)
}, 120_000)

test('among three, whatever lies beyond the bounds has two names and a reason', () => {
  let agreed = 0
  const who = fc.constantFrom('li', 'wang', 'mei')
  fc.assert(
    fc.property(stepsOf(who), (steps) => {
      const branch = bounded()
      for (const step of steps) {
        const before = levelOf(branch)
        const command = step(branch)
        if (command !== undefined) give(branch, command)
        if (isWithin(branch) || levelOf(branch) === before) continue
        const { setBy, approvedBy, reason } = rowOf(branch) ?? {}
        expect(approvedBy).toEqual(expect.any(String))
        expect([approvedBy === setBy, reason]).toEqual([false, 'pension day'])
        agreed += 1
      }
    }),
    { numRuns: 200 },
  )
  expect(agreed).toBeGreaterThan(100)
}, 120_000)
