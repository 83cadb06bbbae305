/** A guest in a call whose kiosk is gone, or that is given back: nobody is left held, and nobody is sent out of a conversation. */
import { beforeEach, describe, expect, it } from 'vitest'
import { DeskLab, faults } from './desk-lab.ts'

const people = ['ann', 'bo', 'cai'].map((id) => ({ id, title: {} }))
let lab: DeskLab
let id: string
beforeEach(() => {
  lab = new DeskLab({ people, ringMs: 60_000 })
  lab.open('ann')
  id = lab.ask().id
})

const invites = (expert = 'bo') =>
  lab.act({ name: 'call.invite', call: id, group: null, expert, mode: 'consult', why: '', by: 'ann' })
const held = () => people.flatMap(({ id: one }) => (lab.expert(one).call === null ? [] : [one]))
const guests = () => lab.call(id).guests?.map(({ expert, why }) => [expert, why])

describe('a guest and a kiosk that is gone', () => {
  const expertAlone = () => {
    lab.kiosk('kiosk-1', true)
    lab.accept('ann')
    lab.act({ name: 'call.joined', call: id, participant: 'expert:ann', by: 'hub' })
    lab.open('bo', 'cai')
  }

  it.each<[string, () => unknown, string | null]>([
    ['rung', () => undefined, null],
    ['on the way', () => lab.acceptAsGuest('bo'), 'bo'],
  ])('who is %s is let go with the call in which no customer ever stood', (_, come, expert) => {
    expertAlone()
    expect(invites()).toBeNull()
    come()
    lab.pass(lab.plan.kioskGoneMs)
    expect(lab.call(id)).toMatchObject({ state: 'wrap-up', expert: 'ann', guest: null })
    expect([held(), guests()]).toEqual([['ann'], [[expert, 'ended']]])
    expect(lab.expert('bo')).toMatchObject({ missed: 0, presence: 'available' })
    expect(faults(lab)).toEqual([])
  })

  it('stays in the conversation and has it once the expert is lost: what the hub sees of the kiosk ends nothing', () => {
    lab.talk('ann')
    lab.open('bo', 'cai')
    lab.bringIn('bo')
    lab.kiosk('kiosk-1', true)
    lab.left(id, 'kiosk:kiosk-1')
    lab.left(id, 'expert:ann')
    lab.restart()
    lab.act({ name: 'expert.line', expert: 'bo', here: true, by: 'hub' })
    lab.pass(lab.plan.lostMs)
    expect(lab.call(id)).toMatchObject({ state: 'in-call', expert: 'bo', guest: null })
    lab.pass(3_600_000)
    expect(lab.call(id)).toMatchObject({ state: 'in-call', expert: 'bo' })
    expect([held(), faults(lab)]).toEqual([['bo'], []])
  })

  it('who was only on the way when the expert was lost comes to nobody: it is called off', () => {
    lab.talk('ann')
    lab.open('bo', 'cai')
    invites()
    lab.acceptAsGuest('bo')
    lab.kiosk('kiosk-1', true)
    lab.left(id, 'kiosk:kiosk-1')
    lab.left(id, 'expert:ann')
    lab.pass(lab.plan.lostMs)
    expect(lab.call(id)).toMatchObject({ state: 'accepted', expert: 'bo' })
    lab.pass(lab.plan.kioskGoneMs)
    expect(lab.call(id)).toMatchObject({ state: 'ended', outcome: 'withdrawn', endedBy: 'kiosk-gone' })
    expect([held(), faults(lab)]).toEqual([[], []])
  })
})

describe('a guest who only rings', () => {
  beforeEach(() => {
    lab.talk('ann')
    lab.open('bo', 'cai')
    invites()
  })
  const passOn = (expert: string | null, group: string | null = null) =>
    lab.act({ name: 'call.pass-on', call: id, expert, group, note: '', by: 'li' })

  it('stops ringing, and missed nothing, where the call is given back to people on the spot', () => {
    expect(lab.act({ name: 'call.to-staff', call: id, note: '', by: 'li' })).toBeNull()
    expect(lab.call(id)).toMatchObject({ state: 'ended', outcome: 'follow-up', guest: null })
    expect([held(), guests()]).toEqual([[], [[null, 'ended']]])
    expect(lab.expert('bo')).toMatchObject({ missed: 0, presence: 'available' })
    expect(faults(lab)).toEqual([])
  })

  it('goes on ringing where whoever leads would hand the call on: to them, to another one, or to a group', () => {
    for (const to of [passOn('bo'), passOn('cai'), passOn(null, 'experts')]) expect(to).toBe('call.guest')
    expect(lab.guestRinging(id)).toEqual(['bo'])
    expect(lab.act({ name: 'call.take-off', call: id, by: 'ann' })).toBeNull()
    expect(passOn('cai')).toBeNull()
    expect([lab.ringing(id), held(), faults(lab)]).toEqual([['cai'], ['cai'], []])
  })
})
