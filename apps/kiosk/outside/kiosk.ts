/** Everything of this kiosk in one place, put together once when the page starts. */
import type { DeviceHandle, RunningAdapter } from '#adapters/sdk/browser.ts'
import type { DeviceConfig } from '#protocol/messages.ts'
import { type Joining, joinBranch } from '../../device/join.ts'
import { type BrowseSide, createBrowseSide } from '../browse/side.ts'
import { createKioskAdapter } from '../device/adapter.ts'
import { createShowing, type Showing } from '../device/showing.ts'
import { createSpeaking, type Speaking } from '../device/speaking.ts'
import { createRunner, type Put } from '../journey/runner.ts'
import { type Journey, nobody, type World } from '../journey/state.ts'
import { languagesOf } from '../words/say.ts'
import { type BoardSeen, followBoard } from './board.ts'
import type { CallSide } from './call-side.ts'
import { carriers, carryOutWithinMs, createCarryOut } from './carry-out.ts'
import { type Cell, createCell } from './cell.ts'
import { type Clock, pageClock } from './clock.ts'
import { type ExpertDeskSeen, noDesk } from './expert-desk.ts'
import { followCall } from './follow-call.ts'
import { kept, type Tries } from './kept.ts'
import { createSaleSide, type SaleSide } from './sale-side.ts'
import { type OwnSettings, readSettings } from './settings.ts'
import { dayIn, nextTicket } from './ticket-book.ts'

export const version = '1.0.0'

export interface Kiosk {
  readonly journey: Cell<Journey>
  readonly put: Put
  readonly own: Cell<OwnSettings>
  readonly config: Cell<DeviceConfig | null>
  readonly board: Cell<BoardSeen>
  readonly desk: Cell<ExpertDeskSeen>
  readonly call: CallSide
  readonly browse: BrowseSide
  readonly sale: SaleSide
  readonly joining: Cell<Joining>
  readonly showing: Showing
  readonly interest: Cell<boolean>
  /** Each second. */
  readonly now: Cell<number>
  readonly wall: Clock['wall']
  /** Of the PIN for staff. */
  readonly tries: Cell<Tries>
  /** A slip for trying the printer is on the page. */
  readonly isTestSlip: Cell<boolean>
  /** What the hub does not have yet. */
  readonly unsent: Cell<number>
  readonly world: () => World
}

const wipePage = () => {
  window.getSelection()?.removeAllRanges()
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
}

const timeZoneOf = ({ board }: BoardSeen) =>
  board?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone

/** As long as the hub makes no new call of it. */
const toldAgainMs = 60_000

interface Known {
  readonly own: OwnSettings
  readonly board: BoardSeen
  readonly desk: ExpertDeskSeen
}

const worldOf = ({
  own: { forms, settings },
  board: { board, isFresh, isAnswering },
  desk,
}: Known): World => ({
  forms,
  canIssue: settings.tickets,
  // As soon as the hub does not answer: an expert who was free then need not be now.
  canCallExpert: settings.expert && isAnswering && desk.isOpen === true,
  hasExperts: settings.expert && desk.isOpen !== null,
  call: desk.call,
  isToldAgain: desk.call?.outcome === 'unanswered' && Date.now() - desk.call.since < toldAgainMs,
  announcedWaitMs: (id) =>
    isFresh ? (board?.services.find((service) => service.id === id)?.announcedWaitMs ?? null) : null,
  ...settings.idle,
})

/** The page ended in the middle of it: nobody is there any more. */
const tellAbandoned = ({ tell }: Pick<Speaking, 'tell'>) => {
  if (!kept.hasSession()) return
  tell('kiosk.session', { state: 'abandoned', reason: 'reloaded' })
  kept.keepSession(false)
}

/** Starts everything but the line to the hub. */
export const openKiosk = () => {
  const clock = pageClock()
  const own = createCell(readSettings(kept.settings()))
  const board = followBoard(clock)
  const speaking = createSpeaking()
  const desk = createCell(noDesk)
  const world = () => worldOf({ own: own.get(), board: board.get(), desk: desk.get() })
  const runner = createRunner(
    {
      clock,
      world,
      tell: speaking.tell,
      issue: () =>
        nextTicket(own.get().settings.ticketPrefix ?? '', dayIn(Date.now(), timeZoneOf(board.get()))),
      print: () => window.print(),
      carryOut: createCarryOut(carriers, carryOutWithinMs),
      wipe: wipePage,
      keepSession: kept.keepSession,
    },
    { ...nobody, isClosed: kept.isClosed() },
  )
  tellAbandoned(speaking)
  const browse = createBrowseSide({
    ...runner,
    page: document,
    load: () => import('../../browse/stream.ts'),
    newRun: () => crypto.randomUUID(),
    later: (callback, afterMs) => {
      const timer = setTimeout(callback, afterMs)
      return () => clearTimeout(timer)
    },
  })
  const following = followCall({ ...runner, desk, world, tell: speaking.tell, browse })
  const now = createCell(clock.now())
  const tries = createCell(kept.tries())
  tries.subscribe(() => kept.keepTries(tries.get()))
  clock.every(1_000, () => now.set(clock.now()))
  const kiosk: Kiosk = {
    ...runner,
    own,
    board,
    desk,
    call: following.side,
    browse,
    sale: createSaleSide({ ...speaking, load: () => import('../../call/open-call.ts') }),
    world,
    now,
    wall: clock.wall,
    tries,
    config: createCell<DeviceConfig | null>(null),
    joining: createCell<Joining>({ at: 'looking' }),
    showing: createShowing(),
    interest: createCell(false),
    isTestSlip: createCell(false),
    unsent: createCell(0),
  }
  return { kiosk, clock, speaking, following }
}

/** Degraded, nobody is invited to it; a service of several that does not fit is no reason for that. */
const healthOf = ({ isReadable, troubles }: OwnSettings, desk: ExpertDeskSeen, { isClosed }: Journey) => ({
  level: isClosed || !isReadable ? ('degraded' as const) : ('ok' as const),
  reasons: [
    ...(isClosed ? ['out-of-service'] : []),
    ...[...troubles, ...desk.troubles].map((text) => text.slice(0, 120)),
  ].slice(0, 16),
})

/** Makes the page a device. It works before, and goes on without. */
export const joinKiosk = async ({ kiosk, clock, speaking, following }: ReturnType<typeof openKiosk>) => {
  const { put, journey, own, unsent } = kiosk
  let running: RunningAdapter | undefined
  const count = () => {
    unsent.set(speaking.waiting() + (running?.unacknowledged() ?? 0))
    const help = journey.get().person?.help
    if (help !== null && help !== undefined && !help.isTold && running !== undefined && unsent.get() === 0)
      put({ type: 'help-told' })
  }
  clock.every(500, count)
  let hand: DeviceHandle | undefined
  const tellHealth = () => void hand?.state({ health: healthOf(own.get(), kiosk.desk.get(), journey.get()) })
  journey.subscribe(tellHealth)
  const obeyMode = ({ mode }: DeviceConfig) => {
    const isOn = mode === 'emergency'
    if (isOn === journey.get().isEmergency) return
    put({ type: 'emergency', isOn })
    if (!isOn) kiosk.showing.calm()
  }
  const adapter = createKioskAdapter({
    ...kiosk,
    version,
    languages: () => languagesOf(own.get().settings).map(({ tag }) => tag),
    onDevice(device) {
      hand = device
      speaking.through(device)
      tellHealth()
    },
    onConfig(config) {
      kiosk.config.set(config)
      const told = config.settings['kiosk']
      kept.keepSettings(told)
      own.set(readSettings(told))
      following.onConfig(config)
      kiosk.sale.onConfig(config)
      tellHealth()
      obeyMode(config)
    },
  })
  running = await joinBranch({ kind: 'kiosk', adapter, onJoining: kiosk.joining.set })
  return running
}
