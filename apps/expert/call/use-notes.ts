/** Shared notes are kept by the hub as they are typed; private ones never leave the tab. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'
import { useLastLife, useSend } from '../../lobby/live/use-commands.ts'
import {
  type Draft,
  isSaved,
  noDraft,
  onFailed,
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
  readonly isSaved: boolean
  set(value: string): void
  /** What was typed goes out now. */
  flush(): void
}

export const useSharedNotes = ({ id: call, notes: kept }: LiveCall): Notes => {
  const send = useSend()
  const [draft, setDraft] = useState<Draft>(noDraft)
  const failed = useLastLife(
    ({ command }) => command.name === 'call.note' && command.params.call === call,
  )?.state
  const next = toSend(draft, kept)
  const flush = useCallback(() => {
    if (next === undefined) return
    send({ name: 'call.note', params: { call, notes: next } })
    setDraft((before) => onSent(before, next))
  }, [next, send, call])
  useEffect(() => setDraft((before) => onKept(before, kept)), [kept])
  useEffect(() => {
    if (failed === 'failed') setDraft(onFailed)
  }, [failed])
  useEffect(() => {
    if (next === undefined) return undefined
    const timer = setTimeout(flush, restMs)
    return () => clearTimeout(timer)
  }, [next, flush])
  // The page goes, or the call is another one's now: what was typed goes out first.
  const latest = useRef(flush)
  useEffect(() => {
    latest.current = flush
  })
  useEffect(() => {
    const onHide = () => latest.current()
    window.addEventListener('pagehide', onHide)
    return () => window.removeEventListener('pagehide', onHide)
  }, [])
  return {
    value: shownOf(draft, kept),
    isSaved: isSaved(draft, kept),
    set: (value) => setDraft((before) => typed(before, value)),
    flush,
  }
}

const privateKey = (call: string) => `usher.expert.private.${call}`

/** Of this tab alone: gone with it, with the next person who signs in here, and when the call is written up. */
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

export const dropPrivateNotes = (call: string): void => sessionStorage.removeItem(privateKey(call))
