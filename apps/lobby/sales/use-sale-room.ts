/**
 * The sale without a call that whoever is signed in sells: recorded by the tab in which it was begun, or in which they take it
 * over. Camera and microphone are on exactly while the room of the sale is open, which is never before the customer's yes.
 */
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { LiveSale } from '#protocol/desk/live/sale-rows.ts'
import type { CallView } from '../../call/port.ts'
import { isUnderWay } from '../../sale/use-sale.ts'
import { HubRefused } from '../live/ask-hub.ts'
import { joinSale } from '../live/join-call.ts'
import { type CommandLife, useLives } from '../live/use-commands.ts'
import { useMe, useTable } from '../live/use-live.ts'
import { outOf, useOpenMedia, useRound } from '../live/use-open-media.ts'
import { type KeptRoom, keptRoom } from './kept-room.ts'

export interface SaleRoom {
  /** undefined: none is under way. */
  readonly sale: LiveSale | undefined
  /** Whether it is this tab that records it. */
  readonly isHere: boolean
  readonly view: CallView | undefined
  /** Why this tab was not let in. */
  readonly refused: HubRefused | undefined
  /** With this tab, from here on; or once more. */
  readonly record: () => void
}

export const isOwnSale = ({ call, seller }: LiveSale, me: string): boolean =>
  call === null && seller === `manager:${me}`

const isBegin = ({ command, state }: CommandLife): boolean =>
  command.name === 'sale.begin' && command.params.call === null && state !== 'failed'

const recorded: ReadonlySet<LiveSale['state']> = new Set(['starting', 'recording', 'paused'])

/** @returns what is kept of this sale, once it is known; one that was begun in this tab is recorded by it */
const useKept = (sale: LiveSale | undefined) => {
  const [kept, setKept] = useState<KeptRoom | undefined>(keptRoom.read)
  const hasBegun = useLives(isBegin).length > 0
  if (sale !== undefined && hasBegun && kept?.sale !== sale.id) setKept({ sale: sale.id, isHere: true })
  useEffect(() => keptRoom.keep(kept), [kept])
  return { kept: kept?.sale === sale?.id ? kept : undefined, setKept }
}

export const useSaleRoom = (): SaleRoom => {
  const me = useMe()
  const sale = useTable('sales').find((one) => isOwnSale(one, me.name) && isUnderWay(one))
  const { kept, setKept } = useKept(sale)
  const { round, wait, again } = useRound()
  const [refused, setRefused] = useState<HubRefused>()
  const isHere = kept?.isHere === true
  const room = isHere && sale !== undefined && recorded.has(sale.state) ? sale.id : undefined
  const join = useMemo(
    () => (room === undefined ? undefined : (signal: AbortSignal) => joinSale(room, signal)),
    [room],
  )
  const onFailed = useCallback(
    (failure: unknown) => {
      const refusal = failure instanceof HubRefused ? failure : new HubRefused(undefined)
      if (refusal.error === undefined) wait(true)
      else setRefused(refusal)
    },
    [wait],
  )
  const onView = useCallback(
    (view: CallView) => {
      setRefused(undefined)
      if (outOf(view) === 'replaced') setKept((now) => now && { ...now, isHere: false })
    },
    [setKept],
  )
  const open = useOpenMedia({ join, round }, { onFailed, onView })
  const record = () => {
    setRefused(undefined)
    if (sale !== undefined) setKept({ sale: sale.id, isHere: true })
    again()
  }
  return { sale, isHere, view: open?.view, refused, record }
}
