/** A setting beyond head office's bounds, asked for and agreed to over the line: by two people, not by two pages of one. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseBranchFile } from '#hub/branch/load.ts'
import { createPolicyParser } from '#hub/branch/policies.ts'
import { createFlowsView } from '#hub/look/flows.ts'
import { createTitles } from '#hub/look/titles.ts'
import type { DeskCommand } from '#protocol/desk/live/commands.ts'
import { LiveFlow } from '#protocol/desk/live/work-rows.ts'
import { ProposalTold } from '#protocol/desk/look/flows.ts'
import { labFile } from '../look-lab.ts'
import { remove } from '../support.ts'
import { connectPage, type LiveStage, raiseLive, signInLive, type TestPage } from './support.ts'

const flow = 'crowding'
let stage: LiveStage
let li: TestPage
let liElsewhere: TestPage
let wang: TestPage
let guard: TestPage

const come = async (name: string, roles: Parameters<typeof signInLive>[2]): Promise<TestPage> => {
  const page = connectPage(stage.port, await signInLive(stage, name, roles))
  await page.until((one) => one.last('beat') !== undefined)
  return page
}

beforeAll(async () => {
  stage = await raiseLive()
  const bounds = '{ holdMs: { min: 5000, max: 20000 } }'
  const parsePolicy = createPolicyParser(() => stage.engine.flows.list)
  const file = parseBranchFile(`${labFile}flows:\n  ${flow}: { bounds: ${bounds} }\n`, parsePolicy)
  await stage.send({ kind: 'config', file, revision: 1, by: 'operator' })
  li = await come('li', ['manager'])
  liElsewhere = await come('li', ['manager'])
  wang = await come('wang', ['admin'])
  guard = await come('guard-1', ['staff'])
})
afterAll(async () => {
  for (const page of [li, liElsewhere, wang, guard]) page.leave()
  await stage.stop()
  remove(stage.folder)
})

const rowFor = (page: TestPage) => page.copy.flows.get(flow)
const proposal = (page: TestPage) => rowFor(page)?.proposal?.id ?? ''
const propose = (holdMs: number, reason = 'a fair in the square'): DeskCommand => ({
  name: 'flow.propose',
  params: { flow, autonomy: null, policy: { holdMs }, revision: rowFor(li)?.revision ?? 0, reason },
})
const told = async () => {
  const flows = await createFlowsView({ engine: stage.engine })('en')
  const found = flows.find(({ id }) => id === flow)
  if (found === undefined) throw new Error(flow)
  return found
}

test('is seen by everybody while it waits, agreed to by another, and stands in the history with both names', async () => {
  expect(await li.insist(propose(60_000, ' '))).toMatchObject({ error: { code: 'request.invalid' } })
  expect(await li.insist(propose(60_000))).toMatchObject({ done: true })
  await wang.until((page) => rowFor(page)?.proposal?.state === 'open')
  const row = rowFor(wang)
  expect(LiveFlow.strict().parse(row)).toEqual(row)
  expect(row).toMatchObject({ proposal: { askedBy: 'li', reason: 'a fair in the square' }, approvedBy: null })
  const before = await told()
  expect(ProposalTold.strict().parse(before.proposal)).toMatchObject({
    state: 'open',
    askedByTitle: 'Ms Li',
    policy: { ...before.policy, holdMs: 60_000 },
    beyond: [{ name: 'holdMs', wanted: 60_000, min: 5_000, max: 20_000 }],
  })

  const params = { flow, proposal: proposal(wang) }
  for (const page of [li, liElsewhere])
    expect(await page.insist({ name: 'flow.approve', params })).toMatchObject({
      error: { code: 'proposal.own' },
    })
  expect(await guard.insist({ name: 'flow.approve', params })).toMatchObject({
    error: { code: 'role.missing' },
  })
  expect((await told()).policy).toEqual(before.policy)

  expect(await wang.insist({ name: 'flow.approve', params })).toMatchObject({ done: true })
  await li.until((page) => rowFor(page)?.proposal?.state === 'approved')
  expect(rowFor(li)).toMatchObject({ setBy: 'li', approvedBy: 'wang' })
  const after = await told()
  expect(after).toMatchObject({
    policy: { holdMs: 60_000 },
    by: 'li',
    reason: 'a fair in the square',
    approvedByTitle: 'Mr Wang',
    proposal: { state: 'approved', endedByTitle: 'Mr Wang' },
  })
  expect(after.history[0]).toMatchObject({
    by: 'li',
    approvedBy: 'wang',
    approvedByTitle: 'Mr Wang',
    reason: 'a fair in the square',
    differs: [{ name: 'holdMs', is: 60_000 }],
  })
})

test('is told with both names by whatever explains a task', async () => {
  await stage.engine.read((state) => {
    for (const tongue of ['en', 'zh'] as const) {
      const titles = createTitles(state, tongue)
      const { revision = 0 } = state.flowSettings.get(flow) ?? {}
      const said = titles.setters({ flow, revision, by: 'li' })
      expect(said).toBe(tongue === 'en' ? 'Ms Li, approved by Mr Wang' : '李经理（王柜员 复核）')
      expect(titles.setters({ flow, revision: revision - 1, by: 'li' })).toBe(titles.person('li'))
    }
  })
})

test('that is wrong in itself is refused when it is asked for, not when it is agreed to', async () => {
  expect(await li.insist(propose(-1))).toMatchObject({ error: { code: 'policy.invalid' } })
  expect(await li.insist(propose(10_000))).toMatchObject({ error: { code: 'proposal.needless' } })
})

test('is declined with a reason that who asked can read', async () => {
  expect(await li.insist(propose(90_000))).toMatchObject({ done: true })
  await wang.until((page) => rowFor(page)?.proposal?.state === 'open')
  const params = { flow, proposal: proposal(wang) }
  expect(await wang.insist({ name: 'flow.withdraw', params })).toMatchObject({
    error: { code: 'proposal.others' },
  })
  const declined = { ...params, reason: 'the square is empty' }
  expect(await wang.insist({ name: 'flow.decline', params: declined })).toMatchObject({ done: true })
  await li.until((page) => rowFor(page)?.proposal?.state === 'declined')
  expect((await told()).proposal).toMatchObject({ endReason: 'the square is empty', endedBy: 'wang' })
})
