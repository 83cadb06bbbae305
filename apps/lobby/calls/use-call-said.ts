/** How a call stands, and what those in it are called, in the language of the page. */
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'
import { useFormat } from '../../ui/format.ts'
import { useSay, useTitle } from '../../ui/words.ts'
import { useNow, useTable } from '../live/use-live.ts'
import { useNames } from '../said/use-said.ts'
import { stateSaid } from './model.ts'
import { callWords } from './words.ts'

export const useCallSaid = () => {
  const say = useSay()
  const titleOf = useTitle()
  const format = useFormat()
  const names = useNames()
  const now = useNow()
  const experts = useTable('experts')
  const expert = (id: string) => titleOf(experts.find((one) => one.id === id)?.title ?? {}, id)
  return {
    state: (call: LiveCall) => {
      const { pair, params } = stateSaid(call, {
        now,
        expert,
        duration: format.duration,
        clock: format.clock,
      })
      return say(pair, params)
    },
    /** Whose it is, by what says most. */
    who: ({ ticket, device, askedBy }: LiveCall) =>
      ticket ?? (device === null ? names.person(askedBy ?? '') : names.of('device', device)),
    participant: (participant: string) => {
      const [role, id = ''] = participant.split(':')
      if (role === 'expert') return expert(id)
      if (role === 'lead') return say(callWords.lead, { who: names.person(id) })
      return role === 'kiosk' ? names.of('device', id) : names.person(id)
    },
  }
}
