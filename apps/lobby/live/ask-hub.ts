/** Questions to the hub over HTTP: each as its route declares it, checked on the way back. */
import { useCallback, useEffect, useState } from 'react'
import { DeskError } from '#protocol/desk/errors.ts'
import type { DeskRoute, RequestOf, ResponseOf } from '#protocol/desk/route.ts'
import { type DeskApi, deskApi } from '#protocol/desk/routes.ts'
import { useTongue } from '../../ui/words.ts'
import { worded } from './worded.ts'

export type ApiName = keyof DeskApi
export type AnswerOf<Name extends ApiName> = ResponseOf<DeskApi[Name]>

/** What the hub said instead of an answer; without `error` it said nothing: it was not reached. */
export class HubRefused extends Error {
  readonly #error: DeskError | undefined

  constructor(error: DeskError | undefined) {
    super(error?.code ?? 'unreachable')
    this.#error = error
  }

  /** In the language that the page has now, also where it had another when it asked. */
  get error(): DeskError | undefined {
    return this.#error && worded(this.#error, document.documentElement.lang.startsWith('en') ? 'en' : 'zh')
  }
}

const queryOf = (request: object): string => {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(request) as [string, unknown][]) {
    if (value === undefined || value === null) continue
    query.set(
      name,
      typeof value === 'object' ? JSON.stringify(value) : `${value as string | number | boolean}`,
    )
  }
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}

/** @param body of an answer that is none of a success */
export const refusedBy = (body: unknown): HubRefused => {
  const read = DeskError.safeParse((body as { error?: unknown } | undefined)?.error)
  return new HubRefused(read.success ? read.data : undefined)
}

/** @throws HubRefused; ZodError for an answer of another version than this page */
export const askHub = async <Name extends ApiName>(
  name: Name,
  request: RequestOf<DeskApi[Name]>,
  signal?: AbortSignal,
): Promise<AnswerOf<Name>> => {
  const route: DeskRoute = deskApi[name]
  const isPost = route.method === 'POST'
  const init: RequestInit = isPost
    ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(request) }
    : {}
  const response = await fetch(
    isPost ? route.path : `${route.path}${queryOf(request as object)}`,
    signal === undefined ? init : { ...init, signal },
  ).catch((error: unknown) => {
    throw signal?.aborted === true ? error : new HubRefused(undefined)
  })
  if (!response.ok) throw refusedBy(await response.json().catch(() => undefined))
  if (typeof route.response !== 'object') throw new HubRefused(undefined)
  const said: unknown = await response.json().catch(() => {
    throw new HubRefused(undefined)
  })
  return route.response.parse(said) as AnswerOf<Name>
}

export interface Answer<Data> {
  /** The last one that came, also while the next is under way. */
  readonly data: Data | undefined
  readonly error: HubRefused | undefined
  readonly isLoading: boolean
  readonly again: () => void
}

interface Held<Data> {
  /** The question that this answers. */
  readonly asked: string | undefined
  readonly data: Data | undefined
  readonly error: HubRefused | undefined
}

/** Asks when it is first shown, and whenever the question or the language changes; null: there is nothing to ask yet. */
export const useAnswer = <Name extends ApiName>(
  name: Name,
  request: RequestOf<DeskApi[Name]> | null,
): Answer<AnswerOf<Name>> => {
  const tongue = useTongue()
  const [held, setHeld] = useState<Held<AnswerOf<Name>>>({
    asked: undefined,
    data: undefined,
    error: undefined,
  })
  const [round, setRound] = useState(0)
  const question = request === null ? undefined : JSON.stringify([request, tongue, round])
  useEffect(() => {
    if (question === undefined) return undefined
    const [asked] = JSON.parse(question) as [RequestOf<DeskApi[Name]>]
    const gone = new AbortController()
    askHub(name, asked, gone.signal).then(
      (data) => {
        if (!gone.signal.aborted) setHeld({ asked: question, data, error: undefined })
      },
      (failure: unknown) => {
        if (gone.signal.aborted) return
        const error = failure instanceof HubRefused ? failure : new HubRefused(undefined)
        setHeld(({ data }) => ({ asked: question, data, error }))
      },
    )
    return () => gone.abort()
  }, [name, question])
  const again = useCallback(() => setRound((before) => before + 1), [])
  return {
    data: held.data,
    error: held.error,
    isLoading: question !== undefined && held.asked !== question,
    again,
  }
}
