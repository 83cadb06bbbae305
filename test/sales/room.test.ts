/** A sale at the branch without a call has a room of its own: who may stand in it, and what becomes of it without them. */
import { beforeEach, describe, expect, it, test } from 'vitest'
import { kioskSale } from '#hub/sales/kiosk.ts'
import { hasOwnRoom, type InSaleRoom, roomOf, saleRoomPass } from '#hub/sales/room.ts'
import { ann, mei, plan, SalesLab, talk } from './sales-lab.ts'

let lab: SalesLab
const atKiosk = { ...mei, call: null, device: 'kiosk-1' } as const
const say = (is: InSaleRoom['is'], participant = 'manager:mei') =>
  lab.act({ name: 'sale.room', sale: lab.sale().id, participant, is, by: 'hub' })

beforeEach(() => {
  lab = new SalesLab()
})

const record = () => {
  lab.begin(atKiosk)
  lab.answer(true)
  for (const recorder of ['hub', 'page:manager:mei', 'page:kiosk:kiosk-1'] as const)
    lab.recorder(recorder, 'on')
}

describe('a ticket', () => {
  it('is there once the customer has said yes, for the two of them, until the sale ends', () => {
    lab.begin(atKiosk)
    expect(saleRoomPass(lab.sale(), 'manager:mei')).toBeNull()
    expect(kioskSale(lab.desk(), 'kiosk-1')).toMatchObject({ state: 'consent', ticket: null })
    lab.answer(true)
    const { id } = lab.sale()
    expect(saleRoomPass(lab.sale(), 'manager:mei')).toMatchObject({ call: id, participant: 'manager:mei' })
    for (const other of ['manager:li-na', 'kiosk:kiosk-2', 'expert:ann', 'recorder:hub', ''])
      expect(saleRoomPass(lab.sale(), other)).toBeNull()
    const told = kioskSale(lab.desk(), 'kiosk-1')
    expect(told?.ticket).toContain(`${id}/kiosk:kiosk-1/`)
    // The same after a restart: what the kiosk was told does not change by it.
    lab.restart()
    expect(kioskSale(lab.desk(), 'kiosk-1')).toEqual(told)
    lab.act({ name: 'sale.end', sale: id, ...mei })
    expect(saleRoomPass(lab.sale(), 'manager:mei')).toBeNull()
  })

  it('is none for a sale in a call: that one is in the room of its call', () => {
    lab.change(talk())
    lab.begin()
    lab.answer(true)
    expect(roomOf(lab.sale())).toBe('call-1')
    expect(hasOwnRoom(lab.sale())).toBe(false)
    expect(saleRoomPass(lab.sale(), 'expert:ann')).toBeNull()
    expect(kioskSale(lab.desk(), 'kiosk-1')).toMatchObject({ state: 'starting', ticket: null })
  })
})

test('it begins without a kiosk too, once the tablet and the hub record', () => {
  lab.begin({ ...mei, call: null })
  lab.act({ name: 'sale.consent', sale: lab.sale().id, given: true, ...mei })
  lab.recorder('hub', 'on')
  expect(lab.sale().state).toBe('starting')
  lab.recorder('page:manager:mei', 'on')
  expect(lab.sale().state).toBe('recording')
})

test('it is nobody’s at a kiosk where somebody calls an expert, until that is over', () => {
  for (const state of ['waiting', 'ringing', 'accepted', 'in-call', 'resuming'] as const) {
    lab.change(talk({ state }))
    expect(lab.begin(atKiosk)).toBe('sale.kiosk-in-call')
  }
  expect(lab.begin({ ...atKiosk, device: 'kiosk-2' })).toBeNull()
  lab.act({ name: 'sale.end', sale: lab.sale().id, ...mei })
  lab.change(talk({ state: 'wrap-up' }))
  expect(lab.begin(atKiosk)).toBeNull()
})

describe('whoever sells', () => {
  it('is waited for, and back in time the sale goes on', () => {
    record()
    say('gone')
    lab.pass(plan.aloneMs - 1)
    say('here')
    lab.pass(plan.aloneMs)
    expect(lab.sale().state).toBe('recording')
  })

  it('is gone: nobody is recorded on for nothing', () => {
    record()
    say('gone')
    lab.restart()
    lab.pass(plan.aloneMs)
    expect(lab.sale()).toMatchObject({ state: 'sealing', endedBy: 'hub' })
    expect(lab.notes.at(-1)?.note).toMatchObject({ code: 'sale.ended', params: { cause: 'alone' } })
  })

  it('is nobody else: the kiosk that is gone is a gap, and a stranger is nothing', () => {
    record()
    expect(say('gone', 'kiosk:kiosk-1')).toBeNull()
    expect(say('gone', 'manager:li-na')).toBeNull()
    expect(say('hung-up', 'manager:li-na')).toBeNull()
    lab.pass(2 * plan.aloneMs)
    expect(lab.sale().state).toBe('recording')
  })
})

test('the customer ends it at the kiosk at any time, and what is over is refused', () => {
  record()
  say('hung-up', 'kiosk:kiosk-1')
  expect(lab.sale()).toMatchObject({ state: 'sealing', endedBy: 'kiosk:kiosk-1' })
  lab.act({ name: 'recording.sealed', sale: lab.sale().id, manifest: 'ab', by: 'hub' })
  expect(lab.sale()).toMatchObject({ outcome: 'not-sold' })
  expect(say('here')).toBe('sale.over')
  expect(lab.act({ name: 'sale.room', sale: 'sale-9', participant: 'x', is: 'here', by: 'hub' })).toBe(
    'sale.unknown',
  )
})

test('a no that comes later is one', () => {
  record()
  lab.answer(false)
  expect(lab.sale()).toMatchObject({ state: 'sealing', endedBy: 'kiosk:kiosk-1' })
  expect(lab.notes.at(-1)?.note).toMatchObject({ code: 'sale.ended', params: { cause: 'refused' } })
  // Nothing comes after it.
  lab.answer(true)
  expect(lab.sale().state).toBe('sealing')
})

test('in a call nobody is waited for by the sale: the call does that', () => {
  lab.change(talk())
  lab.record()
  expect(say('gone', 'expert:ann')).toBeNull()
  expect(say('hung-up', 'kiosk:kiosk-1')).toBeNull()
  lab.pass(plan.aloneMs)
  expect(lab.sale().state).toBe('recording')
  expect(lab.act({ name: 'sale.end', sale: lab.sale().id, ...ann })).toBeNull()
})
