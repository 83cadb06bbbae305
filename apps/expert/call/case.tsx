/** One call from accepting to the end of its writing up: what was typed outlives the step between. */
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'
import { useMe } from '../../lobby/live/use-live.ts'
import { InCallView } from './in-call.tsx'
import { useSharedNotes } from './use-notes.ts'
import { WrapUp } from './wrap-up.tsx'

export const Case = ({ call, isOver }: { call: LiveCall; isOver: boolean }) => {
  const me = useMe()
  const notes = useSharedNotes(call, me.name)
  return isOver ? <WrapUp call={call} notes={notes} /> : <InCallView call={call} notes={notes} />
}
