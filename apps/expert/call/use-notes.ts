/** Shared notes are kept by the hub as they are typed; private ones never leave the tab. */
import { useEffect, useRef, useState } from 'react'
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'
import { useLastLife, useSend } from '../../lobby/live/use-commands.ts'
import {
  type Draft,
  isSaved,
  noDraft,
  onKept,
  onSent,
  shownOf,
  toSend,
  type as typed,
} from '../model/draft.ts'
import { isGuestIn } from '../model/guest.ts'

/** After the last letter. */
const restMs = 700

export interface Notes {
  readonly value: string
  readonly state: 'saved' | 'saving' | 'failed'
  set(value: string): void
  /** What was typed goes out now. */
  flush(): void
}

/** A guest's are kept apart, until the call is his: then what he was writing goes on below what there is. */
const useDraft = (place: 'shared' | 'guest', kept: string) => {
  const [held, setHeld] = useState<Draft>(noDraft)
  const [before, setBefore] = useState({ place, kept })
  if (before.place !== place || before.kept !== kept) setBefore({ place, kept })
  if (before.place === place) return [held, setHeld] as const
  const { typed: unkept } = onKept(held, before.kept)
  const moved = unkept === null ? noDraft : typed(noDraft, joinLines(kept, unkept))
  setHeld(moved)
  return [moved, setHeld] as const
}

const joinLines = (...lines: readonly string[]) => lines.filter((one) => one !== '').join('\n')

export const useSharedNotes = (of: LiveCall, me: string): Notes => {
  const { id: call } = of
  const isGuest = isGuestIn(of, me)
  const kept = isGuest ? (of.guest?.notes ?? '') : of.notes
  const send = useSend()
  const [held, setHeld] = useDraft(isGuest ? 'guest' : 'shared', kept)
  const draft = onKept(held, kept)
  const name = isGuest ? 'call.guest-note' : 'call.note'
  const last = useLastLife(({ command }) => command.name === name && command.params.call === call)
  const next = toSend(draft, kept)
  const flush = () => {
    if (next === undefined) return
    send({ name, params: { call, notes: next } })
    setHeld((before) => onSent(onKept(before, kept), next))
  }
  const latest = useRef(flush)
  useEffect(() => {
    latest.current = flush
  })
  useEffect(() => {
    if (next === undefined) return undefined
    const timer = setTimeout(() => latest.current(), restMs)
    return () => clearTimeout(timer)
  }, [next])
  // The page goes: what was typed goes out first.
  useEffect(() => {
    const onHide = () => latest.current()
    window.addEventListener('pagehide', onHide)
    return () => window.removeEventListener('pagehide', onHide)
  }, [])
  return {
    value: shownOf(draft, kept),
    state: isSaved(draft, kept)
      ? 'saved'
      : last?.state === 'failed' && next === undefined
        ? 'failed'
        : 'saving',
    set: (value) => setHeld((before) => typed(onKept(before, kept), value)),
    flush,
  }
}

const privatePrefix = 'usher.expert.private.'
const privateKey = (call: string) => `${privatePrefix}${call}`

/** Of this tab alone: gone with it, with the next person who signs in here, and with the call. */
export const usePrivateNotes = (call: string): Pick<Notes, 'value' | 'set'> => {
  const [value, setValue] = useState(() => sessionStorage.getItem(privateKey(call)) ?? '')
  return {
    value,
    set: (next) => {
      sessionStorage.setItem(privateKey(call), next)
      setValue(next)
    },
  }
}

/** However the call went: written up, handed over, or out of time. @param call undefined: none is this expert's */
export const keepPrivateNotesOf = (call: string | undefined): void => {
  const isOther = (key: string) =>
    key.startsWith(privatePrefix) && (call === undefined || key !== privateKey(call))
  for (const key of Object.keys(sessionStorage).filter(isOther)) sessionStorage.removeItem(key)
}
