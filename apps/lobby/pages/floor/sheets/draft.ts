/** What somebody is about to ask for, until it is whole. */
import type { Ask, Askable } from '#protocol/desk/live/ask.ts'

export type AskKind = Exclude<Askable, 'dock' | 'expert'>

/** `zone/…`, `counter/…`, `kiosk/…`: where to. */
export type GoalKey = `${'zone' | 'counter' | 'kiosk'}/${string}`

export interface Draft {
  readonly what: AskKind
  readonly goal: GoalKey | ''
  readonly campaign: string
  readonly zh: string
  readonly en: string
  readonly minutes: number
}

export const emptyDraft = (what: AskKind): Draft => ({
  what,
  goal: '',
  campaign: '',
  zh: '',
  en: '',
  minutes: 5,
})

const isSaid = ({ what }: Draft) => what === 'announce' || what === 'display'

/** @param isAimed it is known already for whom or where */
export const isComplete = (draft: Draft, isAimed: boolean): boolean => {
  if ((draft.what === 'guide' || !isAimed) && draft.goal === '') return false
  if (draft.what === 'promote' && draft.campaign === '') return false
  return !isSaid(draft) || draft.zh.trim() !== '' || draft.en.trim() !== ''
}

const goalOf = (goal: Draft['goal']): Pick<Ask, 'zone' | 'counter' | 'kiosk'> => {
  const at = goal.indexOf('/')
  return at < 0 ? {} : { [goal.slice(0, at)]: goal.slice(at + 1) }
}

const wordsOf = ({ zh, en }: Draft): Record<string, string> => ({
  ...(zh.trim() !== '' && { zh: zh.trim() }),
  ...(en.trim() !== '' && { en: en.trim() }),
})

/** A guide's zone is where it leads to, never where one is. */
export const askOf = (draft: Draft, about: Pick<Ask, 'visit' | 'zone' | 'member'>): Ask => {
  const { visit, zone, member } = about
  const where = draft.what === 'guide' || (visit === undefined && zone === undefined)
  return {
    what: draft.what,
    ...(visit !== undefined && { visit }),
    ...(member !== undefined && { member }),
    ...(where ? goalOf(draft.goal) : zone !== undefined && { zone }),
    ...(draft.what === 'promote' && { campaign: draft.campaign }),
    ...(isSaid(draft) && { words: wordsOf(draft) }),
    ...(draft.what === 'display' && { forMs: draft.minutes * 60_000 }),
  }
}
