/** The end of the line that this hub has: at a branch, at a desk, or none. */
import { linkPath } from '#protocol/calls/link.ts'
import { farDesk } from '../../branch/far-desk.ts'
import type { HttpLine } from '../../ops/http.ts'
import type { CallsSettings } from '../turn/settings.ts'
import { createAcceptor } from './accept.ts'
import { createDialler } from './dial.ts'
import { type LinkEnd, type LinkParts, submitTo } from './parts.ts'

export interface Link extends LinkEnd {
  readonly lines: readonly HttpLine[]
}

interface Wanted {
  readonly settings: Pick<CallsSettings, 'desk' | 'branches'>
  readonly parts: LinkParts
}

const nobody = { seen: () => [], here: () => undefined, say: () => undefined, browse: () => undefined }

/** A branch that had a desk, and whose settings name none any more: what it asked there is answered on the spot. */
const ended = (parts: LinkParts): Link => ({
  far: nobody,
  lines: [],
  start: async () => {
    if (farDesk(parts.engine.state) !== undefined)
      await submitTo(parts)({ name: 'desk.line', desk: null, up: false, by: 'hub' })
  },
  stop: async () => undefined,
})

/** @throws UsherError `config.invalid` where a secret cannot be read. */
export const openLink = ({ settings: { desk, branches }, parts }: Wanted): Link => {
  if (desk !== false) {
    const end = createDialler(parts, desk)
    return { far: end.far, lines: [], start: () => end.start(), stop: () => end.stop() }
  }
  if (branches.length === 0) return ended(parts)
  const end = createAcceptor(parts, branches)
  const line: HttpLine = { path: linkPath, upgrade: (...given) => end.upgrade(...given) }
  return { far: end.far, lines: [line], start: () => end.start(), stop: () => end.stop() }
}
