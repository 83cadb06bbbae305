/** Joins what the hub says of the call, where the visitor stands in it, and the line of the call to each other. */
import type { DeviceConfig } from '#protocol/messages.ts'
import type { BrowseSide } from '../browse/side.ts'
import type { Speaking } from '../device/speaking.ts'
import { passOf } from '../journey/expert-call.ts'
import type { Put } from '../journey/runner.ts'
import type { Journey, World } from '../journey/state.ts'
import { type CallSide, createCallSide } from './call-side.ts'
import type { Cell } from './cell.ts'
import { type ExpertDeskSeen, readExpertDesk } from './expert-desk.ts'
import { keptCall } from './kept-call.ts'

export interface FollowParts {
  readonly journey: Cell<Journey>
  readonly desk: Cell<ExpertDeskSeen>
  readonly world: () => World
  readonly put: Put
  readonly tell: Speaking['tell']
  readonly browse: Pick<BrowseSide, 'onMedia' | 'onCall'>
}

const underWay: ReadonlySet<string> = new Set(['waiting', 'ringing', 'accepted', 'in-call', 'resuming'])

export interface Following {
  readonly side: CallSide
  readonly onConfig: (config: DeviceConfig) => void
}

export const followCall = ({ journey, desk, world, put, tell, browse }: FollowParts): Following => {
  let left = keptCall.read()
  const side = createCallSide({
    wanted: () => passOf(journey.get().person, world()),
    isGone: () => journey.get().person?.expert?.hasLeft !== false,
    onMedia: (media) => browse.onMedia(media),
    load: () => import('../../call/open-call.ts'),
  })
  journey.subscribe(() => {
    side.look()
    // Until the hub has said how the call stands, nobody knows whether they are still in it.
    if (left === undefined) keptCall.keep(journey.get().person, world())
  })

  const comeBack = () => {
    const { call } = desk.get()
    const kept = left
    left = undefined
    const isTheirs = call !== null && call.call !== kept?.before && underWay.has(call.state)
    if (kept !== undefined && isTheirs) return put({ type: 'back-in-call', ...kept })
    keptCall.keep(journey.get().person, world())
  }

  /** Of who went while the page was not there: an expert does not talk to an empty place. */
  const callOff = () => {
    const { call } = desk.get()
    if (call === null || !underWay.has(call.state) || journey.get().person !== null) return
    tell('help.withdrawn', { reason: 'expert' })
  }

  let isFirst = true
  return {
    side,
    onConfig(config) {
      const before = desk.get().call?.call
      desk.set(readExpertDesk(config.settings, desk.get()))
      browse.onCall(desk.get().call)
      if (isFirst) comeBack()
      if (isFirst || desk.get().call?.call !== before) callOff()
      isFirst = false
      put({ type: 'call-told' })
      side.look()
      keptCall.keep(journey.get().person, world())
    },
  }
}
