/** What older versions of the flow have stored. */
import type { Migration } from '../define.ts'

/** It counted by itself what a visit had seen, which the hub does now. */
export const fromFirst: Migration = (old) => {
  const { visit, campaign } = old.snapshot.context as Readonly<Record<string, unknown>>
  return { ...old, snapshot: { ...old.snapshot, context: { visit, campaign } } }
}
