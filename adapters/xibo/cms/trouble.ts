/** What goes wrong between the adapter and the CMS, and whether what was asked for may have been done all the same. */

export const troubles = {
  unreachable: 'The CMS does not answer.',
  late: 'The CMS did not answer in time.',
  unauthorised: 'The CMS refuses the client id, its secret or its token.',
  forbidden: 'The user of the client id may not do this in the CMS.',
  missing: 'The CMS does not know it.',
  rejected: 'The CMS rejects the request.',
  limited: 'The CMS asks for fewer requests.',
  broken: 'The CMS has an error of its own.',
  odd: 'What answers does not speak like the CMS.',
} as const satisfies Record<string, string>
export type TroubleKind = keyof typeof troubles

export class CmsTrouble extends Error {
  override readonly name = 'CmsTrouble'
  readonly kind: TroubleKind
  /** False only where it certainly was not. */
  readonly mayBeDone: boolean
  /** The field that the CMS names as wrong. */
  readonly property: string | undefined
  readonly retryAfterMs: number | undefined

  constructor(
    kind: TroubleKind,
    about: {
      readonly mayBeDone: boolean
      readonly note?: string | undefined
      readonly property?: string | undefined
      readonly retryAfterMs?: number | undefined
      readonly cause?: unknown
    },
  ) {
    super(about.note === undefined ? troubles[kind] : `${troubles[kind]} ${about.note}`, {
      cause: about.cause,
    })
    this.kind = kind
    this.mayBeDone = about.mayBeDone
    this.property = about.property
    this.retryAfterMs = about.retryAfterMs
  }
}
