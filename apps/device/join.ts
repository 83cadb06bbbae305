/** How a page becomes a device of the branch, for every page that is one. */
import { type Adapter, type PageOptions, type RunningAdapter, runInBrowser } from '#adapters/sdk/browser.ts'
import type { PageKind } from '#protocol/desk/pairing-routes.ts'
import { ask, brokerOf } from './ask.ts'
import { Joiner, type Joining } from './joining.ts'
import { openKept } from './kept.ts'
import { ownTurn } from './own-turn.ts'
import { createPatience } from './patience.ts'

export type { Joining } from './joining.ts'

export interface JoinParts {
  readonly kind: PageKind
  readonly adapter: Adapter
  readonly onJoining: (joining: Joining) => void
  /** What the page keeps until the hub has it, so that it waits nowhere else. */
  readonly keepsItself?: PageOptions['keepsItself']
}

/** Resolves when the page is a device for the first time; never rejects for want of a hub: it goes on asking. */
export const joinBranch = async ({
  kind,
  adapter,
  onJoining,
  keepsItself = [],
}: JoinParts): Promise<RunningAdapter> => {
  onJoining({ at: 'looking' })
  const named = new URL(location.href).searchParams.get('device') ?? undefined
  await ownTurn(`usher/page/${kind}/${named ?? ''}`, () => onJoining({ at: 'elsewhere' }))
  return await new Joiner({
    kind,
    adapter,
    onJoining,
    named,
    ask,
    kept: openKept(),
    patience: createPatience({
      after: (ms, call) => void setTimeout(call, ms),
      chance: Math.random,
    }),
    brokerOf: (door) => brokerOf(door, location),
    run: (device, options) => runInBrowser(device, { ...options, keepsItself }),
    // oxlint-disable-next-line no-console -- a page has no other place to write to
    complain: (msg) => console.warn(JSON.stringify({ level: 'warn', msg })),
  }).join()
}
