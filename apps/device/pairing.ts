/** Six characters on a screen, until somebody at the desk says which device it is. */
import { z } from 'zod'
import type { PageKind } from '#protocol/desk/pairing-routes.ts'
import type { Ask } from './ask.ts'
import type { Kept } from './kept.ts'
import type { Patience } from './patience.ts'

/** Said yes to: what the page enrols with. */
export interface Admitted {
  readonly device: string
  readonly claim: string
  readonly secret: string
}

export interface PairingTools {
  readonly ask: Ask
  readonly kept: Kept
  /** Where the code is kept, so that a page that is loaded again shows the same one. */
  readonly key: string
  readonly kind: PageKind
  readonly patience: Patience
  readonly onCode: (code: string) => void
  readonly onNoHub: () => void
}

/** A person stands before it and types: soon enough to look quick, seldom enough for a hundred screens. */
export const followEveryMs = 1_500

const Ticket = z.object({ code: z.string(), secret: z.string() })
type Ticket = z.infer<typeof Ticket>

/** The one it has, or a new one. */
const ticketOf = async ({ ask, kept, key, kind, patience, onNoHub }: PairingTools): Promise<Ticket> => {
  const known = Ticket.safeParse(await kept.get(key))
  if (known.success) return known.data
  for (;;) {
    try {
      const { code, secret } = await ask('askPairing', { kind })
      await kept.put(key, { code, secret })
      return { code, secret }
    } catch {
      onNoHub()
      await patience.afterTrouble()
    }
  }
}

/** @returns undefined: the code is over. */
const follow = async (
  { ask, patience, onCode, onNoHub }: PairingTools,
  { code, secret }: Ticket,
): Promise<Admitted | undefined> => {
  for (;;) {
    try {
      const said = await ask('followPairing', { secret })
      if (said.state === 'over') return undefined
      if (said.state === 'admitted') return { device: said.device, claim: said.claim, secret }
      // Not before the hub said that it still knows it: nobody shall type a code that is good for nothing.
      onCode(code)
      patience.isWell()
      await patience.pause(followEveryMs)
    } catch {
      onNoHub()
      await patience.afterTrouble()
    }
  }
}

/** Shows codes, one after the other, until the page is let in. The code is kept until somebody forgets it. */
export const pair = async (tools: PairingTools): Promise<Admitted> => {
  for (;;) {
    const ticket = await ticketOf(tools)
    const admitted = await follow(tools, ticket)
    if (admitted !== undefined) return admitted
    await tools.kept.put(tools.key, undefined)
  }
}
