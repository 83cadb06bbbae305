/** What assistance sees of the branch: where the one who needs help is, and whether the branch is being cleared. */
import type { BranchView, Mode } from '#protocol/model.ts'

export interface AssistanceView {
  readonly mode: Mode
  /** Where the device stands or the visitor is. */
  readonly zone: string | null
  readonly place: string | null
  /** Somebody remote could come now. */
  readonly expertsOpen: boolean
}

const zoneOfVisit = (view: BranchView, visit: string | null | undefined) =>
  (visit ? view.visit(visit)?.zone : undefined) ?? null

/** The key says whom it is about: `device:…`, `visit:…`, `ticket:…` or `task:…`. */
export const viewAssistance = (view: BranchView, key: string): AssistanceView => {
  const [kind, ...rest] = key.split(':')
  const id = rest.join(':')
  const { mode } = view.branch
  const expertsOpen = view.expertsOpen()
  if (kind === 'device') {
    const device = view.device(id)
    return { mode, zone: device?.zone ?? null, place: device?.place ?? null, expertsOpen }
  }
  const visit = kind === 'visit' ? id : kind === 'ticket' ? view.ticket(id)?.visit : null
  return { mode, zone: zoneOfVisit(view, visit), place: null, expertsOpen }
}
