/** What of the library an expert may show to a customer: one still picture, or words, agreed to and in force today. */
import type { ContentItemRow } from '#protocol/content.ts'
import type { DocumentOf } from '../calls/shared.ts'
import type { BranchState } from '../engine/state.ts'
import { shownVersion } from './content-rows.ts'
import { branchDay } from './view.ts'

type Shown = NonNullable<ReturnType<DocumentOf>>

const documentIn = (row: ContentItemRow | undefined, day: string): Shown | undefined => {
  const shown = shownVersion(row, day)
  if (row === undefined || shown === undefined || shown.template !== null) return undefined
  const { version, media, words } = shown
  const isStill = media === null ? Object.keys(words).length > 0 : media.type.startsWith('image/')
  return isStill ? { item: row.id, version, title: row.title, media, words } : undefined
}

export const documentsIn =
  (state: BranchState, at: number): DocumentOf =>
  (item) =>
    documentIn(state.contentItems.get(item), branchDay(state, at))

export const allDocuments = (state: BranchState, at: number): readonly Shown[] => {
  const day = branchDay(state, at)
  return state.contentItems.values().flatMap((row) => documentIn(row, day) ?? [])
}
