/** What waits for a second person is on disk like everything else: through a kill, a checkpoint and a replay. */
import { expect, test } from 'vitest'
import { flows } from '#flows/index.ts'
import { createPolicyParser } from '#hub/branch/policies.ts'
import type { Command } from '#hub/engine/entry.ts'
import { digestOf, readEntry, replay } from '#hub/engine/replay.ts'
import { defaultSettings } from '#hub/engine/settings.ts'
import { createMemoryStore } from '#hub/store/memory-store.ts'
import { branchName, simBranch } from '../sim/branch.ts'
import { type Lab, openLab } from './support.ts'

const hour = 3_600_000
const flow = 'diversion'
const parse = createPolicyParser(flows)

const openBounded = async () => {
  const lab = await openLab(flows)
  const bounds = { enterLength: { min: 4, max: 12 } }
  const section = { autonomy: 'automatic' as const, policy: parse(flow, {}), bounds }
  const file = { ...simBranch(), flows: { [flow]: section } } as ReturnType<typeof simBranch>
  await lab.send({ kind: 'config', file, revision: 1, by: 'operator' })
  return lab
}

const give = (lab: Lab, command: Command) => lab.send({ kind: 'command', command })
const setting = (lab: Lab) => lab.engine().state.flowSettings.get(flow)
const proposal = (lab: Lab) => lab.engine().state.flowProposals.get(flow)

const propose = (lab: Lab, enterLength = 40) =>
  give(lab, {
    name: 'flow.propose',
    flow,
    autonomy: null,
    policy: parse(flow, { enterLength }),
    revision: setting(lab)?.revision ?? 0,
    reason: 'pension day',
    by: 'li',
  })

const decide = (lab: Lab, name: 'flow.approve' | 'flow.withdraw', by: string) =>
  give(lab, { name, flow, proposal: proposal(lab)?.id ?? '', by })

const replayed = async (lab: Lab) => {
  const store = createMemoryStore({ disk: lab.disk })
  expect((await store.verify(branchName)).ok).toBe(true)
  const entries = (await store.entries(branchName, { from: 1 })).flatMap((row) => readEntry(row) ?? [])
  return digestOf(replay({ flows, settings: defaultSettings }, entries))
}

test('a hub killed at any step goes on with what waits, and still asks for a second person', async () => {
  const lab = await openBounded()
  await propose(lab)
  const waiting = proposal(lab)
  await lab.reopen(flows)
  expect(proposal(lab)).toEqual(waiting)
  await expect(decide(lab, 'flow.approve', 'li')).rejects.toMatchObject({ code: 'proposal.own' })
  await decide(lab, 'flow.approve', 'wang')
  await lab.reopen(flows)
  expect(setting(lab)).toMatchObject({
    policy: { enterLength: 40 },
    setBy: 'li',
    approvedBy: 'wang',
    reason: 'pension day',
  })
  expect(proposal(lab)?.state).toBe('approved')
  expect(await replayed(lab)).toBe(digestOf(lab.engine().rows))
  expect(lab.bugs).toEqual([])
})

test('its time runs while the hub is down, and its end is remembered for a day', async () => {
  const lab = await openBounded()
  await propose(lab)
  await lab.wait(23 * hour)
  expect(proposal(lab)?.state).toBe('open')
  await lab.reopen(flows)
  await lab.wait(2 * hour)
  expect(proposal(lab)?.state).toBe('expired')
  await expect(decide(lab, 'flow.approve', 'wang')).rejects.toMatchObject({ code: 'proposal.ended' })
  await lab.reopen(flows)
  await lab.wait(25 * hour)
  expect(proposal(lab)).toBeUndefined()
  expect(setting(lab)?.policy['enterLength']).toBe(parse(flow, {})['enterLength'])
  expect(await replayed(lab)).toBe(digestOf(lab.engine().rows))
}, 60_000)

test('of two who agree at once, and of one who agrees while another changes it, one wins', async () => {
  const lab = await openBounded()
  await propose(lab)
  const id = proposal(lab)?.id ?? ''
  const both = await Promise.allSettled(
    ['wang', 'mei'].map((by) => give(lab, { name: 'flow.approve', flow, proposal: id, by })),
  )
  expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  expect(setting(lab)).toMatchObject({ approvedBy: 'wang', revision: 2 })
  await propose(lab, 50)
  const { revision = 0 } = setting(lab) ?? {}
  const next = proposal(lab)?.id ?? ''
  const [changed, agreed] = await Promise.allSettled([
    give(lab, { name: 'flow.set', flow, autonomy: 'suggest', policy: null, revision, by: 'mei' }),
    give(lab, { name: 'flow.approve', flow, proposal: next, by: 'wang' }),
  ])
  expect(changed.status).toBe('fulfilled')
  expect(agreed).toMatchObject({ status: 'rejected', reason: { code: 'config.conflict' } })
  expect(setting(lab)).toMatchObject({ policy: { enterLength: 40 }, autonomy: 'suggest' })
})
