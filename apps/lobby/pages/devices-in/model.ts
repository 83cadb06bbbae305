/** What somebody has typed and chosen so far, and what becomes of it. */
import { type PageKind, PairingCode } from '#protocol/desk/pairing-routes.ts'
import type { AnswerOf } from '../../live/ask-hub.ts'

export type Pairings = AnswerOf<'pairings'>
export type Waiting = Pairings['waiting'][number]
export type Choice = Pairings['devices'][number]

/** Stands for a device that there is not yet. */
export const newDevice = '+'

export interface Draft {
  readonly code: string
  /** A device, or `newDevice`. */
  readonly device: string | undefined
  readonly zh: string
  readonly en: string
  readonly zone: string | undefined
}

export const blankDraft: Draft = { code: '', device: undefined, zh: '', en: '', zone: undefined }

/** As the screen writes it, however it is typed; undefined: not all of it is there. */
export const codeOf = (typed: string): string | undefined => PairingCode.safeParse(typed).data

export const pageOf = ({ waiting }: Pairings, { code }: Draft): Waiting | undefined => {
  const whole = codeOf(code)
  return whole === undefined ? undefined : waiting.find((page) => page.code === whole)
}

export const choicesFor = ({ devices }: Pairings, kind: PageKind): readonly Choice[] =>
  devices.filter((device) => device.kind === kind)

/** `screen-3`: the first that nobody has. */
export const freeId = (devices: readonly { readonly id: string }[], kind: PageKind): string => {
  const taken = new Set(devices.map(({ id }) => id))
  let number = 1
  while (taken.has(`${kind}-${number}`)) number++
  return `${kind}-${number}`
}

export interface Wish {
  readonly code: string
  readonly device: string
  readonly create?: {
    readonly title: Record<string, string>
    readonly zone: string
    readonly revision: number
  }
  readonly replace?: true
}

/** @param idsTaken by devices of every kind @returns undefined: something is missing */
export const wishOf = (
  pairings: Pairings,
  draft: Draft,
  idsTaken: readonly { readonly id: string }[],
): Wish | undefined => {
  const page = pageOf(pairings, draft)
  if (page === undefined) return undefined
  const { code, kind } = page
  const { revision } = pairings
  if (draft.device === newDevice) {
    const title = { zh: draft.zh.trim(), en: draft.en.trim() }
    if (draft.zone === undefined || (title.zh === '' && title.en === '')) return undefined
    const device = freeId([...idsTaken, ...pairings.devices], kind)
    const said = Object.fromEntries(Object.entries(title).filter(([, text]) => text !== ''))
    return { code, device, create: { title: said, zone: draft.zone, revision } }
  }
  const chosen = choicesFor(pairings, kind).find(({ id }) => id === draft.device)
  if (chosen === undefined) return undefined
  return { code, device: chosen.id, ...(chosen.isTaken && { replace: true as const }) }
}
