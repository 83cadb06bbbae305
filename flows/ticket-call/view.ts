/** What a call sees: the ticket, and the screens that can show it, by the kind of zone they stand in. */
import type { BranchView, TicketRow, ZoneRow } from '#protocol/model.ts'
import { askable } from '../havens.ts'

export interface TicketCallView {
  readonly languages: readonly string[]
  /** null: it is not known any more. */
  readonly state: TicketRow['state'] | null
  readonly screens: readonly {
    readonly id: string
    readonly zone: string
    readonly zoneKind: ZoneRow['kind']
  }[]
}

export const ticketCallView = (model: BranchView, key: string): TicketCallView => ({
  languages: model.branch.languages,
  state: model.ticket(key)?.state ?? null,
  screens: askable(model, 'screen', { capability: 'display' }).flatMap((id) => {
    const zone = model.zone(model.device(id)?.zone ?? '')
    return zone === undefined ? [] : [{ id, zone: zone.id, zoneKind: zone.kind }]
  }),
})
