/** What has to be known for each kind of work, and what is missing yet. */
import { type Ask, type Askable, askable } from '#protocol/desk/live/ask.ts'
import type { ActPrefill } from './prefill.ts'

/** One thing to choose or to type. */
export type Slot =
  | 'visitor'
  | 'destination'
  | 'zone'
  | 'campaign'
  | 'beyondCap'
  | 'robot'
  | 'words'
  | 'forMs'
  | 'note'

interface Form {
  readonly slots: readonly Slot[]
  readonly needs: readonly Slot[]
}

export const forms: Readonly<Record<Askable, Form>> = {
  greet: { slots: ['visitor'], needs: ['visitor'] },
  guide: { slots: ['destination', 'visitor'], needs: ['destination'] },
  announce: { slots: ['zone', 'words'], needs: ['zone', 'words'] },
  display: { slots: ['zone', 'words', 'forMs'], needs: ['zone', 'words'] },
  promote: { slots: ['campaign', 'zone', 'beyondCap'], needs: ['campaign', 'zone'] },
  dock: { slots: ['robot'], needs: ['robot'] },
  expert: { slots: ['visitor', 'note'], needs: [] },
}

export type Draft = ActPrefill & { readonly what: Askable }

/** For how long a screen shows it, in ms, until another time is chosen. */
export const shownForMs = 30_000

/** Of what fills a slot. */
const fields: Readonly<Record<Slot, readonly (keyof Ask)[]>> = {
  visitor: ['visit', 'ticket'],
  destination: ['zone', 'place', 'counter', 'kiosk'],
  zone: ['zone'],
  campaign: ['campaign'],
  beyondCap: ['beyondCap'],
  robot: ['member'],
  words: ['words'],
  forMs: ['forMs'],
  note: ['note'],
}

const isGiven = (value: Ask[keyof Ask] | undefined): boolean => {
  if (value === undefined) return false
  if (typeof value === 'string') return value.trim() !== ''
  return typeof value !== 'object' || Object.values(value).some((text) => text.trim() !== '')
}

export const isFilled = (draft: ActPrefill, slot: Slot): boolean =>
  fields[slot].some((field) => isGiven(draft[field]))

export const missing = (draft: Draft): readonly Slot[] =>
  forms[draft.what].needs.filter((slot) => !isFilled(draft, slot))

export const empty = (draft: Draft, slot: Slot): Draft => {
  const left: Partial<Record<keyof Ask, unknown>> = { ...draft }
  for (const field of fields[slot]) delete left[field]
  return left as Draft
}

/** Instead of what filled the slot before. */
export const put = (draft: Draft, slot: Slot, patch: ActPrefill): Draft => ({
  ...empty(draft, slot),
  ...patch,
})

/** As the hub takes it: only what this kind of work has, trimmed; undefined: something is missing yet. */
export const askOf = (draft: Draft): Ask | undefined => {
  if (missing(draft).length > 0) return undefined
  const known = new Set<keyof Ask>([
    'what',
    'member',
    ...forms[draft.what].slots.flatMap((slot) => fields[slot]),
  ])
  // What the form shows as chosen is what is sent.
  const whole = draft.what === 'display' ? { forMs: shownForMs, ...draft } : draft
  const ask = Object.entries(whole).flatMap(([name, value]): [string, unknown][] => {
    if (!known.has(name as keyof Ask) || !isGiven(value)) return []
    if (typeof value === 'string') return [[name, value.trim()]]
    if (typeof value !== 'object') return [[name, value]]
    const said = Object.entries(value).map(([language, text]) => [language, text.trim()])
    return [[name, Object.fromEntries(said.filter(([, text]) => text !== ''))]]
  })
  return Object.fromEntries(ask) as Ask
}

/** What was given from outside begins with the kind of work that it names. */
export const draftOf = (prefill: ActPrefill): Draft | undefined =>
  prefill.what === undefined ? undefined : { ...prefill, what: prefill.what }

/** What can be done for what is given already, the rest is not offered: a person is not docked. */
export const kindsFor = (prefill: ActPrefill): readonly Askable[] => {
  const only: readonly Askable[] | undefined =
    prefill.visit !== undefined || prefill.ticket !== undefined
      ? ['greet', 'guide', 'expert']
      : prefill.member?.startsWith('person/') === true
        ? ['greet', 'guide', 'promote']
        : prefill.zone !== undefined
          ? ['announce', 'display', 'promote', 'guide']
          : undefined
  return askable.filter((what) => only?.includes(what) ?? true)
}
