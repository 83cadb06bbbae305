/** Rows that the other side has not acknowledged: sent at once, then again until it has. */
import type { Revision } from '#protocol/calls/link.ts'

export interface Numbered {
  readonly escalation: string
  readonly revision: Revision
}

const same = (one: Revision | undefined, other: Revision) =>
  one !== undefined && one.epoch === other.epoch && one.n === other.n

interface Sent {
  readonly revision: Revision
  readonly at: number
}

/** Of one line: what was acknowledged on an older one is sent once more, and does no harm. */
export class Unacknowledged {
  readonly #sent = new Map<string, Sent>()
  readonly #acked = new Map<string, Revision>()

  acked({ escalation, revision }: Numbered): void {
    this.#acked.set(escalation, revision)
  }

  /** @returns what is to be sent now. */
  due<Row extends Numbered>(rows: readonly Row[], now: number, resendMs: number): readonly Row[] {
    const due = rows.filter(({ escalation, revision }) => {
      if (same(this.#acked.get(escalation), revision)) return false
      const sent = this.#sent.get(escalation)
      return !same(sent?.revision, revision) || now - (sent?.at ?? 0) >= resendMs
    })
    for (const { escalation, revision } of due) this.#sent.set(escalation, { revision, at: now })
    return due
  }

  keepOnly(escalations: ReadonlySet<string>): void {
    for (const map of [this.#sent, this.#acked])
      for (const key of map.keys()) if (!escalations.has(key)) map.delete(key)
  }
}
