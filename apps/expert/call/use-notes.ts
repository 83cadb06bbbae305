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

/** After the last letter. */
const restMs = 700

export interface Notes {
  readonly value: string
  readonly state: 'saved' | 'saving' | 'failed'
  set(value: string): void
  /** What was typed goes out now. */
  flush(): void
}

export const useSharedNotes = ({ id: call, notes: kept }: LiveCall): Notes => {
  const send = useSend()
  const [held, setHeld] = useState<Draft>(noDraft)
  const draft = onKept(held, kept)
  const last = useLastLife(({ command }) => command.name === 'call.note' && command.params.call === call)
  const next = toSend(draft, kept)
  const flush = () => {
    if (next === undefined) return
    send({ name: 'call.note', params: { call, notes: next } })
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
