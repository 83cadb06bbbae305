/** Late news is not fresh news: when something was observed, as opposed to when the hub heard of it. */
import type { Turn } from '../engine/turn.ts'

export interface Observed {
  readonly observedAgoMs?: number | undefined
}

export const observedAt = (turn: Turn, { observedAgoMs }: Observed): number => turn.at - (observedAgoMs ?? 0)

/** Older than the silence that ends a visit: whoever it was about has long been taken for gone. */
export const isLate = (turn: Turn, { observedAgoMs }: Observed): boolean =>
  (observedAgoMs ?? 0) > turn.settings.visitSilenceMs

export const noteLate = (turn: Turn, about: { device: string; zone?: string }, ago: Observed) =>
  turn.record({
    kind: 'visit',
    ...about,
    code: 'visit.news-late',
    params: { observedAgoMs: ago.observedAgoMs ?? 0 },
  })
