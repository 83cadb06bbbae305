/** Beside each one that waits, and each expert: what whoever leads them can do about it. For everybody else there is nothing. */
import { UserRoundCheck, UserRoundX } from 'lucide-react'
import type { LiveCall, LiveExpert } from '#protocol/desk/live/call-rows.ts'
import { useSendOnce } from '../../lobby/live/use-commands.ts'
import { Button } from '../../ui/button.tsx'
import { useSay, useTitle } from '../../ui/words.ts'
import { usePlan } from '../desk/plan.ts'
import { useWhere } from '../desk/use-where.ts'
import styles from './lead.module.css'
import { useIsLead } from './use-lead.ts'
import { leadWords } from './words.ts'

export const MoveCall = ({ call }: { readonly call: LiveCall }) => {
  const say = useSay()
  const titleOf = useTitle()
  const whereOf = useWhere()
  const send = useSendOnce()
  const { plan } = usePlan()
  const groups = plan?.groups ?? []
  if (!useIsLead() || groups.length < 2) return null
  return (
    <select
      className={styles.move}
      aria-label={say(leadWords.moveTo, { where: whereOf(call) })}
      value=""
      onChange={({ target }) =>
        target.value !== '' && send({ name: 'call.move', params: { call: call.id, group: target.value } })
      }
    >
      <option value="">{say(leadWords.stay)}</option>
      {groups.map(({ id, title }) => (
        <option key={id} value={id}>
          {titleOf(title, id)}
        </option>
      ))}
    </select>
  )
}

export const SetPresence = ({ expert }: { readonly expert: LiveExpert }) => {
  const say = useSay()
  const titleOf = useTitle()
  const send = useSendOnce()
  if (!useIsLead() || !expert.online || expert.presence === 'offline') return null
  const isFree = expert.presence === 'available'
  const presence = isFree ? ('away' as const) : ('available' as const)
  const who = titleOf(expert.title, expert.id)
  return (
    <Button
      kind="quiet"
      icon={isFree ? <UserRoundX aria-hidden /> : <UserRoundCheck aria-hidden />}
      aria-label={say(isFree ? leadWords.setAwayWho : leadWords.setBackWho, { who })}
      onPress={() => send({ name: 'expert.set', params: { expert: expert.id, presence } })}
    >
      {say(isFree ? leadWords.setAway : leadWords.setBack)}
    </Button>
  )
}
