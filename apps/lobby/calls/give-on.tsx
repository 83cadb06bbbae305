/** Whoever leads the branch hands a call to another expert or group, or has people on the spot go on with it. */
import { PhoneForwarded } from 'lucide-react'
import { useState } from 'react'
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { useSay, useTitle } from '../../ui/words.ts'
import { useAnswer } from '../live/ask-hub.ts'
import { useMay, useSendOnce } from '../live/use-commands.ts'
import { useTable } from '../live/use-live.ts'
import styles from './calls.module.css'
import { mayGiveOn } from './model.ts'
import { callWords } from './words.ts'

const staff = 'staff'

const useOptions = (call: LiveCall) => {
  const say = useSay()
  const titleOf = useTitle()
  const experts = useTable('experts')
  const { data } = useAnswer('callPlan', {})
  const onSpot = { id: staff, text: say(callWords.giveStaff) }
  if (call.state !== 'in-call') return [onSpot]
  const guest = call.guest?.state === 'here' ? call.guest.expert : null
  const isFree = ({ id, online, presence, call: held }: (typeof experts)[number]) =>
    call.guest === null ? online && presence === 'available' && held === null : id === guest
  const groups = call.guest === null ? (data?.plan?.groups ?? []) : []
  return [
    onSpot,
    ...groups.map(({ id, title }) => ({
      id: `group/${id}`,
      text: say(callWords.giveGroup, { group: titleOf(title, id) }),
    })),
    ...experts.filter(isFree).map(({ id, title }) => ({ id: `expert/${id}`, text: titleOf(title, id) })),
  ]
}

const Form = ({ call, onDone }: { readonly call: LiveCall; readonly onDone: () => void }) => {
  const say = useSay()
  const send = useSendOnce()
  const options = useOptions(call)
  const [wanted, setWanted] = useState(staff)
  const [note, setNote] = useState('')
  // Whoever was chosen may be gone by now.
  const to = options.some(({ id }) => id === wanted) ? wanted : staff
  const give = () => {
    onDone()
    const [kind, id = null] = to.split('/')
    if (to === staff) return send({ name: 'call.to-staff', params: { call: call.id, note } })
    const whom = { group: kind === 'group' ? id : null, expert: kind === 'expert' ? id : null }
    send({ name: 'call.pass-on', params: { call: call.id, ...whom, note } })
  }
  return (
    <section className={styles.part} aria-label={say(callWords.giveOn)}>
      <Choice label={say(callWords.giveTo)} value={to} options={options} onChange={setWanted} />
      <p>{say(to === staff ? callWords.giveStaffText : callWords.giveText)}</p>
      <Field label={say(callWords.giveNote)} value={note} onChange={setNote} lines={2} maxLength={500} />
      <div className={styles.buttons}>
        <Button kind="primary" onPress={give}>
          {say(callWords.giveOn)}
        </Button>
        <Button onPress={onDone}>{say(callWords.giveNot)}</Button>
      </div>
    </section>
  )
}

export const GiveOn = ({ call }: { readonly call: LiveCall }) => {
  const say = useSay()
  const may = useMay()
  const [isOpen, setOpen] = useState(false)
  if (!mayGiveOn(call) || !may('call.to-staff')) return null
  if (isOpen) return <Form call={call} onDone={() => setOpen(false)} />
  return (
    <Button icon={<PhoneForwarded aria-hidden />} onPress={() => setOpen(true)}>
      {say(callWords.giveOnOpen)}
    </Button>
  )
}
