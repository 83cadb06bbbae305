/** What a customer at a kiosk and the expert look at together, as far as it goes on record: that, by whom and when. */
import type { BrowseFact } from '#protocol/calls/browse.ts'
import type { CallRow, ShownDocument } from '#protocol/calls/rows.ts'
import { UsherError } from '#protocol/errors.ts'
import { change, isHeld, isOver } from './find.ts'
import type { CallDesk } from './port.ts'

export type SharedCommand =
  /** Told by the line of the call: the kiosk said so. */
  | { name: 'call.browsed'; call: string; fact: BrowseFact; about: string | null; by: string }
  | { name: 'call.show'; call: string; item: string; by: string }
  | { name: 'call.put-away'; call: string; by: string }

const names: ReadonlySet<string> = new Set<SharedCommand['name']>([
  'call.browsed',
  'call.show',
  'call.put-away',
])

export const isSharedCommand = (command: { readonly name: string }): command is SharedCommand =>
  names.has(command.name)

/** The library: what of an item may be shown today; undefined: nothing. */
export type DocumentOf = (item: string) => Omit<ShownDocument, 'at' | 'by'> | undefined

/** Goes with the expert who showed it, and with the call. */
export const documentOn = ({ document, expert, state }: CallRow): ShownDocument | null =>
  document != null && document.by === expert && isHeld({ state }) ? document : null

interface Looked {
  readonly calls: Pick<CallDesk['calls'], 'get'>
  readonly documentOf: DocumentOf
}

/** @returns why it may not become an entry. */
export const refuseShared = (
  { calls, documentOf }: Looked,
  command: SharedCommand,
): UsherError | undefined => {
  const call = calls.get(command.call)
  if (call === undefined) return new UsherError('call.unknown', command.call)
  if (isOver(call)) return new UsherError('call.over', call.id)
  if (command.name === 'call.browsed') return undefined
  if (call.expert !== command.by) return new UsherError('call.not-yours', call.id)
  if (call.state !== 'in-call') return new UsherError('call.state', `${call.id}: ${call.state}`)
  if (command.name === 'call.put-away') return undefined
  if (call.branch !== undefined) return new UsherError('document.elsewhere', call.id)
  const isSeen = call.device !== null && documentOf(command.item) !== undefined
  return isSeen ? undefined : new UsherError('document.unknown', command.item)
}

const putAway = (desk: CallDesk, call: CallRow, by: string) => {
  const document = documentOn(call)
  if (document === null) return
  const next = change(desk, call, { document: null })
  desk.note(next, { code: 'call.document-put-away', params: { call: call.id, item: document.item, by } })
}

/** Told anew after a restart, by a kiosk that has shown it all the while: that is no second time. */
const onPage = (desk: CallDesk, call: CallRow, pageFor: string | null) => {
  if ((call.pageFor ?? null) === pageFor) return
  const next = change(desk, call, { pageFor })
  const code = pageFor === null ? 'call.page-hidden' : 'call.page-shown'
  desk.note(next, { code, params: { call: call.id, expert: call.expert ?? '' } })
}

const onFact = (
  desk: CallDesk,
  call: CallRow,
  { fact, about, by }: Extract<SharedCommand, { fact: unknown }>,
) => {
  if (fact === 'document-put-away') {
    // A press that came late does not close what was shown since.
    if (documentOn(call)?.item === about) putAway(desk, call, by)
    return
  }
  if (fact === 'page-shown' || fact === 'page-hidden')
    return onPage(desk, call, fact === 'page-shown' ? call.expert : null)
  const params = { call: call.id, expert: call.expert ?? '', ...(about !== null && { field: about }) }
  desk.note(call, { code: `call.${fact}`, params })
}

export const doShared = (desk: CallDesk, command: SharedCommand, documentOf: DocumentOf) => {
  if (refuseShared({ calls: desk.calls, documentOf }, command) !== undefined) return
  const call = desk.calls.get(command.call)
  if (call === undefined) return
  if (command.name === 'call.browsed') return onFact(desk, call, command)
  if (command.name === 'call.put-away') return putAway(desk, call, command.by)
  const found = documentOf(command.item)
  if (found === undefined) return
  const { by } = command
  const next = change(desk, call, { document: { ...found, at: desk.at, by } })
  const params = { call: call.id, item: found.item, version: found.version, expert: by }
  desk.note(next, { code: 'call.document-shown', params })
}
