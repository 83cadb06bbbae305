/** How a page becomes a device of the branch, for every page that is one. */
import { type Adapter, type RunningAdapter, runInBrowser } from '#adapters/sdk/browser.ts'

/** What the page shows while it is not (or not yet) a device of the branch; it plays on meanwhile. */
export type Joining =
  | { readonly at: 'looking' }
  /** No hub answers; asked again and again. */
  | { readonly at: 'no-hub' }
  /** The hub lets no pages in. */
  | { readonly at: 'door-closed' }
  /** Somebody types these six characters at the desk. */
  | { readonly at: 'pairing'; readonly code: string }
  /** Another page of this browser is the device. */
  | { readonly at: 'elsewhere' }
  | { readonly at: 'joined'; readonly device: string; readonly branch: string }

export interface JoinParts {
  readonly kind: 'screen' | 'kiosk'
  readonly adapter: Adapter
  readonly onJoining: (joining: Joining) => void
}

/** Never rejects for want of a hub: it goes on asking. */
export const joinBranch = async ({ adapter, onJoining }: JoinParts): Promise<RunningAdapter> => {
  onJoining({ at: 'looking' })
  const { searchParams } = new URL(location.href)
  const device = searchParams.get('device') ?? 'screen-waiting-1'
  const branch = searchParams.get('branch') ?? 'demo'
  const broker = searchParams.get('broker') ?? `ws://${location.hostname}:8083/mqtt`
  const running = await runInBrowser(adapter, { broker, branch, device })
  onJoining({ at: 'joined', device, branch })
  return running
}
