/** A call goes to another expert, for the one who has it: whoever leads them decides so. */
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'
import { useSendOnce } from '../../lobby/live/use-commands.ts'
import { useSay } from '../../ui/words.ts'
import { HandOverDialog } from '../call/hand-over.tsx'
import { useWhere } from '../desk/use-where.ts'
import { useExpertName } from '../guest/guest-bar.tsx'
import { leadWords } from './words.ts'

/** With a guest it goes to that guest, once they are there. */
export const mayPassOn = ({ state, guest }: Pick<LiveCall, 'state' | 'guest'>): boolean =>
  state === 'in-call' && (guest === null || guest.state === 'here')

interface PassOnProps {
  readonly call: LiveCall
  readonly onClose: () => void
}

export const PassOn = ({ call, onClose }: PassOnProps) => {
  const say = useSay()
  const send = useSendOnce()
  const whereOf = useWhere()
  const nameOf = useExpertName()
  const who = nameOf(call.expert ?? '')
  const to = call.guest?.expert ?? null
  const hint =
    to === null ? say(leadWords.passOnHint, { who }) : say(leadWords.passOnGuest, { who, guest: nameOf(to) })
  return (
    <HandOverDialog
      call={call}
      title={say(leadWords.passOnOf, { where: whereOf(call) })}
      hint={hint}
      expert={to}
      onGive={(whom, note) => send({ name: 'call.pass-on', params: { call: call.id, ...whom, note } })}
      onClose={onClose}
    />
  )
}
