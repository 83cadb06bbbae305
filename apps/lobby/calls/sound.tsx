/** What the others say, also while the sheet of the call is closed. */
import { Voice } from '../../ui/stream.tsx'
import type { Joined } from './use-joined.ts'

export const Sound = ({ joined: { view, isHearing } }: { readonly joined: Joined }) =>
  isHearing && view?.others.map(({ id, stream }) => stream !== null && <Voice key={id} stream={stream} />)
