/** What is written down during a call: for everybody who deals with it, and for oneself. */
import { BadgeCheck } from 'lucide-react'
import { useRef } from 'react'
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'
import { useSendOnce } from '../../lobby/live/use-commands.ts'
import { useMe, useTable } from '../../lobby/live/use-live.ts'
import { Field } from '../../ui/field.tsx'
import { useFormat } from '../../ui/format.ts'
import { useSay, useTitle } from '../../ui/words.ts'
import guestStyles from '../guest/guest.module.css'
import { useExpertName } from '../guest/guest-bar.tsx'
import { guestWords } from '../guest/words.ts'
import { useActions } from '../keys/context.ts'
import { keyOf } from '../keys/key-of.ts'
import { KeyedButton } from '../keys/keyed-button.tsx'
import { isGuestIn } from '../model/guest.ts'
import styles from './notes.module.css'
import parts from './parts.module.css'
import { type Notes, usePrivateNotes } from './use-notes.ts'
import { callWords } from './words.ts'

const Identified = ({ call }: { call: LiveCall }) => {
  const say = useSay()
  const titleOf = useTitle()
  const format = useFormat()
  const send = useSendOnce()
  const experts = useTable('experts')
  const { identified } = call
  const mayNote = identified === null && call.state === 'in-call'
  const note = () => send({ name: 'call.identified', params: { call: call.id } })
  useActions(
    'identity',
    mayNote ? [{ id: 'identify', title: callWords.identify, key: keyOf.identity.identify, run: note }] : [],
  )
  if (identified !== null) {
    const who = titleOf(experts.find(({ id }) => id === identified.by)?.title ?? {}, identified.by)
    return (
      <p className={styles.identified}>
        <BadgeCheck aria-hidden />
        {say(callWords.identified, { who, at: format.clockSeconds(identified.at) })}
      </p>
    )
  }
  if (!mayNote) return null
  return (
    <div className={styles.identify}>
      <KeyedButton keyName={keyOf.identity.identify} icon={<BadgeCheck aria-hidden />} onPress={note}>
        {say(callWords.identify)}
      </KeyedButton>
      <p className={parts.soft}>{say(callWords.identifyHint)}</p>
    </div>
  )
}

const focusIn = (place: HTMLElement | null) => place?.querySelector('textarea')?.focus()

/** What the other one of the two experts has written. */
const Theirs = ({ who, text }: { who: string; text: string }) => {
  const say = useSay()
  if (text === '') return null
  const label = who === '' ? say(callWords.sharedNotes) : say(guestWords.notesOf, { who })
  return (
    <section aria-label={label}>
      <h3>{label}</h3>
      <p className={guestStyles.their}>{text}</p>
    </section>
  )
}

const useSharedWords = (call: LiveCall, isGuest: boolean) => {
  const say = useSay()
  const nameOf = useExpertName()
  if (!isGuest || call.guest === null)
    return { label: say(callWords.sharedNotes), hint: say(callWords.sharedHint) }
  const who = nameOf(call.guest.by)
  return { label: say(guestWords.guestNotes, { who }), hint: say(guestWords.guestNotesHint, { who }) }
}

export const NotesPanel = ({ call, shared }: { call: LiveCall; shared: Notes }) => {
  const say = useSay()
  const own = usePrivateNotes(call.id)
  const sharedPlace = useRef<HTMLDivElement>(null)
  const ownPlace = useRef<HTMLDivElement>(null)
  const me = useMe()
  const nameOf = useExpertName()
  const isGuest = isGuestIn(call, me.name)
  const words = useSharedWords(call, isGuest)
  const last = call.guest ?? call.guests.at(-1)
  useActions('notes', [
    {
      id: 'notes',
      title: callWords.focusNotes,
      key: keyOf.notes.shared,
      run: () => focusIn(sharedPlace.current),
    },
    {
      id: 'private',
      title: callWords.focusPrivate,
      key: keyOf.notes.own,
      run: () => focusIn(ownPlace.current),
    },
  ])
  return (
    <section className={styles.notes} aria-label={say(callWords.notes)}>
      {!isGuest && <Identified call={call} />}
      {isGuest && <Theirs who="" text={call.notes} />}
      <div ref={sharedPlace}>
        <Field {...words} value={shared.value} onChange={shared.set} lines={5} maxLength={4_000} />
        <output className={styles.saved}>{shared.value !== '' && say(callWords[shared.state])}</output>
      </div>
      {!isGuest && last !== undefined && last.by === me.name && last.expert !== null && (
        <Theirs who={nameOf(last.expert)} text={last.notes} />
      )}
      <div ref={ownPlace}>
        <Field
          label={say(callWords.privateNotes)}
          hint={say(callWords.privateHint)}
          value={own.value}
          onChange={own.set}
          lines={2}
          maxLength={4_000}
        />
      </div>
    </section>
  )
}
