/** Recorded sales as part of the branch: kiosks are told by their config, calls that end take theirs along. */
import type { CallRow } from '#protocol/calls/rows.ts'
import type { EventData } from '#protocol/events.ts'
import type { SaleRow } from '#protocol/recording/sale.ts'
import { RecordingPlan } from '#protocol/recording/script.ts'
import type { BranchState } from '../engine/state.ts'
import type { Turn } from '../engine/turn.ts'
import { doSale, type SaleCommand } from '../sales/commands.ts'
import { consent } from '../sales/consent.ts'
import { openSales } from '../sales/find.ts'
import { endAllSales, followCall } from '../sales/follow.ts'
import { secret } from '../sales/pause.ts'
import type { SaleDesk, SaleLook, SaleTimer, SaleWaits } from '../sales/port.ts'
import { awaitRecorders } from '../sales/recorders.ts'
import { saleTimers } from '../sales/timers.ts'
import { refreshConfig } from './device-config.ts'
import type { BranchFile } from './file.ts'
import { fileOf } from './rows.ts'

/** For what is still open when the branch file has lost its section. */
const usualWaits: SaleWaits = RecordingPlan.omit({ scripts: true }).parse({})

export const saleLook = (state: BranchState): SaleLook => ({
  sales: state.sales,
  saleScripts: state.saleScripts,
  calls: state.calls,
  plan: fileOf(state)?.recording,
  isKiosk: (device) =>
    fileOf(state)?.devices.some(({ id, kind }) => id === device && kind === 'kiosk') === true,
})

const aboutOf = ({ visit, ticket, device }: SaleRow) => ({
  ...(visit !== null && { visit }),
  ...(ticket !== null && { ticket }),
  ...(device !== null && { device }),
})

/** Whatever waits for recorders, for a page or for a person at a kiosk gets the reconnect grace after a start. */
const graced: ReadonlySet<SaleTimer> = new Set(['consent', 'start', 'alone', 'seal'])

const deskOf = (turn: Turn): SaleDesk => {
  const look = saleLook(turn.state)
  return {
    ...look,
    at: turn.at,
    waits: look.plan ?? usualWaits,
    id: (prefix) => turn.id(prefix),
    setTimer: (owner, name, deadline) => turn.setTimer(owner, name, { deadline, graced: graced.has(name) }),
    clearTimer: (owner, name) => turn.clearTimer(owner, name),
    note: (sale, { code, params }) =>
      turn.record({ kind: 'sale', ...aboutOf(sale), code, ...(params !== undefined && { params }) }),
  }
}

/** Does it, and tells the kiosks what became of it. */
const withSales = (turn: Turn, act: (desk: SaleDesk) => void) => {
  const devices = () => openSales(turn.state).flatMap(({ device }) => device ?? [])
  const before = devices()
  act(deskOf(turn))
  for (const device of new Set([...before, ...devices()])) refreshConfig(turn, device)
}

export const onSaleCommand = (turn: Turn, command: SaleCommand) =>
  withSales(turn, (desk) => doSale(desk, command))

export const onSaleTimer = (name: SaleTimer) => (turn: Turn, sale: string) =>
  withSales(turn, (desk) => saleTimers[name](desk, sale))

const isAt = ({ state }: Turn, sale: string, device: string) => state.sales.get(sale)?.device === device

/** Another kiosk's customer answers nothing here. */
export const onRecordingAnswered = (
  turn: Turn,
  device: string,
  { sale, given }: EventData<'recording.answered'>,
) => {
  if (isAt(turn, sale, device))
    withSales(turn, (desk) => consent(desk, { sale, given, by: `kiosk:${device}` }))
}

export const onRecordingSecret = (
  turn: Turn,
  device: string,
  { sale, on }: EventData<'recording.secret'>,
) => {
  if (isAt(turn, sale, device)) withSales(turn, (desk) => secret(desk, { sale, on, by: `kiosk:${device}` }))
}

export const followSales = (turn: Turn, call: CallRow) => {
  if (openSales(turn.state).some((sale) => sale.call === call.id))
    withSales(turn, (desk) => followCall(desk, call))
}

/** Two visits were one. */
export const mergeSales = ({ state }: Turn, visit: string, into: string) => {
  for (const sale of state.sales.values())
    if (sale.visit === visit) state.sales.put(sale.id, { ...sale, visit: into })
}

export const applyRecording = (turn: Turn, file: BranchFile, before: BranchFile | undefined) => {
  if (file.recording === undefined && before?.recording !== undefined) withSales(turn, endAllSales)
}

export const awaitSaleRecorders = (turn: Turn) => awaitRecorders(deskOf(turn))
