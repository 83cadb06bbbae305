/** What the branch says of experts and of the call of this kiosk, as it can be used; what is wrong in it is named. */
import { KioskCall, KioskExperts } from '#protocol/calls/kiosk-call.ts'
import type { DeviceConfig } from '#protocol/messages.ts'

export interface ExpertDeskSeen {
  /** Any expert could come now; null: the branch has none at all. */
  readonly isOpen: boolean | null
  readonly call: KioskCall | null
  readonly troubles: readonly string[]
}

export const noDesk: ExpertDeskSeen = { isOpen: null, call: null, troubles: [] }

interface Parsed<T> {
  readonly data: T | null
  readonly troubles: readonly string[]
}

const parsed = <T>(name: string, schema: { safeParse(told: unknown): Safe<T> }, told: unknown): Parsed<T> => {
  if (told === undefined || told === null) return { data: null, troubles: [] }
  const { data, error } = schema.safeParse(told)
  if (error === undefined) return { data: data as T, troubles: [] }
  return {
    data: null,
    troubles: error.issues.map(({ path, message }) => `${[name, ...path].join('.')}: ${message}`),
  }
}

interface Safe<T> {
  readonly data?: T
  readonly error?: {
    readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]
  }
}

/** A call that cannot be read leaves the one that is known: nobody falls out of it for that. */
export const readExpertDesk = (
  settings: DeviceConfig['settings'],
  known: ExpertDeskSeen = noDesk,
): ExpertDeskSeen => {
  const experts = parsed('experts', KioskExperts, settings['experts'])
  const call = parsed('call', KioskCall, settings['call'])
  return {
    isOpen: experts.data?.open ?? null,
    call: call.troubles.length > 0 ? known.call : call.data,
    troubles: [...experts.troubles, ...call.troubles],
  }
}
