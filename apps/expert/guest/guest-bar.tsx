/** Another expert in the call, or on the way into it: how it stands, and what one can do about it. */
import { LogOut, PhoneForwarded, UserMinus, UserPlus, Users, UsersRound } from 'lucide-react'
import { useState } from 'react'
import type { GuestEnding } from '#protocol/calls/guest.ts'
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'
import { useSendOnce } from '../../lobby/live/use-commands.ts'
import { useMe, useNow, useTable } from '../../lobby/live/use-live.ts'
import { useSay, useTitle } from '../../ui/words.ts'
import type { Notes } from '../call/use-notes.ts'
import { useActions } from '../keys/context.ts'
import { KeyedButton } from '../keys/keyed-button.tsx'
import { endedNow, isGuestIn } from '../model/guest.ts'
import { AskIn } from './ask-in.tsx'
import { GiveOver } from './give-over.tsx'
import styles from './guest.module.css'
import { guestWords } from './words.ts'

type Guest = NonNullable<LiveCall['guest']>

export const useExpertName = (): ((id: string) => string) => {
  const titleOf = useTitle()
  const experts = useTable('experts')
  return (id) => titleOf(experts.find((one) => one.id === id)?.title ?? {}, id)
}

const useGuestName = () => {
  const say = useSay()
  const nameOf = useExpertName()
  return ({ expert, ring }: Pick<Guest, 'expert' | 'ring'>): string => {
    const [only, ...others] = ring?.experts ?? []
    const id = expert ?? (others.length === 0 ? only : undefined)
    return id === undefined ? say(guestWords.somebody, { n: ring?.experts.length ?? 0 }) : nameOf(id)
  }
}

interface PartProps {
  readonly call: LiveCall
  readonly guest: Guest
  readonly notes: Notes
}

const statusOf = ({ state, mode }: Guest) => guestWords[`host.${state === 'here' ? mode : state}`]

const ForHost = ({ call, guest, notes }: PartProps) => {
  const say = useSay()
  const send = useSendOnce()
  const who = useGuestName()(guest)
  const [isGiving, setGiving] = useState(false)
  const isHere = guest.state === 'here' && call.state === 'in-call'
  const isAlone = guest.mode === 'consult'
  const other = isAlone ? ('invite' as const) : ('consult' as const)
  const off = guest.state === 'ringing' ? guestWords.callOff : guestWords.takeOff
  const change = () => send({ name: 'call.guest-mode', params: { call: call.id, mode: other } })
  const takeOff = () => send({ name: 'call.take-off', params: { call: call.id } })
  const modeWords = isAlone ? guestWords.together : guestWords.alone
  const giveWords = {
    zh: guestWords.giveOver.zh.replace('{who}', who),
    en: guestWords.giveOver.en.replace('{who}', who),
  }
  useActions('guest', [
    ...(isHere
      ? [
          { id: 'guest-mode', title: modeWords, key: 'l', run: change },
          { id: 'give-over', title: giveWords, key: 't', run: () => setGiving(true) },
        ]
      : []),
    { id: 'take-off', title: off, key: 'r', run: takeOff },
  ])
  return (
    <section className={styles.bar} aria-label={who}>
      <UsersRound aria-hidden />
      <output className={styles.said}>{say(statusOf(guest), { who })}</output>
      {isHere && (
        <>
          <KeyedButton keyName="l" icon={<Users aria-hidden />} onPress={change}>
            {say(modeWords)}
          </KeyedButton>
          <KeyedButton
            keyName="t"
            kind="primary"
            icon={<PhoneForwarded aria-hidden />}
            onPress={() => setGiving(true)}
          >
            {say(giveWords)}
          </KeyedButton>
        </>
      )}
      <KeyedButton keyName="r" kind="quiet" icon={<UserMinus aria-hidden />} onPress={takeOff}>
        {say(off)}
      </KeyedButton>
      {isGiving && isHere && (
        <GiveOver call={call} notes={notes} who={who} onClose={() => setGiving(false)} />
      )}
    </section>
  )
}

const ForGuest = ({ call, guest, notes }: PartProps) => {
  const say = useSay()
  const send = useSendOnce()
  const who = useExpertName()(guest.by)
  const said = call.state === 'resuming' ? guestWords['guest.hostLost'] : guestWords[`guest.${guest.mode}`]
  const leave = () => {
    notes.flush()
    send({ name: 'call.leave', params: { call: call.id } })
  }
  useActions('guest', [{ id: 'leave', title: guestWords.leave, key: 'e', run: leave }])
  return (
    <section className={styles.bar} aria-label={say(guestWords['guest.asked'], { who })}>
      <UsersRound aria-hidden />
      <div className={styles.said}>
        <output>{say(said, { who })}</output>
        {guest.why !== '' && <p className={styles.why}>{say(guestWords['guest.why'], { why: guest.why })}</p>}
      </div>
      <KeyedButton keyName="e" kind="danger" icon={<LogOut aria-hidden />} onPress={leave}>
        {say(guestWords.leave)}
      </KeyedButton>
    </section>
  )
}

const endWords = (why: GuestEnding) =>
  why === 'taken-off' || why === 'took-over' || why === 'ended' ? undefined : guestWords[`end.${why}`]

const NoGuest = ({ call }: { readonly call: LiveCall }) => {
  const say = useSay()
  const me = useMe()
  const nameOf = useExpertName()
  const ended = endedNow(call, me.name, useNow())
  const [isAsking, setAsking] = useState(false)
  const mayAsk = call.state === 'in-call'
  const ask = () => setAsking(true)
  useActions('guest', mayAsk ? [{ id: 'ask-in', title: guestWords.askIn, key: 'w', run: ask }] : [])
  const words = ended && endWords(ended.why)
  const who = ended?.expert == null ? say(guestWords.nobody) : nameOf(ended.expert)
  return (
    <div className={styles.bar}>
      <KeyedButton keyName="w" isDisabled={!mayAsk} icon={<UserPlus aria-hidden />} onPress={ask}>
        {say(guestWords.askIn)}
      </KeyedButton>
      <output className={styles.ended}>{words !== undefined && say(words, { who })}</output>
      {isAsking && mayAsk && <AskIn call={call} onClose={() => setAsking(false)} />}
    </div>
  )
}

export const GuestBar = ({ call, notes }: { readonly call: LiveCall; readonly notes: Notes }) => {
  const me = useMe()
  const { guest } = call
  if (guest === null) return <NoGuest call={call} />
  const Part = isGuestIn(call, me.name) ? ForGuest : ForHost
  return <Part call={call} guest={guest} notes={notes} />
}
