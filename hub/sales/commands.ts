/**
 * What whoever sells, the recorders and the inspector say about a sale that is recorded; and why it is refused. Who acts is
 * named; recorders act as `hub`, the inspector as `speech`.
 */
import type { RecorderName, RecorderState } from '#protocol/recording/sale.ts'
import { type BeginSale, begin } from './begin.ts'
import { consent } from './consent.ts'
import { endSale, sell } from './end.ts'
import { actsAs, type Who } from './find.ts'
import { type Inspected, onInspected, onInspector } from './inspected.ts'
import { pause, resume } from './pause.ts'
import type { SaleDesk, SaleLook } from './port.ts'
import { onGap, onRecorder, onSealed } from './recorders.ts'
import { refuseSale } from './refuse.ts'
import { type InSaleRoom, onRoom } from './room.ts'
import { settle, tick, untick } from './tick.ts'

export type SaleCommand =
  | ({ name: 'sale.begin' } & BeginSale)
  | ({ name: 'sale.consent'; sale: string; given: boolean } & Who)
  | ({ name: 'sale.tick'; sale: string; item: string } & Who)
  | ({ name: 'sale.untick'; sale: string; item: string } & Who)
  | ({ name: 'sale.settle'; sale: string; finding: string; note: string } & Who)
  | ({ name: 'sale.pause'; sale: string; reason: string } & Who)
  | ({ name: 'sale.resume'; sale: string } & Who)
  | ({ name: 'sale.sell'; sale: string } & Who)
  | ({ name: 'sale.end'; sale: string } & Who)
  /** Who stands in the room of a sale without a call, or does no longer. */
  | ({ name: 'sale.room'; by: 'hub' } & InSaleRoom)
  /** A recorder began, runs, is gone or has handed over all it has. After a start of the hub each says it anew. */
  | {
      name: 'recording.state'
      sale: string
      recorder: RecorderName
      state: RecorderState
      why?: string
      by: 'hub'
    }
  /** It lacks this time, though nothing was paused: also while the files are checked. */
  | {
      name: 'recording.gap'
      sale: string
      recorder: RecorderName
      from: number
      to: number
      of?: string
      by: 'hub'
    }
  /** SHA-256 of the manifest, hex. */
  | { name: 'recording.sealed'; sale: string; manifest: string; by: 'hub' }
  | { name: 'sale.inspector'; sale: string; state: 'on' | 'lost'; by: 'speech' }
  | ({ name: 'sale.inspected'; sale: string; by: 'speech' } & Inspected)

type Name = SaleCommand['name']
type Of<N extends Name> = Extract<SaleCommand, { name: N }>

/** As whom somebody acts: the expert, or a manager. */
const seller = (look: SaleLook, id: string, who: Who): string => {
  const sale = look.sales.get(id)
  return (sale && actsAs(look, sale, who)) ?? who.by
}

const doing: { readonly [N in Name]: (desk: SaleDesk, command: Of<N>) => void } = {
  'sale.begin': begin,
  'sale.consent': (desk, { sale, given, ...who }) =>
    consent(desk, { sale, given, by: seller(desk, sale, who) }),
  'sale.tick': (desk, { sale, item, ...who }) => tick(desk, { sale, item, by: seller(desk, sale, who) }),
  'sale.untick': (desk, { sale, item }) => untick(desk, { sale, item }),
  'sale.settle': (desk, { sale, finding, note, ...who }) =>
    settle(desk, { sale, finding, note, by: seller(desk, sale, who) }),
  'sale.pause': (desk, { sale, reason, ...who }) =>
    pause(desk, { sale, reason, by: seller(desk, sale, who) }),
  'sale.resume': (desk, { sale, ...who }) => resume(desk, { sale, by: seller(desk, sale, who) }),
  'sale.sell': (desk, { sale, ...who }) => sell(desk, { sale, by: seller(desk, sale, who) }),
  'sale.end': (desk, { sale, ...who }) => endSale(desk, { sale, by: seller(desk, sale, who), why: 'ended' }),
  'sale.room': onRoom,
  'recording.state': onRecorder,
  'recording.gap': onGap,
  'recording.sealed': onSealed,
  'sale.inspector': onInspector,
  'sale.inspected': onInspected,
}

export const isSaleCommand = (command: { readonly name: string }): command is SaleCommand =>
  Object.hasOwn(doing, command.name)

/** What cannot be done as things are is left undone. */
export const doSale = (desk: SaleDesk, command: SaleCommand) => {
  if (refuseSale(desk, command) !== undefined) return
  const run = doing[command.name] as (desk: SaleDesk, command: SaleCommand) => void
  run(desk, command)
}
