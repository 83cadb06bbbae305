/** What is written down during a call: for everybody who deals with it, and for oneself. */
import { BadgeCheck } from 'lucide-react'
import { useRef } from 'react'
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'
import { useSendOnce } from '../../lobby/live/use-commands.ts'
import { useTable } from '../../lobby/live/use-live.ts'
import { Field } from '../../ui/field.tsx'
import { useFormat } from '../../ui/format.ts'
import { useSay, useTitle } from '../../ui/words.ts'
import { useActions } from '../keys/context.ts'
import { KeyedButton } from '../keys/keyed-button.tsx'
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
  useActions('identity', mayNote ? [{ id: 'identify', title: callWords.identify, key: 'i', run: note }] : [])
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
      <KeyedButton keyName="i" icon={<BadgeCheck aria-hidden />} onPress={note}>
        {say(callWords.identify)}
      </KeyedButton>
      <p className={parts.soft}>{say(callWords.identifyHint)}</p>
    </div>
  )
}

const focusIn = (place: HTMLElement | null) => place?.querySelector('textarea')?.focus()

export const NotesPanel = ({ call, shared }: { call: LiveCall; shared: Notes }) => {
  const say = useSay()
  const own = usePrivateNotes(call.id)
  const sharedPlace = useRef<HTMLDivElement>(null)
  const ownPlace = useRef<HTMLDivElement>(null)
  useActions('notes', [
    { id: 'notes', title: callWords.focusNotes, key: 'n', run: () => focusIn(sharedPlace.current) },
    { id: 'private', title: callWords.focusPrivate, key: 'p', run: () => focusIn(ownPlace.current) },
  ])
  return (
    <section className={styles.notes} aria-label={say(callWords.notes)}>
      <Identified call={call} />
      <div ref={sharedPlace}>
        <Field
          label={say(callWords.sharedNotes)}
          hint={say(callWords.sharedHint)}
          value={shared.value}
          onChange={shared.set}
          lines={5}
          maxLength={4_000}
        />
        <output className={styles.saved}>{shared.value !== '' && say(callWords[shared.state])}</output>
      </div>
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
