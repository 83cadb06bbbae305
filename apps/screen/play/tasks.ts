/** What the hub asks a screen to show in between, and what of it goes before what. */
import { DeviceBusy, DeviceFault } from '#adapters/sdk/browser.ts'
import type { PlayEnd, Playing } from '../keep/proof.ts'
import type { Scene } from '../show/scene.ts'
import type { Frame } from '../show/stage.ts'
import type { Look } from '../show/word-scenes.ts'
import type { Time } from '../time.ts'

/** The higher goes first, and replaces what is lower. */
const ranks: Readonly<Record<Look, number>> = {
  emergency: 9,
  'ticket-call': 8,
  diversion: 6,
  crowding: 6,
  announcement: 5,
  greeting: 4,
  plain: 3,
  promotion: 2,
}
/** What keeps order in the lobby is nothing that mandatory content is owed a share of. */
const owesNothing = 8

export const rankOf = (look: Look): number => ranks[look]
export const countsAsTime = (rank: number): boolean => rank < owesNothing

export interface Wish {
  readonly rank: number
  readonly scene: Scene
  readonly frame: Frame
  /** undefined: nothing of the library, and no proof of it. */
  readonly playing: Playing | undefined
  readonly showForMs: number
  readonly signal: AbortSignal
}

interface Running {
  readonly rank: number
  end(): void
}

export interface Interrupts {
  /** undefined: the loop plays. */
  rank(): number | undefined
  /** @throws DeviceBusy while something higher is shown */
  admit(rank: number): void
  /**
   * Shows it from now on, until its time is over, it is stopped, it fails, or something of at least its rank comes.
   *
   * @returns how long it was shown. @throws the reason of its signal, or DeviceFault where its video could not be played
   */
  run(wish: Wish): Promise<number>
}

export interface InterruptParts {
  readonly time: Time
  /** It is to be on the screen now. */
  readonly onBegin: (wish: Wish) => void
  /** Called also where the next one is there already. */
  readonly onEnd: (wish: Wish, shown: { readonly forMs: number; readonly ended: PlayEnd }) => void
  /** None is left. */
  readonly onIdle: () => void
}

export const createInterrupts = ({ time, onBegin, onEnd, onIdle }: InterruptParts): Interrupts => {
  let current: Running | undefined
  const admit = (rank: number) => {
    if (current !== undefined && current.rank > rank) throw new DeviceBusy('Something more urgent is shown.')
  }
  return {
    rank: () => current?.rank,
    admit,
    async run(wish) {
      const { rank, showForMs, signal } = wish
      signal.throwIfAborted()
      admit(rank)
      const before = current
      const began = time.elapsedMs()
      const over = new AbortController()
      const own: Running = { rank, end: () => over.abort() }
      current = own
      before?.end()
      onBegin(wish)
      const ended = await new Promise<PlayEnd>((resolve) => {
        const cancel = time.after(showForMs, () => resolve('finished'))
        const cut = (how: PlayEnd) => {
          cancel()
          resolve(how)
        }
        for (const one of [signal, over.signal])
          one.addEventListener('abort', () => cut('interrupted'), { once: true })
        // A video that is over sooner stands still on its last picture.
        void wish.scene.over?.then((how) => how === 'failed' && cut(how))
      })
      const forMs = time.elapsedMs() - began
      if (current === own) {
        current = undefined
        onIdle()
      }
      onEnd(wish, { forMs, ended })
      signal.throwIfAborted()
      if (ended === 'failed') throw new DeviceFault('Its video cannot be played.', { code: 'media-failed' })
      return forMs
    },
  }
}
