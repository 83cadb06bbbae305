/** Recorded sales by themselves: tables and timers in memory, a clock that is moved by hand, and what must always hold. */
import { createRows, type Rows } from '#hub/engine/rows.ts'
import { doSale, type SaleCommand } from '#hub/sales/commands.ts'
import { consent } from '#hub/sales/consent.ts'
import { followCall } from '#hub/sales/follow.ts'
import { secret } from '#hub/sales/pause.ts'
import { type SaleDesk, type SaleNote, type SaleTimer, saleOwner, salePrefix } from '#hub/sales/port.ts'
import { awaitRecorders } from '#hub/sales/recorders.ts'
import { refuseSale } from '#hub/sales/refuse.ts'
import { saleTimers } from '#hub/sales/timers.ts'
import type { CallRow } from '#protocol/calls/rows.ts'
import { missingOf } from '#protocol/recording/missing.ts'
import type { SaleRow, SaleState } from '#protocol/recording/sale.ts'
import { RecordingPlan, type Script } from '#protocol/recording/script.ts'
import { callRow } from '../support/call-rows.ts'

export const fundScript = {
  id: 'fund',
  title: { zh: '基金', en: 'Fund' },
  products: ['fund-a', 'fund-b'],
  items: [
    { id: 'who', title: { en: 'Who I am' }, speaker: 'seller', wordings: [['我是', '理财经理']] },
    { id: 'risk', title: { en: 'Risk' }, speaker: 'seller', wordings: [['不保证本金'], ['可能亏损']] },
    { id: 'ask', title: { en: 'Question' }, speaker: 'seller', wordings: [['是否愿意购买']] },
    {
      id: 'yes',
      title: { en: 'Consent' },
      speaker: 'customer',
      kind: 'consent',
      asks: 'ask',
      wordings: [['愿意'], ['同意']],
      unless: ['不愿意', '不同意'],
      mayTick: false,
    },
  ],
  forbidden: [
    {
      id: 'guaranteed',
      title: { en: 'Guaranteed' },
      words: ['保本', '零风险'],
      unless: ['不保本', '非保本'],
    },
  ],
} as const

export const plan = RecordingPlan.parse({ scripts: [fundScript] })

/** A call in which ann stands with the customer at a kiosk, and mei has joined. */
export const talk = (change: Partial<CallRow> = {}): CallRow =>
  callRow('call-1', {
    visit: 'visit-1',
    ticket: 'A001',
    state: 'in-call',
    expert: 'ann',
    participants: ['expert:ann', 'kiosk:kiosk-1'],
    ...change,
  })

interface Timer {
  readonly owner: string
  readonly name: SaleTimer
  readonly deadline: number
}

export const ann = { by: 'ann', leads: false } as const
export const mei = { by: 'mei', leads: true } as const

export class SalesLab {
  at = 1_000_000
  rows: Rows = createRows()
  readonly notes: { readonly sale: string; readonly note: SaleNote }[] = []
  plan: RecordingPlan | undefined = plan
  #ids = 0

  get sales() {
    return this.rows.table<SaleRow>('sales')
  }
  get calls() {
    return this.rows.table<CallRow>('calls')
  }
  get timers() {
    return this.rows.table<Timer>('timers')
  }

  sale(id = this.sales.keys().at(-1) ?? ''): SaleRow {
    const sale = this.sales.get(id)
    if (sale === undefined) throw new Error(`no sale ${id}`)
    return sale
  }

  desk(): SaleDesk {
    const { timers } = this
    return {
      at: this.at,
      plan: this.plan,
      waits: plan,
      sales: this.sales,
      saleScripts: this.rows.table<Script>('saleScripts'),
      calls: this.calls,
      isKiosk: (device) => device.startsWith('kiosk-'),
      id: (prefix) => `${prefix}-${this.#ids++}`,
      setTimer: (owner, name, deadline) => timers.put(`${owner}#${name}`, { owner, name, deadline }),
      clearTimer: (owner, name) => timers.drop(`${owner}#${name}`),
      note: ({ id: sale }, note) => void this.notes.push({ sale, note }),
    }
  }

  /** @returns the code of the refusal, or null where it was done. */
  act(command: SaleCommand): string | null {
    const desk = this.desk()
    const refusal = refuseSale(desk, command)
    doSale(desk, command)
    return refusal?.code ?? null
  }

  begin(change: Partial<Extract<SaleCommand, { name: 'sale.begin' }>> = {}): string | null {
    const asked = { call: 'call-1', device: null, product: 'fund-a', termEnds: null, ...ann, ...change }
    return this.act({ name: 'sale.begin', ...asked })
  }

  /** The customer's own answer, at the kiosk. */
  answer(given: boolean, sale = this.sale().id) {
    consent(this.desk(), { sale, given, by: 'kiosk:kiosk-1' })
  }

  secret(on: boolean, sale = this.sale().id) {
    secret(this.desk(), { sale, on, by: 'kiosk:kiosk-1' })
  }

  recorder(recorder: 'hub' | `page:${string}`, state: 'starting' | 'on' | 'lost' | 'done') {
    return this.act({ name: 'recording.state', sale: this.sale().id, recorder, state, by: 'hub' })
  }

  /** As far as being recorded. */
  record() {
    this.begin()
    this.answer(true)
    this.recorder('hub', 'on')
    this.recorder('page:kiosk:kiosk-1', 'on')
    return this.sale().id
  }

  hear(...items: readonly string[]) {
    const heard = items.map((item) => ({ item, at: this.at }))
    const nothing = { unheard: [], found: [], cleared: [], by: 'speech' as const }
    return this.act({ name: 'sale.inspected', sale: this.sale().id, heard, ...nothing })
  }

  hearAll() {
    this.hear(...this.sale().items.map(({ id }) => id))
  }

  change(call: CallRow) {
    this.calls.put(call.id, call)
    followCall(this.desk(), call)
  }

  pass(ms: number, onDue: () => void = () => {}) {
    const until = this.at + ms
    const next = () => this.timers.values().toSorted((a, b) => a.deadline - b.deadline)[0]
    for (let due = next(); due !== undefined && due.deadline <= until; due = next()) {
      this.at = Math.max(this.at, due.deadline)
      this.timers.drop(`${due.owner}#${due.name}`)
      saleTimers[due.name](this.desk(), due.owner.slice(salePrefix.length))
      onDue()
    }
    this.at = until
  }

  /** The hub ends and begins anew: what was stored is all there is. */
  restart() {
    const stored = JSON.parse(JSON.stringify(this.rows.all())) as [string, string, unknown][]
    this.rows = createRows()
    for (const [table, key, row] of stored) this.rows.load(table, [[key, row]])
    awaitRecorders(this.desk())
  }
}

/** What ends each state by itself, if nobody does. */
const deadlinesOf: Readonly<Record<SaleState, readonly SaleTimer[]>> = {
  consent: ['consent', 'longest'],
  starting: ['start', 'longest'],
  recording: ['longest'],
  paused: ['longest'],
  sealing: ['seal'],
  over: ['forget'],
}

const isLiveState = (state: SaleState) => !['sealing', 'over'].includes(state)

const faultsOf = (lab: SalesLab, sale: SaleRow): readonly string[] => {
  const faults: string[] = []
  const timers = lab.timers.values().filter(({ owner }) => owner === saleOwner(sale.id))
  const names = timers.map(({ name }) => name).toSorted()
  // Whoever sells without a call may be gone at any moment once the customer has said yes.
  const isAlone = names.includes('alone') && sale.call === null && sale.consent !== null
  const deadlines = [...deadlinesOf[sale.state], ...(isAlone && isLiveState(sale.state) ? ['alone'] : [])]
  if (names.join() !== deadlines.toSorted().join()) faults.push(`${sale.state} with ${names.join()}`)
  const isOn = sale.recorders.some(({ state }) => state !== 'starting')
  if (sale.consent === null && (isOn || !['consent', 'over'].includes(sale.state)))
    faults.push(`${sale.state} without a yes`)
  const isHeld = sale.paused !== null || sale.secret
  if (sale.state === 'paused' && !isHeld) faults.push('paused for nothing')
  if (sale.state === 'recording' && isHeld) faults.push('recorded while paused')
  if (sale.sold !== null && sale.items.some(({ state }) => state === 'open'))
    faults.push('sold with an open item')
  if (sale.outcome === 'sold' && (sale.sold === null || sale.sealed === null))
    faults.push('sold without its end')
  if ((sale.state === 'over') !== (sale.outcome !== null)) faults.push(`${sale.state}, ${sale.outcome}`)
  const call = sale.call === null ? undefined : lab.calls.get(sale.call)
  const isLive = isLiveState(sale.state)
  const hasEnded = call !== undefined && !['in-call', 'resuming'].includes(call.state)
  if (isLive && hasEnded) faults.push(`${sale.state} in a call that is ${call.state}`)
  if (isLive && sale.seller.startsWith('expert:') && sale.seller !== `expert:${call?.expert}`)
    faults.push('in somebody else’s call')
  return faults.map((fault) => `${sale.id}: ${fault}`)
}

/** What must hold after everything that can happen. */
export const faults = (lab: SalesLab): readonly string[] => {
  const live = lab.sales.values().filter(({ state }) => isLiveState(state))
  const twice = live.filter(
    ({ call, id }) => call !== null && live.some((one) => one.id !== id && one.call === call),
  )
  return [
    ...lab.sales.values().flatMap((sale) => faultsOf(lab, sale)),
    ...twice.map(({ id }) => `${id}: not the only one in its call`),
  ]
}

export const missing = (lab: SalesLab) => missingOf(lab.sale()).map(({ what }) => what)
