/** What older versions of the flow have stored. */
import type { Migration } from '../define.ts'

/** It counted by itself what a visit had seen, which the hub does now; and it knew of no tickets. */
export const fromFirst: Migration = (old) => {
  const {
    shownBefore: _,
    shownOfCampaign: __,
    ...kept
  } = old.snapshot.context as Readonly<Record<string, unknown>>
  return { ...old, snapshot: { ...old.snapshot, context: { ...kept, printer: null } } }
}
