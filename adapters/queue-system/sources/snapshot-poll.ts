/** Asks the queue system for its own view every so often; one line in the log when it does not answer and one when it does. */
import type { Clock, Log } from '../../sdk/ports.ts'
import { call, type SignIn } from '../http-call.ts'

export type PollState = 'up' | 'unreachable' | 'refused' | 'unusable'

export interface SnapshotPollParts {
  readonly url: string
  readonly signIn: SignIn | undefined
  readonly ca: string | undefined
  readonly everyMs: number
  readonly withinMs: number
  readonly clock: Clock
  readonly log: Log
  readonly onAnswer: (json: unknown) => void
  readonly onState: (state: PollState) => void
}

const words: Readonly<Record<Exclude<PollState, 'up'>, string>> = {
  unreachable: 'the queue system does not answer',
  refused: 'the queue system does not let this adapter in',
  unusable: 'the queue system answers with something else than its queues',
}

const stateOf = (status: number | undefined, json: unknown): PollState => {
  if (status === undefined || status >= 500) return 'unreachable'
  if (status === 401 || status === 403) return 'refused'
  return status === 200 && json !== undefined ? 'up' : 'unusable'
}

export const openSnapshotPoll = (parts: SnapshotPollParts): { close(): void } => {
  const { url, signIn, ca, everyMs, withinMs, clock, log, onAnswer, onState } = parts
  const ending = new AbortController()
  let cancel = () => {}
  let told: PollState | undefined
  const say = (state: PollState) => {
    if (state === told) return
    // Without the part behind the `?`, which may hold a key.
    const about = { url: url.split('?', 1)[0] ?? '' }
    if (state !== 'up') log[state === 'refused' ? 'error' : 'warn'](words[state], about)
    else log.info(told === undefined ? 'the queue system answers' : 'the queue system answers again', about)
    told = state
    onState(state)
  }
  const ask = async () => {
    const { status, ...answer } = await call({
      method: 'GET',
      url,
      signIn,
      ca,
      withinMs,
      signal: ending.signal,
    })
    if (ending.signal.aborted) return
    const json = 'json' in answer ? answer.json : undefined
    const state = stateOf(status, json)
    say(state)
    if (state === 'up') onAnswer(json)
    cancel = clock.after(everyMs, () => void ask())
  }
  void ask()
  return {
    close() {
      cancel()
      ending.abort()
    },
  }
}
