/** A call at a desk elsewhere that whoever leads the branch gives back to people on the spot, whatever the line does. */
import { beforeEach, describe, expect, it } from 'vitest'
import { doCall } from '#hub/calls/commands.ts'
import { doAsking, refuseAsking } from '#hub/calls/link/asking.ts'
import { tellBranches } from '#hub/calls/link/serving.ts'
import { Ask } from '#protocol/calls/link.ts'
import type { CallRow } from '#protocol/calls/rows.ts'
import { plan, TwoSides } from './two-sides.ts'

let two: TwoSides
beforeEach(() => {
  two = new TwoSides()
  two.request('kiosk-1')
  two.settle()
})

const here = () => two.branch.desk().calls.values()[0] as CallRow
const far = () => two.desk.desk().calls.values()[0] as CallRow
const held = () =>
  two.desk
    .desk()
    .experts.values()
    .flatMap(({ id, call }) => (call === null ? [] : [id]))

const giveBack = () => {
  const command = { name: 'call.to-staff', call: here().id, note: 'we do it', by: 'mei' } as const
  const refusal = refuseAsking(two.branch.desk(), command)
  if (refusal === undefined) doAsking(two.branch.desk(), command)
  return refusal?.code
}
const asExpert = (command: Parameters<typeof doCall>[1]) => {
  doCall(two.desk.desk(), command)
  tellBranches(two.desk.desk())
  two.settle()
}
const talk = () => {
  for (const _ of ['accept', 'join']) {
    two.work(0)
    two.settle()
  }
  asExpert({ name: 'call.note', call: far().id, notes: 'a loan', by: far().expert ?? '' })
}

const givenBack = {
  state: 'ended',
  outcome: 'follow-up',
  endedBy: 'mei',
  notes: 'a loan\nwe do it',
  participants: [],
}

describe('given back on the spot', () => {
  it('ends at once at the branch, and at the desk too: nobody is held, nothing is written up', () => {
    talk()
    expect(held()).toHaveLength(1)
    expect(giveBack()).toBeUndefined()
    expect(here()).toMatchObject(givenBack)
    for (const row of two.branch.desk().links.asked.values())
      expect(Ask.shape.over.safeParse(row.over).error).toBeUndefined()
    two.settle()
    expect(far()).toMatchObject(givenBack)
    expect(held()).toEqual([])
    expect(giveBack()).toBe('call.over')
  })

  it('with a guest who is there or rung, nobody of them is held', () => {
    talk()
    const guest = plan.people.find(({ id }) => id !== far().expert)?.id ?? ''
    const invited = { group: null, expert: guest, mode: 'consult', why: '', by: far().expert ?? '' } as const
    asExpert({ name: 'call.invite', call: far().id, ...invited })
    expect(held()).toHaveLength(2)
    giveBack()
    two.settle()
    expect([here().state, far().state, held()]).toEqual(['ended', 'ended', []])
  })

  it('also while it rings: the ring stops', () => {
    expect(held()).toHaveLength(1)
    expect(giveBack()).toBeUndefined()
    two.settle()
    expect(far()).toMatchObject({ state: 'ended', outcome: 'follow-up' })
    expect(held()).toEqual([])
  })

  it('while the line is down ends at the branch at once, and at the desk as soon as it hears of it', () => {
    talk()
    two.cut()
    expect(giveBack()).toBeUndefined()
    expect(here()).toMatchObject(givenBack)
    expect(far().state).toBe('in-call')
    two.open()
    two.settle()
    expect(far()).toMatchObject(givenBack)
    expect(held()).toEqual([])
  })

  it('outlives a branch that starts again before the desk has heard of it', () => {
    talk()
    giveBack()
    two.branch.backUp()()
    two.cut()
    two.open()
    two.settle()
    expect([here(), far()]).toEqual([expect.objectContaining(givenBack), expect.objectContaining(givenBack)])
    expect(held()).toEqual([])
  })

  it('is refused with a code where the customer has hung up already', () => {
    talk()
    two.act(0, 'hang-up')
    expect(giveBack()).toBe('call.state')
  })
})
