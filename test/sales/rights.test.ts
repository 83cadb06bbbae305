/** Who may do what in which state, and that whatever else is refused with its code and changes nothing. */
import { beforeEach, describe, expect, it, test } from 'vitest'
import { findingsMax } from '#protocol/recording/missing.ts'
import { ann, fundScript, mei, missing, plan, SalesLab, talk } from './sales-lab.ts'

let lab: SalesLab
const bo = { by: 'bo', leads: false } as const
const sale = () => lab.sale().id

beforeEach(() => {
  lab = new SalesLab()
  lab.change(talk())
})

describe('who begins', () => {
  test.each([
    ['the expert of the call', { ...ann }, null],
    ['an expert of another call', { ...bo }, 'call.not-yours'],
    ['a manager who is not in the call', { ...mei }, 'call.not-yours'],
    ['an expert without a call', { ...ann, call: null }, 'role.missing'],
    ['a manager without a call', { ...mei, call: null, device: 'kiosk-2' }, null],
    ['in no call', { ...ann, call: 'call-9' }, 'call.unknown'],
    ['with a product without a script', { ...ann, product: 'gold' }, 'sale.no-script'],
    ['at no kiosk', { ...mei, call: null, device: 'robot-1' }, 'device.unknown'],
  ] as const)('%s: %s', (_, change, code) => expect(lab.begin(change)).toBe(code))

  it('is a manager who has joined the call', () => {
    lab.change(talk({ participants: ['expert:ann', 'manager:mei'] }))
    expect(lab.begin(mei)).toBeNull()
    expect(lab.sale()).toMatchObject({ seller: 'manager:mei', device: 'kiosk-1' })
  })

  it('is nobody where nothing is recorded, in a call of another branch, or before they talk', () => {
    const off = new SalesLab()
    lab.change(talk({ branch: 'elsewhere' }))
    expect(lab.begin()).toBe('sale.elsewhere')
    lab.change(talk({ state: 'accepted' }))
    expect(lab.begin()).toBe('call.state')
    off.plan = undefined
    off.change(talk())
    expect(off.begin()).toBe('sale.off')
  })

  it('is nobody a second time', () => {
    expect(lab.begin()).toBeNull()
    expect(lab.begin()).toBe('sale.open')
  })
})

describe('the customer’s yes', () => {
  it('is said at the kiosk alone, where there is one', () => {
    lab.begin()
    expect(lab.act({ name: 'sale.consent', sale: sale(), given: true, ...ann })).toBe('sale.kiosk-asks')
    expect(lab.act({ name: 'sale.consent', sale: sale(), given: false, ...bo })).toBe('sale.not-yours')
    lab.answer(true)
    expect(lab.sale()).toMatchObject({ state: 'starting', consent: { by: 'kiosk:kiosk-1' } })
  })

  it('is noted by whoever sells where there is none', () => {
    lab.begin({ ...mei, call: null })
    expect(lab.act({ name: 'sale.consent', sale: sale(), given: true, ...mei })).toBeNull()
    expect(lab.sale().consent).toMatchObject({ by: 'manager:mei' })
  })

  it('is none where it does not come, and a no ends the recording alone', () => {
    lab.begin()
    lab.pass(plan.consentMs)
    expect(lab.sale()).toMatchObject({ state: 'over', outcome: 'refused', recorders: [] })
    lab.begin()
    lab.answer(false)
    expect(lab.sale()).toMatchObject({ state: 'over', outcome: 'refused' })
    expect(lab.calls.get('call-1')?.state).toBe('in-call')
  })

  it('comes before any recorder', () => {
    lab.begin()
    lab.recorder('hub', 'on')
    expect(lab.sale().recorders).toEqual([])
  })
})

describe('the sale step', () => {
  it('waits for every item, every finding and every recorder', () => {
    lab.record()
    const sell = () => lab.act({ name: 'sale.sell', sale: sale(), ...ann })
    expect(missing(lab)).toEqual(['item', 'item', 'item', 'item'])
    expect(sell()).toBe('sale.blocked')
    lab.hearAll()
    lab.recorder('hub', 'lost')
    expect(missing(lab)).toEqual(['recorder'])
    expect(sell()).toBe('sale.blocked')
    lab.recorder('hub', 'on')
    const found = { code: 'forbidden', about: 'guaranteed', at: lab.at, speaker: 'seller' } as const
    const heard = { heard: [], unheard: [], cleared: [], by: 'speech' } as const
    lab.act({ name: 'sale.inspected', sale: sale(), found: [found], ...heard })
    expect(missing(lab)).toEqual(['finding'])
    expect(sell()).toBe('sale.blocked')
    expect(lab.act({ name: 'sale.settle', sale: sale(), finding: '1', note: ' ', ...ann })).toBe(
      'request.invalid',
    )
    expect(lab.act({ name: 'sale.settle', sale: sale(), finding: '1', note: 'said anew', ...ann })).toBeNull()
    expect(sell()).toBeNull()
    expect(sell()).toBe('sale.sold')
    expect(lab.act({ name: 'sale.untick', sale: sale(), item: 'who', ...ann })).toBe('sale.sold')
  })

  it('is not done where more was found than is kept, also where all of that was put right', () => {
    lab.record()
    lab.hearAll()
    const heard = { heard: [], unheard: [], cleared: [], by: 'speech' } as const
    for (let nth = 1; nth <= findingsMax; nth++) {
      const found = { code: 'forbidden', about: 'guaranteed', at: lab.at + nth, speaker: 'seller' } as const
      lab.act({ name: 'sale.inspected', sale: sale(), found: [found], ...heard })
      lab.act({ name: 'sale.settle', sale: sale(), finding: String(nth), note: 'said anew', ...ann })
    }
    expect(lab.sale().findings.filter(({ settled }) => settled === null)).toEqual([])
    expect(missing(lab)).toEqual(['full'])
    expect(lab.act({ name: 'sale.sell', sale: sale(), ...ann })).toBe('sale.blocked')
  })

  it('is done by nobody for a time that no copy has, whatever is noted; one that a copy has needs a note', () => {
    lab.record()
    lab.hearAll()
    const gap = (recorder: 'hub' | 'page:kiosk:kiosk-1', from: number, to: number) =>
      lab.act({ name: 'recording.gap', sale: sale(), recorder, from, to, by: 'hub' })
    const { at } = lab
    gap('hub', at, at + 1_000)
    expect(missing(lab)).toEqual(['finding'])
    expect(
      lab.act({ name: 'sale.settle', sale: sale(), finding: '1', note: 'the copy has it', ...ann }),
    ).toBeNull()
    expect(missing(lab)).toEqual([])
    gap('page:kiosk:kiosk-1', at + 500, at + 2_000)
    expect(lab.act({ name: 'sale.settle', sale: sale(), finding: '2', note: 'no', ...ann })).toBe('sale.gap')
    expect(missing(lab)).toContain('gap')
    lab.act({ name: 'sale.end', sale: sale(), ...ann })
    lab.act({ name: 'recording.sealed', sale: sale(), manifest: 'ab', by: 'hub' })
    expect(lab.sale().outcome).toBe('broken')
  })

  it('is kept from a note of one gap that hides another one at the same time', () => {
    lab.record()
    const { at } = lab
    const gap = (recorder: 'hub' | 'page:kiosk:kiosk-1', of: { of: string } | object) =>
      lab.act({ name: 'recording.gap', sale: sale(), recorder, from: at, to: at + 900, ...of, by: 'hub' })
    gap('hub', { of: 'kiosk:kiosk-1' })
    gap('hub', { of: 'manager:mei' })
    // Of the kiosk there is the page’s copy, of the manager there is none.
    const [finding] = lab.sale().findings
    expect(
      lab.act({ name: 'sale.settle', sale: sale(), finding: finding?.id ?? '', note: 'no', ...ann }),
    ).toBe('sale.gap')
  })

  it('is not ticked where only the customer can say it', () => {
    lab.record()
    expect(lab.act({ name: 'sale.tick', sale: sale(), item: 'yes', ...ann })).toBe('sale.no-tick')
    expect(lab.act({ name: 'sale.tick', sale: sale(), item: 'nothing', ...ann })).toBe('sale.item')
    expect(lab.act({ name: 'sale.tick', sale: sale(), item: 'risk', ...bo })).toBe('sale.not-yours')
    expect(lab.act({ name: 'sale.tick', sale: sale(), item: 'risk', ...ann })).toBeNull()
    expect(lab.sale().items.find(({ id }) => id === 'risk')).toMatchObject({
      state: 'ticked',
      by: 'expert:ann',
    })
  })
})

describe('what is secret', () => {
  it('pauses by itself, and nobody goes on meanwhile', () => {
    lab.record()
    lab.secret(true)
    expect(lab.sale().state).toBe('paused')
    expect(lab.act({ name: 'sale.resume', sale: sale(), ...ann })).toBe('sale.secret')
    lab.act({ name: 'sale.pause', sale: sale(), reason: 'papers', ...ann })
    lab.secret(false)
    expect(lab.sale().state).toBe('paused')
    expect(lab.act({ name: 'sale.resume', sale: sale(), ...ann })).toBeNull()
    expect(lab.sale().state).toBe('recording')
  })
})

describe('its end', () => {
  test.each(['wrap-up', 'ended', 'waiting'] as const)('comes with a call that is %s', (state) => {
    lab.record()
    lab.change(talk({ state: 'resuming' }))
    expect(lab.sale().state).toBe('recording')
    lab.change(talk({ state }))
    expect(lab.sale()).toMatchObject({ state: 'sealing', endedBy: 'hub' })
    lab.act({ name: 'recording.sealed', sale: sale(), manifest: 'ab', by: 'hub' })
    expect(lab.sale()).toMatchObject({ state: 'over', outcome: 'not-sold' })
  })

  it('comes with a call that is another expert’s', () => {
    lab.record()
    lab.change(talk({ expert: 'bo' }))
    expect(lab.sale().state).toBe('sealing')
  })

  it('is broken where nothing begins to record, and where nothing is sealed', () => {
    lab.begin()
    lab.answer(true)
    lab.pass(plan.startMs)
    expect(lab.sale()).toMatchObject({ state: 'over', outcome: 'broken' })
    lab.record()
    lab.act({ name: 'sale.end', sale: sale(), ...ann })
    lab.pass(plan.sealMs)
    expect(lab.sale()).toMatchObject({ state: 'over', outcome: 'broken' })
  })
})

it('goes on after a restart at every step, with the script that it began with', () => {
  const steps: (() => void)[] = [
    () => lab.begin(),
    () => lab.answer(true),
    () => {
      for (const name of ['hub', 'page:kiosk:kiosk-1'] as const) lab.recorder(name, 'on')
    },
    () => lab.hearAll(),
    () => {
      for (const name of ['hub', 'page:kiosk:kiosk-1'] as const) lab.recorder(name, 'on')
      expect(lab.act({ name: 'sale.sell', sale: sale(), ...ann })).toBeNull()
    },
    () => {
      // Recorders say anew after a start that they are there: who never does is counted as lost.
      for (const name of ['hub', 'page:kiosk:kiosk-1'] as const) lab.recorder(name, 'on')
      expect(lab.act({ name: 'sale.end', sale: sale(), ...ann })).toBeNull()
    },
    () => lab.act({ name: 'recording.sealed', sale: sale(), manifest: 'ab', by: 'hub' }),
  ]
  const states = steps.map((step) => {
    step()
    lab.restart()
    return lab.sale().state
  })
  expect(states).toEqual(['consent', 'starting', 'recording', 'recording', 'recording', 'sealing', 'over'])
  expect(lab.sale().outcome).toBe('sold')
  expect(lab.desk().saleScripts.get(sale())?.items).toHaveLength(fundScript.items.length)
})
