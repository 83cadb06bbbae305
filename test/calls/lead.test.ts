/** What whoever leads experts, or the branch, does about the calls of others. */
import { beforeEach, describe, expect, it } from 'vitest'
import { DeskLab, faults } from './desk-lab.ts'

const people = [
  { id: 'ann', title: {}, group: 'retail' },
  { id: 'bo', title: {}, group: 'retail' },
  { id: 'cai', title: {}, group: 'loans' },
]
let lab: DeskLab
beforeEach(() => {
  lab = new DeskLab({ people, needs: { card: { group: 'retail' } }, patienceMs: 60_000, ringMs: 20_000 })
})
const sets = (expert: string, presence: 'available' | 'away') =>
  lab.act({ name: 'expert.presence', expert, presence, reason: null, by: 'lead' })
const codes = () => lab.notes.map(({ note }) => note.code)

describe('somebody set away or back', () => {
  it('is not rung meanwhile, and takes calls again afterwards; what rings there rings elsewhere', () => {
    lab.open('ann')
    const { id } = lab.ask()
    lab.open('bo')
    expect(sets('ann', 'away')).toBeNull()
    expect(lab.expert('ann')).toMatchObject({ presence: 'away', call: null })
    expect(lab.ringing(id)).toEqual(['bo'])
    expect(sets('ann', 'available')).toBeNull()
    expect(lab.expert('ann').presence).toBe('available')
    expect(codes()).toEqual(expect.arrayContaining(['expert.away-by', 'expert.available-by']))
    expect(faults(lab)).toEqual([])
  })

  it('is there: nobody else is made available', () => {
    expect(sets('ann', 'available')).toBe('expert.not-there')
    expect(sets('nobody', 'away')).toBe('expert.unknown')
  })
})

describe('a call that waits', () => {
  it('goes to another group, in its place and with time for a ring; what rang is no missed ring', () => {
    lab.open('ann', 'cai')
    const { id } = lab.ask({ service: 'card' })
    expect(lab.ringing(id)).toEqual(['ann'])
    lab.pass(15_000)
    const move = (group: string) => lab.act({ name: 'call.move', call: id, group, by: 'lead' })
    expect(move('nothing')).toBe('expert.unknown')
    expect(move('loans')).toBeNull()
    expect(lab.ringing(id)).toEqual(['cai'])
    expect(lab.expert('ann')).toMatchObject({ call: null, missed: 0 })
    lab.pass(20_000)
    lab.act({ name: 'expert.presence', expert: 'cai', presence: 'break', reason: null, by: 'cai' })
    lab.pass(20_000)
    lab.act({ name: 'call.move', call: id, group: 'retail', by: 'lead' })
    expect(lab.ringing(id)).toEqual(['ann'])
    lab.pass(30_000)
    expect(faults(lab)).toEqual([])
    lab.pass(60_000)
    expect(lab.call(id).outcome).toBe('unanswered')
    expect(move('loans')).toBe('call.over')
  })
})

describe('a call with somebody', () => {
  it('is handed over for its expert, to another one or to who is there as a guest', () => {
    lab.open('ann')
    const { id } = lab.ask()
    lab.talk('ann')
    lab.open('bo', 'cai')
    const passOn = (expert: string | null, group: string | null = null) =>
      lab.act({ name: 'call.pass-on', call: id, expert, group, note: 'a loan', by: 'li' })
    expect(passOn('bo')).toBeNull()
    expect(lab.ringing(id)).toEqual(['bo'])
    expect(lab.expert('ann').call).toBeNull()
    expect(passOn('cai')).toBe('call.state')
    lab.talk('bo')
    lab.bringIn('cai')
    expect(passOn('ann')).toBe('call.guest')
    expect(passOn('cai')).toBeNull()
    expect(lab.call(id)).toMatchObject({ state: 'in-call', expert: 'cai', notes: 'a loan\na loan' })
    expect(faults(lab)).toEqual([])
  })

  it('is given back to people on the spot, whether somebody talks or it waits: nobody is held, nothing is written up', () => {
    lab.open('ann', 'bo')
    const toStaff = (call: string) => lab.act({ name: 'call.to-staff', call, note: 'we do it', by: 'li' })
    const { id } = lab.ask()
    lab.talk('ann')
    lab.bringIn('bo')
    expect(toStaff(id)).toBeNull()
    expect(lab.call(id)).toMatchObject({
      state: 'ended',
      outcome: 'follow-up',
      endedBy: 'li',
      notes: 'we do it',
    })
    expect([lab.expert('ann').call, lab.expert('bo').call]).toEqual([null, null])
    const { id: second } = lab.ask({ device: 'kiosk-2' })
    expect(lab.call(second).state).toBe('ringing')
    expect(toStaff(second)).toBeNull()
    expect(toStaff(second)).toBe('call.over')
    expect(faults(lab)).toEqual([])
  })
})
