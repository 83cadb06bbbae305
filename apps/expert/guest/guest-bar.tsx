/** Another expert in the call, or on the way into it: how it stands, and what one can do about it. */
import { LogOut, PhoneForwarded, UserMinus, UserPlus, Users, UsersRound } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { GuestEnding } from '#protocol/calls/guest.ts'
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'
import { useSendOnce } from '../../lobby/live/use-commands.ts'
import { useMe, useNow, useTable } from '../../lobby/live/use-live.ts'
import { classes } from '../../ui/classes.ts'
import { type Pair, useSay, useTitle } from '../../ui/words.ts'
import { HandOver } from '../call/hand-over.tsx'
import tools from '../call/tools.module.css'
import type { Notes } from '../call/use-notes.ts'
import { useActions } from '../keys/context.ts'
import { keyOf } from '../keys/key-of.ts'
import { KeyedButton } from '../keys/keyed-button.tsx'
import { endedNow, isGuestIn } from '../model/guest.ts'
import { AskIn } from './ask-in.tsx'
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

/** What else one can do while one talks, and what is said of it: on the same bar. */
export interface BesideGuest {
  readonly tools?: ReactNode
  readonly said?: ReactNode
}

interface BarProps {
  readonly call: LiveCall
  readonly notes: Notes
  readonly beside: BesideGuest
}

interface PartProps extends BarProps {
  readonly guest: Guest
}

interface CallBarProps {
  readonly tools: ReactNode
  readonly children: ReactNode
}

const CallBar = ({ tools: all, children }: CallBarProps) => {
  const say = useSay()
  return (
    <section className={styles.bar} aria-label={say(guestWords.bar)}>
      <div className={classes(styles.tools, tools.tools)} role="toolbar" aria-label={say(guestWords.bar)}>
        {all}
      </div>
      <div className={styles.said}>{children}</div>
    </section>
  )
}

const statusOf = ({ state, mode }: Guest) => guestWords[`host.${state === 'here' ? mode : state}`]

interface HostToolsProps {
  /** Else there is nobody to speak with yet. */
  readonly isHere: boolean
  readonly words: Readonly<Record<'mode' | 'give' | 'off', Pair>>
  readonly onMode: () => void
  readonly onGive: () => void
  readonly onOff: () => void
}

const HostTools = ({ isHere, words, onMode, onGive, onOff }: HostToolsProps) => {
  const say = useSay()
  return (
    <>
      {isHere && (
        <>
          <KeyedButton keyName={keyOf.host.mode} icon={<Users aria-hidden />} onPress={onMode}>
            {say(words.mode)}
          </KeyedButton>
          <KeyedButton keyName={keyOf.host.giveOver} icon={<PhoneForwarded aria-hidden />} onPress={onGive}>
            {say(words.give)}
          </KeyedButton>
        </>
      )}
      <KeyedButton keyName={keyOf.host.takeOff} icon={<UserMinus aria-hidden />} onPress={onOff}>
        {say(words.off)}
      </KeyedButton>
    </>
  )
}

const ForHost = ({ call, guest, notes, beside }: PartProps) => {
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
          { id: 'guest-mode', title: modeWords, key: keyOf.host.mode, run: change },
          { id: 'give-over', title: giveWords, key: keyOf.host.giveOver, run: () => setGiving(true) },
        ]
      : []),
    { id: 'take-off', title: off, key: keyOf.host.takeOff, run: takeOff },
  ])
  return (
    <CallBar
      tools={
        <>
          <HostTools
            isHere={isHere}
            words={{ mode: modeWords, give: giveWords, off }}
            onMode={change}
            onGive={() => setGiving(true)}
            onOff={takeOff}
          />
          {beside.tools}
        </>
      }
    >
      <output className={styles.guest}>
        <UsersRound aria-hidden size={18} />
        {say(statusOf(guest), { who })}
      </output>
      {beside.said}
      {isGiving && isHere && (
        <HandOver
          call={call}
          notes={notes}
          title={say(giveWords)}
          hint={say(guestWords.giveOverHint, { who })}
          expert={guest.expert}
          onClose={() => setGiving(false)}
        />
      )}
    </CallBar>
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
  useActions('guest', [{ id: 'leave', title: guestWords.leave, key: keyOf.guest.leave, run: leave }])
  return (
    <CallBar
      tools={
        <KeyedButton keyName={keyOf.guest.leave} kind="danger" icon={<LogOut aria-hidden />} onPress={leave}>
          {say(guestWords.leave)}
        </KeyedButton>
      }
    >
      <output className={styles.guest}>
        <UsersRound aria-hidden size={18} />
        {say(said, { who })}
      </output>
      {guest.why !== '' && <p>{say(guestWords['guest.why'], { why: guest.why })}</p>}
    </CallBar>
  )
}

const endWords = (why: GuestEnding) =>
  why === 'taken-off' || why === 'took-over' || why === 'ended' ? undefined : guestWords[`end.${why}`]

const NoGuest = ({ call, beside }: BarProps) => {
  const say = useSay()
  const me = useMe()
  const nameOf = useExpertName()
  const ended = endedNow(call, me.name, useNow())
  const [isAsking, setAsking] = useState(false)
  const mayAsk = call.state === 'in-call'
  const ask = () => setAsking(true)
  useActions(
    'guest',
    mayAsk ? [{ id: 'ask-in', title: guestWords.askIn, key: keyOf.noGuest.askIn, run: ask }] : [],
  )
  const words = ended && endWords(ended.why)
  const who = ended?.expert == null ? say(guestWords.nobody) : nameOf(ended.expert)
  return (
    <CallBar
      tools={
        <>
          {beside.tools}
          <KeyedButton
            keyName={keyOf.noGuest.askIn}
            isDisabled={!mayAsk}
            icon={<UserPlus aria-hidden />}
            onPress={ask}
          >
            {say(guestWords.askIn)}
          </KeyedButton>
        </>
      }
    >
      <output>{words !== undefined && say(words, { who })}</output>
      {beside.said}
      {isAsking && mayAsk && <AskIn call={call} onClose={() => setAsking(false)} />}
    </CallBar>
  )
}

export const GuestBar = ({ call, notes, ...beside }: Omit<BarProps, 'beside'> & BesideGuest) => {
  const me = useMe()
  const { guest } = call
  const given = { call, notes, beside }
  if (guest === null) return <NoGuest {...given} />
  const Part = isGuestIn(call, me.name) ? ForGuest : ForHost
  return <Part {...given} guest={guest} />
}
