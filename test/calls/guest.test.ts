/** Another expert in a call: asked in, alone with the expert first, off again, or the one who goes on with it. */
import { beforeEach, describe, expect, it } from 'vitest'
import { DeskLab, faults } from './desk-lab.ts'

const person = (id: string, more: object = {}) => ({ id, title: {}, ...more })
const people = [
  person('ann', { qualifications: ['funds'] }),
  person('bo', { qualifications: ['funds'] }),
  person('cai', { qualifications: ['funds'], group: 'loans' }),
  person('dan', { qualifications: ['funds'], group: 'loans' }),
  person('eva', { group: 'loans' }),
]

let lab: DeskLab
let id: string
beforeEach(() => {
  lab = new DeskLab({ people, needs: { funds: { qualifications: ['funds'] } } })
  lab.open('ann')
  id = lab.ask({ service: 'funds' }).id
  lab.talk('ann')
  lab.open('bo', 'cai', 'dan', 'eva')
})

const asks = (more: object = {}) =>
  lab.act({
    name: 'call.invite',
    call: id,
    group: null,
    expert: 'bo',
    mode: 'consult',
    why: 'a loan',
    by: 'ann',
    ...more,
  })
const handsOver = (expert: string, by = 'ann') =>
  lab.act({ name: 'call.hand-over', call: id, group: null, expert, note: 'as said', by })
const codes = () => lab.notes.map(({ note }) => note.code)
const guests = () => lab.call(id).guests?.map(({ expert, why }) => [expert, why])

describe('asking another expert in', () => {
  it('rings whom the expert named, and the call goes on meanwhile', () => {
    expect(asks()).toBeNull()
    expect(lab.call(id)).toMatchObject({
      state: 'in-call',
      expert: 'ann',
      guest: { state: 'ringing', by: 'ann', why: 'a loan', mode: 'consult', ring: { experts: ['bo'] } },
    })
    expect(lab.expert('bo').call).toBe(id)
    lab.acceptAsGuest('bo')
    expect(lab.call(id).guest).toMatchObject({ state: 'coming', expert: 'bo', ring: null })
    lab.act({ name: 'call.joined', call: id, participant: 'expert:bo', by: 'hub' })
    expect(lab.call(id)).toMatchObject({ state: 'in-call', expert: 'ann', guest: { state: 'here' } })
    expect(faults(lab)).toEqual([])
  })

  it('goes through a group one by one, never to who lacks the licence, and tells when nobody came', () => {
    expect(asks({ expert: null, group: 'loans' })).toBeNull()
    const first = lab.guestRinging(id)
    expect(first).toHaveLength(1)
    lab.pass(lab.plan.ringMs)
    const second = lab.guestRinging(id)
    expect(new Set([...first, ...second])).toEqual(new Set(['cai', 'dan']))
    lab.act({
      name: 'call.decline',
      call: id,
      ring: lab.call(id).guest?.ring?.id ?? '',
      reason: null,
      by: second[0] ?? '',
    })
    expect(lab.call(id).guest).toBeNull()
    expect(guests()).toEqual([[null, 'declined']])
    expect(lab.expert('cai').call).toBeNull()
    expect(lab.expert('dan').call).toBeNull()
    expect(lab.call(id).state).toBe('in-call')
  })

  it('rings all of a group that rings together, and the first to accept has it', () => {
    lab = new DeskLab({ people, groups: [{ id: 'loans', title: {}, ringsAll: true }] })
    lab.open('ann')
    id = lab.ask().id
    lab.talk('ann')
    lab.open('cai', 'dan', 'eva')
    asks({ expert: null, group: 'loans' })
    expect(new Set(lab.guestRinging(id))).toEqual(new Set(['cai', 'dan', 'eva']))
    const ring = lab.call(id).guest?.ring?.id ?? ''
    const accept = (by: string) => lab.act({ name: 'call.accept', call: id, ring, by })
    expect([accept('dan'), accept('cai'), accept('dan')]).toEqual([
      null,
      'call.not-ringing',
      'call.not-ringing',
    ])
    expect(lab.expert('cai')).toMatchObject({ call: null, missed: 0 })
    expect(lab.expert('dan').call).toBe(id)
  })

  it('is refused with a code: by anybody else, twice, for who is held, or where there is no place', () => {
    expect(asks({ by: 'bo' })).toBe('call.not-yours')
    expect(asks({ expert: 'nobody' })).toBe('expert.unknown')
    expect(asks({ expert: 'ann' })).toBe('expert.busy')
    expect(asks({ expert: 'eva' })).toBe('expert.busy')
    expect(asks({ group: 'loans' })).toBe('request.invalid')
    for (const expert of ['cai', 'dan'])
      lab.act({ name: 'expert.presence', expert, presence: 'break', reason: null, by: expert })
    expect(asks({ expert: null, group: 'loans' })).toBe('expert.none')
    for (const name of ['li', 'mo'])
      lab.act({ name: 'call.joined', call: id, participant: `manager:${name}`, by: 'hub' })
    expect(asks()).toBe('call.full')
    lab.left(id, 'manager:mo')
    expect(asks()).toBeNull()
    expect(asks()).toBe('call.guest')
    // The place is theirs from the ring on.
    expect(lab.act({ name: 'call.joined', call: id, participant: 'manager:mo', by: 'hub' })).toBe('call.full')
    lab.acceptAsGuest('bo')
    expect(lab.act({ name: 'call.joined', call: id, participant: 'expert:bo', by: 'hub' })).toBeNull()
  })

  it('is missed like any ring, and sets who never answers to away', () => {
    asks()
    lab.pass(lab.plan.ringMs)
    asks()
    lab.pass(lab.plan.ringMs)
    expect(lab.expert('bo')).toMatchObject({ presence: 'away', call: null })
    expect(guests()).toEqual([
      [null, 'missed'],
      [null, 'missed'],
    ])
  })

  it('stops ringing when it is called off, when the call ends, and when the one rung goes on a break', () => {
    const isFree = () => expect(lab.expert('bo').call).toBeNull()
    asks()
    expect(lab.act({ name: 'call.take-off', call: id, by: 'ann' })).toBeNull()
    isFree()
    asks()
    lab.act({ name: 'expert.presence', expert: 'bo', presence: 'break', reason: null, by: 'bo' })
    isFree()
    lab.act({ name: 'expert.presence', expert: 'bo', presence: 'available', reason: null, by: 'bo' })
    asks()
    lab.act({ name: 'call.hang-up', call: id, participant: 'kiosk:kiosk-1', by: 'kiosk' })
    isFree()
    expect(lab.call(id)).toMatchObject({ state: 'wrap-up', expert: 'ann', guest: null })
    expect(guests()?.map(([, why]) => why)).toEqual(['taken-off', 'missed', 'ended'])
    expect(faults(lab)).toEqual([])
  })
})

describe('a guest', () => {
  it('notes apart, hangs up alone, and writes nothing up', () => {
    lab.bringIn('bo', 'invite')
    const note = (by: string, notes: string) => lab.act({ name: 'call.note', call: id, notes, by })
    const guestNote = (by: string, notes: string) => lab.act({ name: 'call.guest-note', call: id, notes, by })
    expect([note('ann', 'hers'), guestNote('bo', 'his')]).toEqual([null, null])
    expect([note('bo', 'no'), guestNote('ann', 'no'), guestNote('cai', 'no')]).toEqual(
      Array.from({ length: 3 }, () => 'call.not-yours'),
    )
    expect(lab.call(id)).toMatchObject({ notes: 'hers', guest: { notes: 'his' } })
    expect(lab.act({ name: 'call.identified', call: id, by: 'bo' })).toBe('call.not-yours')
    expect(lab.act({ name: 'call.take-off', call: id, by: 'bo' })).toBe('call.not-yours')
    expect(lab.act({ name: 'call.guest-mode', call: id, mode: 'consult', by: 'bo' })).toBe('call.not-yours')
    expect(lab.act({ name: 'call.leave', call: id, by: 'ann' })).toBe('call.not-yours')
    expect(lab.act({ name: 'call.hang-up', call: id, participant: 'expert:bo', by: 'bo' })).toBeNull()
    expect(lab.call(id)).toMatchObject({ state: 'in-call', expert: 'ann', guest: null, notes: 'hers' })
    expect(lab.call(id).guests).toMatchObject([{ expert: 'bo', why: 'left', notes: 'his' }])
    expect(lab.expert('bo')).toMatchObject({ call: null, idleSince: lab.at })
  })

  it('who falls out has a while to come back', () => {
    lab.bringIn('bo')
    lab.left(id, 'expert:bo')
    expect(lab.call(id).guest).toMatchObject({ state: 'resuming' })
    lab.restart()
    lab.pass(lab.plan.lostMs - 1)
    lab.act({ name: 'call.joined', call: id, participant: 'expert:bo', by: 'hub' })
    expect(lab.call(id).guest).toMatchObject({ state: 'here' })
    lab.left(id, 'expert:bo')
    lab.pass(lab.plan.lostMs)
    expect(lab.call(id)).toMatchObject({ state: 'in-call', expert: 'ann', guest: null })
    expect(guests()).toEqual([['bo', 'lost']])
  })

  it('who accepts and never comes is set to away', () => {
    asks()
    lab.acceptAsGuest('bo')
    lab.pass(lab.plan.joinMs)
    expect(lab.expert('bo')).toMatchObject({ presence: 'away', call: null })
    expect(guests()).toEqual([['bo', 'never-came']])
  })
})

describe('who goes on with it', () => {
  it('is the guest who is there: the same call, without a wait, a new part, both notes', () => {
    lab.bringIn('bo')
    lab.act({ name: 'call.note', call: id, notes: 'hers', by: 'ann' })
    lab.act({ name: 'call.guest-note', call: id, notes: 'his', by: 'bo' })
    expect(handsOver('cai')).toBe('call.guest')
    expect(handsOver('bo')).toBeNull()
    expect(handsOver('bo')).toBe('call.not-yours')
    expect(lab.call(id)).toMatchObject({
      state: 'in-call',
      expert: 'bo',
      guest: null,
      notes: 'hers\nas said\nhis',
      participants: ['kiosk:kiosk-1', 'expert:bo'],
      segments: [
        { expert: 'ann', why: 'handed-over' },
        { expert: 'bo', to: null },
      ],
    })
    expect(lab.expert('ann').call).toBeNull()
    expect(codes().slice(codes().indexOf('call.expert-joined') + 1)).not.toContain('call.rings')
    // Whoever follows calls hears that it is another expert's.
    expect(lab.changes.at(-1)).toMatchObject({ was: 'in-call', call: { state: 'in-call', expert: 'bo' } })
    lab.act({ name: 'call.hang-up', call: id, participant: 'expert:bo', by: 'bo' })
    expect(lab.act({ name: 'call.wrap-up', call: id, code: 'solved', notes: '', by: 'bo' })).toBeNull()
    expect(faults(lab)).toEqual([])
  })

  it('is nobody who is not there yet', () => {
    asks()
    expect(handsOver('bo')).toBe('call.guest')
    lab.acceptAsGuest('bo')
    expect(handsOver('bo')).toBe('call.guest')
  })

  it('is the guest where the expert is lost; the customer does not wait meanwhile', () => {
    lab.bringIn('bo', 'consult')
    lab.left(id, 'expert:ann')
    expect(lab.call(id)).toMatchObject({ state: 'resuming', guest: { state: 'here', mode: 'invite' } })
    lab.restart()
    lab.act({ name: 'expert.line', expert: 'bo', here: true, by: 'hub' })
    lab.pass(lab.plan.lostMs)
    expect(lab.call(id)).toMatchObject({ state: 'in-call', expert: 'bo', guest: null })
    expect(lab.expert('ann').call).toBeNull()
    expect(codes()).toContain('call.guest-stays')
    expect(codes()).not.toContain('call.expert-lost')
    expect(faults(lab)).toEqual([])
  })

  it('is the guest on the way, who has the time of any expert to come; and a ring for a guest ends with the expert', () => {
    asks()
    lab.acceptAsGuest('bo')
    lab.left(id, 'expert:ann')
    lab.pass(lab.plan.lostMs)
    expect(lab.call(id)).toMatchObject({ state: 'accepted', expert: 'bo' })
    lab.act({ name: 'call.joined', call: id, participant: 'expert:bo', by: 'hub' })
    asks({ by: 'bo', expert: 'cai' })
    lab.left(id, 'expert:bo')
    lab.pass(lab.plan.lostMs)
    expect(lab.call(id)).toMatchObject({ guest: null, expert: null, ahead: 1 })
    expect(faults(lab)).toEqual([])
  })

  it('is the expert who comes back in time, with the guest still there', () => {
    lab.bringIn('bo', 'consult')
    lab.left(id, 'expert:ann')
    lab.act({ name: 'call.joined', call: id, participant: 'expert:ann', by: 'hub' })
    expect(lab.call(id)).toMatchObject({
      state: 'in-call',
      expert: 'ann',
      guest: { expert: 'bo', mode: 'invite' },
    })
  })
})
