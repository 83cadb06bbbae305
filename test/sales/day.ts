/**
 * A day of sales as chance has it: customers who say no, walk off or type a PIN, recorders that break, an inspector that
 * changes its mind, sellers who press twice and ahead of time, a hub that is killed in between.
 */
import type { SaleCommand } from '#hub/sales/commands.ts'
import { missingOf } from '#protocol/recording/missing.ts'
import type { RecorderName, SaleRow } from '#protocol/recording/sale.ts'
import { createDraw } from '#simulators/lobby/draws.ts'
import { ann, faults, fundScript, mei, SalesLab, talk } from './sales-lab.ts'

const stepsMax = 90
/** Longer than any wait of a sale, its memory included. */
const longMs = 9 * 86_400_000
const items = fundScript.items.map(({ id }) => id)
const recorders: readonly RecorderName[] = ['hub', 'page:kiosk:kiosk-1']
const sellers = [ann, mei, { by: 'bo', leads: false }] as const

export interface DayResult {
  readonly faults: readonly string[]
  readonly outcomes: Readonly<Record<string, number>>
  readonly restarts: number
  readonly blocked: number
}

class Day {
  readonly lab = new SalesLab()
  readonly #roll: () => number
  readonly #found = new Set<string>()
  readonly #ended = new Map<string, SaleRow>()
  #restarts = 0
  #blocked = 0
  #calls = 0

  constructor(seed: number) {
    const draw = createDraw(seed)
    let rolls = 0
    this.#roll = () => draw(String(rolls++), 'sales')
  }

  run(): DayResult {
    for (let step = 0; step < stepsMax; step++) {
      this.#step()
      this.#look()
      this.lab.pass(Math.floor(this.#roll() ** 3 * 60_000), () => this.#look())
      this.#look()
    }
    this.lab.pass(longMs, () => this.#look())
    for (const { id, state } of this.lab.sales.values()) this.#found.add(`${id} is ${state} for ever`)
    if (this.lab.timers.size > 0) this.#found.add(`${this.lab.timers.keys().join()} for ever`)
    const outcomes: Record<string, number> = {}
    for (const { outcome } of this.#ended.values())
      outcomes[outcome ?? ''] = (outcomes[outcome ?? ''] ?? 0) + 1
    return {
      faults: [...this.#found],
      outcomes,
      restarts: this.#restarts,
      blocked: this.#blocked,
    }
  }

  #pick<T>(from: readonly T[]): T | undefined {
    return from[Math.floor(this.#roll() * from.length)]
  }

  #look() {
    for (const fault of faults(this.lab)) this.#found.add(fault)
    for (const sale of this.lab.sales.values()) if (sale.state === 'over') this.#ended.set(sale.id, sale)
  }

  #press(command: SaleCommand): boolean {
    const done = this.lab.act(command) === null
    this.#look()
    if (this.#roll() < 0.2) this.lab.act(command)
    return done
  }

  #live(): SaleRow | undefined {
    return this.lab.sales.values().findLast(({ state }) => state !== 'over')
  }

  #step() {
    const sale = this.#live()
    const roll = this.#roll()
    if (sale === undefined || roll < 0.06) return this.#begin()
    if (roll < 0.2) return this.#answer(sale)
    if (roll < 0.4) return this.#recorders(sale)
    if (roll < 0.6) return this.#inspect(sale)
    if (roll < 0.72) return this.#act(sale)
    if (roll < 0.84) return this.#sell(sale)
    if (roll < 0.9) return this.#pause(sale)
    if (roll < 0.94) return this.#call()
    if (roll < 0.955) return this.#room(sale)
    if (roll < 0.97) return this.#restart()
    return void this.#press({ name: 'sale.end', sale: sale.id, ...ann })
  }

  #begin() {
    const open = this.lab.calls.values().find(({ state }) => state === 'in-call')
    const call = open ?? talk({ id: `call-${++this.#calls}`, participants: ['expert:ann', 'manager:mei'] })
    if (open === undefined) this.lab.change(call)
    const by = this.#pick(sellers) ?? ann
    const where = this.#roll() < 0.8 ? { call: call.id, device: null } : { call: null, device: 'kiosk-2' }
    const product = this.#roll() < 0.9 ? 'fund-a' : 'nothing'
    this.#press({ name: 'sale.begin', ...where, product, termEnds: null, ...by })
  }

  #answer({ id }: SaleRow) {
    const given = this.#roll() < 0.8
    if (this.#roll() < 0.7) this.lab.answer(given, id)
    else this.#press({ name: 'sale.consent', sale: id, given, ...(this.#pick(sellers) ?? ann) })
  }

  #recorders({ id: sale }: SaleRow) {
    const roll = this.#roll()
    if (roll < 0.75)
      for (const recorder of recorders)
        this.#press({ name: 'recording.state', sale, recorder, state: 'on', by: 'hub' })
    else if (roll < 0.85)
      this.#press({
        name: 'recording.state',
        sale,
        recorder: this.#pick(recorders) ?? 'hub',
        state: 'lost',
        by: 'hub',
      })
    else if (roll < 0.92) {
      const { at } = this.lab
      const recorder = this.#pick(recorders) ?? 'hub'
      this.#press({ name: 'recording.gap', sale, recorder, from: at - 5_000, to: at - 1_000, by: 'hub' })
    } else this.#press({ name: 'recording.sealed', sale, manifest: 'ab', by: 'hub' })
  }

  #inspect({ id: sale }: SaleRow) {
    const { at } = this.lab
    const roll = this.#roll()
    if (roll < 0.1) {
      const state = this.#roll() < 0.5 ? 'on' : 'lost'
      return void this.#press({ name: 'sale.inspector', sale, state, by: 'speech' })
    }
    const some = items.filter(() => this.#roll() < 0.7)
    const word = { code: 'forbidden', about: 'guaranteed', at: at - (at % 7), speaker: 'seller' } as const
    this.#press({
      name: 'sale.inspected',
      sale,
      heard: roll < 0.85 ? some.map((item) => ({ item, at })) : [],
      unheard: roll < 0.85 ? [] : some.slice(0, 1),
      found: this.#roll() < 0.15 ? [word] : [],
      cleared: this.#roll() < 0.15 ? [word] : [],
      by: 'speech',
    })
  }

  #act({ id: sale, findings }: SaleRow) {
    const by = this.#pick(sellers) ?? ann
    const roll = this.#roll()
    const item = this.#pick(items) ?? ''
    if (roll < 0.4) return void this.#press({ name: 'sale.tick', sale, item, ...by })
    if (roll < 0.5) return void this.#press({ name: 'sale.untick', sale, item, ...by })
    const finding = this.#pick(findings)?.id ?? '9'
    this.#press({ name: 'sale.settle', sale, finding, note: 'said anew', ...by })
  }

  /** Also long before everything is said; now and then as it is meant. */
  #sell({ id: sale }: SaleRow) {
    if (this.#roll() < 0.3) {
      this.lab.answer(true, sale)
      for (const recorder of recorders)
        this.#press({ name: 'recording.state', sale, recorder, state: 'on', by: 'hub' })
      const heard = items.map((item) => ({ item, at: this.lab.at }))
      const nothing = { unheard: [], found: [], cleared: [] }
      this.#press({ name: 'sale.inspected', sale, heard, ...nothing, by: 'speech' })
    }
    const before = this.lab.sale(sale)
    const missing = missingOf(before)
    const done = this.lab.act({ name: 'sale.sell', sale, ...ann }) === null
    this.#look()
    if (done && (missing.length > 0 || before.sold !== null))
      this.#found.add(`${sale} sold with ${missing.length} missing`)
    if (!done) this.#blocked += 1
    if (done && this.#roll() < 0.5) this.#press({ name: 'sale.end', sale, ...ann })
  }

  #pause({ id: sale }: SaleRow) {
    const roll = this.#roll()
    if (roll < 0.3) return void this.#press({ name: 'sale.pause', sale, reason: 'papers', ...ann })
    if (roll < 0.6) return void this.#press({ name: 'sale.resume', sale, ...ann })
    this.lab.secret(roll < 0.8, sale)
  }

  /** Whoever sells without a call comes and goes; now and then one of the two hangs up. */
  #room({ id: sale, seller }: SaleRow) {
    const participant = this.#pick([seller, 'kiosk:kiosk-2', 'manager:li-na']) ?? seller
    const is = this.#pick(['here', 'gone', 'gone', 'hung-up'] as const) ?? 'gone'
    this.#press({ name: 'sale.room', sale, participant, is, by: 'hub' })
  }

  /** Ends, passes on to another, or loses its expert for a moment. */
  #call() {
    const call = this.#pick(this.lab.calls.values().filter(({ state }) => state !== 'ended'))
    if (call === undefined) return
    const roll = this.#roll()
    if (roll < 0.4) return this.lab.change({ ...call, state: 'resuming' })
    if (roll < 0.7) return this.lab.change({ ...call, state: 'in-call' })
    if (roll < 0.8) return this.lab.change({ ...call, expert: 'bo' })
    this.lab.change({ ...call, state: 'ended' })
  }

  #restart() {
    this.#restarts += 1
    this.lab.restart()
  }
}

export const liveDay = (seed: number): DayResult => new Day(seed).run()
