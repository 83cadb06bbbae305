/** What the others say, also while the sheet of the call is closed. */
import { useState } from 'react'
import { Voice } from '../../ui/stream.tsx'
import { useSay } from '../../ui/words.ts'
import type { Joined } from './use-joined.ts'
import { callWords } from './words.ts'

export const Sound = ({ joined: { view, isHearing } }: { readonly joined: Joined }) => {
  const say = useSay()
  const [isSilenced, setSilenced] = useState(false)
  if (!isHearing) return null
  return (
    <>
      {view?.others.map(
        ({ id, stream }) => stream !== null && <Voice key={id} stream={stream} onSilenced={setSilenced} />,
      )}
      {isSilenced && <output>{say(callWords.silenced)}</output>}
    </>
  )
}
