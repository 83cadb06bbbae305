/** Why something about a sale may not be done: what is not so, what is missing, and whose it is. */
import { type ErrorCode, UsherError } from '#protocol/errors.ts'
import { type Missing, missingOf } from '#protocol/recording/missing.ts'
import type { SaleRow } from '#protocol/recording/sale.ts'
import type { BeginSale } from './begin.ts'
import type { SaleCommand } from './commands.ts'
import {
  actsAs,
  deviceFor,
  isOver,
  isRunning,
  isUnderWay,
  itemOf,
  openSales,
  scriptFor,
  sellerFor,
  type Who,
} from './find.ts'
import { maySettle } from './findings.ts'
import type { SaleLook } from './port.ts'

const when = (isWrong: boolean, code: ErrorCode, detail: string): UsherError | undefined =>
  isWrong ? new UsherError(code, detail) : undefined

const refuseCallOf = (look: SaleLook, { call, ...who }: BeginSale): UsherError | undefined => {
  if (call === null) return when(!who.leads, 'role.missing', 'sale.begin')
  const row = look.calls.get(call)
  if (row === undefined) return new UsherError('call.unknown', call)
  return (
    when(row.state !== 'in-call', 'call.state', `${call}: ${row.state}`) ??
    when(sellerFor(look, call, who) === undefined, 'call.not-yours', call)
  )
}

/** A kiosk is one room at a time. */
const isInCall = ({ calls }: SaleLook, device: string | null): boolean =>
  device !== null &&
  calls.values().some((call) => call.device === device && call.state !== 'ended' && call.state !== 'wrap-up')

const refuseBegin = (look: SaleLook, asked: BeginSale): UsherError | undefined => {
  // Where a desk answers for branches it has no scripts of its own.
  const isElsewhere = asked.call !== null && look.calls.get(asked.call)?.branch !== undefined
  if (isElsewhere) return new UsherError('sale.elsewhere', asked.call)
  if (look.plan === undefined) return new UsherError('sale.off')
  const device = deviceFor(look, asked)
  return (
    refuseCallOf(look, asked) ??
    when(scriptFor(look, asked.product) === undefined, 'sale.no-script', asked.product) ??
    when(device !== null && !look.isKiosk(device), 'device.unknown', device ?? '') ??
    when(asked.call === null && isInCall(look, device), 'sale.kiosk-in-call', device ?? '') ??
    when(
      openSales(look).some(
        (sale) =>
          isUnderWay(sale) &&
          ((asked.call !== null && sale.call === asked.call) ||
            (device !== null && sale.device === device) ||
            sale.seller === sellerFor(look, asked.call, asked)),
      ),
      'sale.open',
      asked.call ?? device ?? asked.by,
    )
  )
}

const missingWords: { readonly [W in Missing['what']]: (missing: Extract<Missing, { what: W }>) => string } =
  {
    state: ({ state }) => state,
    item: ({ item }) => item,
    finding: ({ finding, code }) => `${code} (${finding})`,
    recorder: ({ recorder }) => recorder,
    gap: ({ recorder }) => `gap of ${recorder}`,
    full: () => 'more findings than are kept',
  }
const sayMissing = (missing: Missing) => (missingWords[missing.what] as (one: Missing) => string)(missing)

const refuseSell = (sale: SaleRow): UsherError | undefined => {
  const missing = missingOf(sale)
  return (
    when(sale.sold !== null, 'sale.sold', sale.id) ??
    when(missing.length > 0, 'sale.blocked', missing.map(sayMissing).join(', '))
  )
}

const refuseTick = (look: SaleLook, sale: SaleRow, item: string): UsherError | undefined => {
  const asked = itemOf(look, sale.id, item)
  if (asked === undefined) return new UsherError('sale.item', item)
  return (
    when(!asked.mayTick, 'sale.no-tick', item) ??
    when(sale.items.find(({ id }) => id === item)?.state !== 'open', 'sale.state', item)
  )
}

const refuseUntick = (sale: SaleRow, item: string): UsherError | undefined => {
  const row = sale.items.find(({ id }) => id === item)
  if (row === undefined) return new UsherError('sale.item', item)
  return when(sale.sold !== null, 'sale.sold', sale.id) ?? when(row.state !== 'ticked', 'sale.state', item)
}

const refuseSettle = (sale: SaleRow, id: string, note: string): UsherError | undefined => {
  const finding = sale.findings.find((one) => one.id === id)
  if (finding === undefined) return new UsherError('sale.finding', id)
  return (
    when(finding.settled !== null, 'sale.finding', id) ??
    when(note.trim() === '', 'request.invalid', 'note') ??
    when(!maySettle(sale, finding), 'sale.gap', finding.about)
  )
}

const inState = (sale: SaleRow, fits: boolean) => when(!fits, 'sale.state', `${sale.id}: ${sale.state}`)

/** Where a kiosk asks, only the customer can say yes; a no is a no, whoever heard it. */
const refuseConsent = (sale: SaleRow, given: boolean) =>
  inState(sale, sale.state === 'consent') ?? when(given && sale.device !== null, 'sale.kiosk-asks', sale.id)

type Acting = Extract<SaleCommand, Who & { sale: string }>

const refuseActing = (look: SaleLook, sale: SaleRow, command: Acting): UsherError | undefined => {
  switch (command.name) {
    case 'sale.consent':
      return refuseConsent(sale, command.given)
    case 'sale.tick':
      return inState(sale, sale.state === 'recording') ?? refuseTick(look, sale, command.item)
    case 'sale.untick':
      return inState(sale, isRunning(sale)) ?? refuseUntick(sale, command.item)
    case 'sale.settle':
      return inState(sale, isRunning(sale)) ?? refuseSettle(sale, command.finding, command.note)
    case 'sale.pause':
      return inState(sale, isRunning(sale) && sale.paused === null)
    case 'sale.resume':
      return inState(sale, sale.state === 'paused') ?? when(sale.paused === null, 'sale.secret', sale.id)
    case 'sale.sell':
      return refuseSell(sale)
    case 'sale.end':
      return undefined
  }
}

const isActing = (command: SaleCommand): command is Acting => 'leads' in command

/** @returns why it may not become an entry. Looked at once more when its turn comes. */
export const refuseSale = (look: SaleLook, command: SaleCommand): UsherError | undefined => {
  if (command.name === 'sale.begin') return refuseBegin(look, command)
  const sale = look.sales.get(command.sale)
  if (sale === undefined) return new UsherError('sale.unknown', command.sale)
  if (!isActing(command)) return when(isOver(sale), 'sale.over', sale.id)
  return (
    when(actsAs(look, sale, command) === undefined, 'sale.not-yours', sale.id) ??
    when(!isUnderWay(sale), 'sale.over', sale.id) ??
    refuseActing(look, sale, command)
  )
}
