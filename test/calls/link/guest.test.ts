/** A guest of a call that a desk elsewhere answers: the branch shows who is there, and what does not travel is refused. */
import { expect, it } from 'vitest'
import { doCall, refuseCall } from '#hub/calls/commands.ts'
import { guestIn, isCustomerApart } from '#hub/calls/guest.ts'
import { kioskSettings } from '#hub/calls/kiosk.ts'
import { refuseAsking } from '#hub/calls/link/asking.ts'
import { tellBranches } from '#hub/calls/link/serving.ts'
import { Told } from '#protocol/calls/link.ts'
import type { CallRow } from '#protocol/calls/rows.ts'
import { plan, TwoSides } from './two-sides.ts'

it('is seen at the branch from accepting on, apart or not, and has the call there once it was handed over', () => {
  const two = new TwoSides()
  const desk = () => two.desk.desk()
  const far = () => desk().calls.values()[0] as CallRow
  const here = () => two.branch.desk().calls.values()[0] as CallRow
  const order = (command: Parameters<typeof doCall>[1]) => {
    expect(refuseCall(desk(), command)).toBeUndefined()
    doCall(desk(), command)
    tellBranches(desk())
    for (const { told } of desk().links.served.values()) expect(Told.safeParse(told).error).toBeUndefined()
    two.settle()
  }
  two.request('kiosk-1')
  two.settle()
  const host = far().ring?.experts[0] ?? ''
  order({ name: 'call.accept', call: far().id, ring: far().ring?.id ?? '', by: host })
  order({ name: 'call.joined', call: far().id, participant: `expert:${host}`, by: 'hub' })
  const guest = plan.people.find(({ id }) => id !== host)?.id ?? ''
  order({
    name: 'call.invite',
    call: far().id,
    group: null,
    expert: guest,
    mode: 'consult',
    why: '',
    by: host,
  })
  expect(here().guest).toMatchObject({ state: 'ringing', expert: null })
  order({ name: 'call.accept', call: far().id, ring: far().guest?.ring?.id ?? '', by: guest })
  order({ name: 'call.joined', call: far().id, participant: `expert:${guest}`, by: 'hub' })
  expect(guestIn(here())).toBe(`expert:${guest}`)
  expect(isCustomerApart(here())).toBe(true)
  const told = () => kioskSettings({ ...two.branch.desk(), plan }, 'kiosk-1').call
  expect(told()?.guest).toMatchObject({ id: guest, isThere: true, apart: true })
  order({ name: 'call.guest-mode', call: far().id, mode: 'invite', by: host })
  expect(isCustomerApart(here())).toBe(false)
  order({ name: 'call.hand-over', call: far().id, group: null, expert: guest, note: '', by: host })
  expect(here()).toMatchObject({ state: 'in-call', expert: guest, guest: null })
  expect(told()).toMatchObject({ expert: { id: guest }, guest: null })

  const branch = two.branch.desk()
  const of = { call: here().id, note: '', by: 'mei' }
  expect(refuseAsking(branch, { name: 'call.pass-on', ...of, group: null, expert: guest })?.code).toBe(
    'call.far',
  )
  order({ name: 'call.hang-up', call: far().id, participant: `expert:${guest}`, by: guest })
  order({ name: 'call.wrap-up', call: far().id, code: 'solved', notes: '', by: guest })
  expect(here()).toMatchObject({ state: 'ended', outcome: 'solved', expert: guest })
})
