/** What a screen consists of, put together. It plays before it knows whether there is a hub. */
import type { RunningAdapter } from '#adapters/sdk/browser.ts'
import type { DeviceConfig } from '#protocol/messages.ts'
import { type Joining, joinBranch } from '../device/join.ts'
import type { WorkerLink } from '../shell/worker-link.ts'
import { type KeptAbout, openAbout } from './about.ts'
import { type BoardWatch, watchBoard } from './board.ts'
import { type DeviceParts, screenAdapter } from './device.ts'
import { createHealth, type Health } from './health.ts'
import { type Box, openBox, openFleetingBox } from './keep/box.ts'
import { openProgrammeKeeper, type ProgrammeKeeper } from './keep/programme-keeper.ts'
import { openProof, type Proof } from './keep/proof.ts'
import { emptyShelf, openShelf, type Shelf } from './keep/shelf.ts'
import { openVolume, type Volume } from './keep/volume.ts'
import { createPlayer, historyName, type Player } from './play/player.ts'
import { readHistory } from './play/read-history.ts'
import { createSceneMaker, type SceneMaker } from './scene-maker.ts'
import { createOverlay, type Notice, type Overlay } from './show/overlay.ts'
import { takeScreenshot } from './show/screenshot.ts'
import { createStage, type Stage } from './show/stage.ts'
import { showTheme } from './show/theme.ts'
import { setLoudness } from './show/video-scene.ts'
import { pageTime, pause, repeat, type Time } from './time.ts'
import { startWatchdog } from './watchdog.ts'
import { words } from './words.ts'

/** As often as a kill may cost of the time that was shown. */
const beatEveryMs = 5_000
const deliverEveryMs = 5_000
/** The report must be gone before the page is. */
const reloadAfterMs = 1_500
const renewWithinMs = 10_000

const complain = (text: string, error: unknown) => {
  // oxlint-disable-next-line no-console -- a page has no other place to write to
  console.warn(`usher-screen: ${text}`, error)
}

const randomName = () => crypto.randomUUID()

interface Kept {
  readonly box: Box
  readonly proof: Proof
  readonly shelf: Shelf
  readonly about: KeptAbout
  readonly volume: Volume
}

const openKept = async (time: Time, health: Health): Promise<Kept> => {
  const without = (error: unknown) => {
    complain('the browser keeps nothing', error)
    health.set('not-kept', true)
  }
  const box = await openBox().catch((error: unknown) => {
    without(error)
    return openFleetingBox()
  })
  const shelf = await openShelf().catch((error: unknown) => {
    without(error)
    return emptyShelf
  })
  navigator.storage?.persist?.().catch(() => {})
  return {
    box,
    shelf,
    proof: await openProof({
      box,
      time,
      chance: randomName,
      onFull: () => health.set('proofs-dropped', true),
    }),
    about: await openAbout(box, health),
    volume: await openVolume(box, (level) => {
      for (const video of document.querySelectorAll('video')) setLoudness(video, level)
    }),
  }
}

interface Running extends Kept {
  readonly time: Time
  readonly health: Health
  readonly stage: Stage
  readonly overlay: Overlay
  readonly board: BoardWatch
  readonly scenes: SceneMaker
  readonly keeper: ProgrammeKeeper
  readonly player: Player
}

const startPlaying = async (place: HTMLElement): Promise<Running> => {
  const [time, health] = [pageTime(), createHealth()]
  const kept = await openKept(time, health)
  const { box, shelf, about, proof } = kept
  const board = watchBoard(time, ({ title, timeZone, languages }) =>
    about.learn({ title, timeZone, languages }),
  )
  const live = { about: about.now, board, clock: about.clock, time }
  const scenes = createSceneMaker({ shelf, live, volume: kept.volume.level })
  const [stage, overlay] = [createStage(), createOverlay()]
  place.replaceChildren(stage.element, overlay.element)
  let player: Player | undefined
  const keeper = await openProgrammeKeeper({
    box,
    shelf,
    time,
    health,
    chance: Math.random,
    onChange: () => player?.changed(),
  })
  player = createPlayer({
    time,
    stage,
    proof,
    health,
    box,
    history: readHistory(await box.get(historyName)),
    programme: keeper.current,
    isReady: (entry) => keeper.isReady(entry),
    clock: about.clock,
    prepare: (entry) => scenes.ofEntry(entry),
    defaultScene: () => scenes.ofNothing(),
    complain,
  })
  player.start()
  repeat(time, beatEveryMs, () => proof.beat().catch(() => {}))
  repeat(time, deliverEveryMs, () =>
    proof.deliver().catch((error: unknown) => complain('no delivery', error)),
  )
  return { ...kept, time, health, stage, overlay, board, scenes, keeper, player }
}

/** What a customer may see of how the screen stands: nothing, once it belongs to the branch. */
const noticeOf = (joining: Joining, isKnown: boolean): Notice => {
  if (joining.at === 'pairing') return { at: 'code', code: joining.code }
  if (joining.at === 'elsewhere') return { at: 'line', pair: words.elsewhere }
  if (joining.at === 'no-hub' && !isKnown) return { at: 'line', pair: words.noHub }
  return joining.at === 'door-closed' && !isKnown ? { at: 'line', pair: words.doorClosed } : undefined
}

const reloadingOf = (time: Time, page: WorkerLink) => () =>
  void Promise.race([page.fetchNewer(), pause(time, renewWithinMs)]).finally(() => window.location.reload())

/** @param page its worker, for newer builds */
export const startScreen = async (place: HTMLElement, page: WorkerLink): Promise<void> => {
  showTheme('auto')
  const running = await startPlaying(place)
  const { time, player, overlay, about, keeper, proof, scenes, volume, stage } = running
  let mode: DeviceConfig['mode'] | undefined
  let device: string | undefined
  let adapter: RunningAdapter | undefined
  const reload = reloadingOf(time, page)
  startWatchdog({
    time,
    clock: about.clock,
    mode: () => mode,
    idleForMs: () => player.idleForMs(),
    isInterrupted: () => player.interrupts.rank() !== undefined,
    reload,
  })
  const parts: DeviceParts = {
    player,
    health: running.health,
    languages: () => [...new Set([...about.now().languages, 'zh', 'en'])],
    sceneOf: (content) => scenes.ofContent(content),
    isMandatory: (item) =>
      keeper.current()?.entries.some((one) => one.item === item && one.mandatory) === true,
    screenshot: async () => takeScreenshot(stage.element),
    identify: (forMs) => overlay.identify(device, forMs),
    /** What the hub asked to be shown is seen to its end. */
    async reload(isNeeded) {
      if (!isNeeded && !(await page.fetchNewer())) return false
      const whenFree = () => (player.interrupts.rank() === undefined ? reload() : later())
      const later = (): unknown => time.after(reloadAfterMs, whenFree)
      later()
      return true
    },
    volume,
    onHandle: (own) => {
      // Each time that the page becomes a device: what an earlier line had taken is told again on this one.
      proof.handTo({
        tell: (played) => own.emit('content.played', played),
        unacknowledged: () => adapter?.unacknowledged() ?? Number.POSITIVE_INFINITY,
      })
    },
    onProgramme: (programme) => {
      about.learn({ timeZone: programme.timeZone, languages: programme.languages })
      keeper.take(programme)
    },
    onVolume: (percent) => volume.settle(percent),
    onTheme: showTheme,
    onMode: (now) => {
      mode = now
    },
  }
  adapter = await joinBranch({
    kind: 'screen',
    adapter: screenAdapter(parts),
    // Numbered and told again by the screen's own proof.
    keepsItself: ['content.played'],
    onJoining: (joining) => {
      overlay.tell(noticeOf(joining, keeper.current() !== undefined))
      if (joining.at === 'joined') device = joining.device
    },
  })
  // For whoever switches the screen off: it says goodbye.
  Object.assign(window, { usherStop: () => adapter?.stop() })
}
