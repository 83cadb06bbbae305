/** Calls with experts as the tablet lists them: who waits, rings, talks; what can be done about it. Pure. */
import type { LiveCall, LiveExpert } from '#protocol/desk/live/call-rows.ts'
import type { Pair, Params } from '../../ui/words.ts'
import { callWords } from './words.ts'

/** Those who want somebody first, the longest wait ahead; then those who talk; what is over last. */
const rank: Readonly<Record<LiveCall['state'], number>> = {
  waiting: 0,
  ringing: 0,
  resuming: 1,
  accepted: 2,
  'in-call': 2,
  'wrap-up': 3,
  ended: 4,
}

export const inOrder = (calls: readonly LiveCall[]): readonly LiveCall[] =>
  [...calls].sort((a, b) => rank[a.state] - rank[b.state] || a.at - b.at)

/** undefined: the branch has no experts. */
export const isAnyThere = (experts: readonly LiveExpert[]): boolean | undefined =>
  experts.length === 0
    ? undefined
    : experts.some(({ online, presence }) => online && presence === 'available')

const joinable: ReadonlySet<LiveCall['state']> = new Set(['accepted', 'in-call', 'resuming'])
export const mayJoin = ({ state }: Pick<LiveCall, 'state'>): boolean => joinable.has(state)

const withdrawable: ReadonlySet<LiveCall['state']> = new Set(['waiting', 'ringing'])
export const mayWithdraw = ({ state }: Pick<LiveCall, 'state'>): boolean => withdrawable.has(state)

const over: ReadonlySet<LiveCall['state']> = new Set(['wrap-up', 'ended'])
/** To another expert only while one is there; to people on the spot at any time. */
export const mayGiveOn = ({ state }: Pick<LiveCall, 'state'>): boolean => !over.has(state)

/** The tablet of whoever asked is the customer's side: where there is no kiosk. */
export const isOwnSide = ({ device, askedBy }: LiveCall, me: string): boolean =>
  device === null && askedBy === me

interface Saying {
  readonly now: number
  readonly expert: (id: string) => string
  readonly duration: (ms: number) => string
  readonly clock: (at: number) => string
}

interface Said {
  readonly pair: Pair
  readonly params: Params
}

const isOutcome = (name: string): name is keyof typeof callWords => Object.hasOwn(callWords, name)

const ended = ({ outcome, promisedAt }: LiveCall, { clock }: Saying): Said => {
  const name = outcome ?? 'withdrawn'
  const timed = `${name}By`
  if (promisedAt !== null && isOutcome(timed))
    return { pair: callWords[timed], params: { time: clock(promisedAt) } }
  return { pair: isOutcome(name) ? callWords[name] : { zh: name, en: name }, params: {} }
}

const withExpert = {
  accepted: 'accepted',
  'in-call': 'inCall',
  resuming: 'resuming',
  'wrap-up': 'wrapUp',
} as const

/** In one line. */
export const stateSaid = (call: LiveCall, saying: Saying): Said => {
  const { state, ring, at } = call
  if (state === 'ended') return ended(call, saying)
  if (state === 'waiting')
    return { pair: callWords.waiting, params: { time: saying.duration(saying.now - at) } }
  if (state === 'ringing') {
    const [only, ...others] = ring?.experts ?? []
    if (only === undefined || others.length > 0)
      return { pair: callWords.ringingAll, params: { n: ring?.experts.length ?? 0 } }
    return { pair: callWords.ringing, params: { expert: saying.expert(only) } }
  }
  return { pair: callWords[withExpert[state]], params: { expert: saying.expert(call.expert ?? '') } }
}
