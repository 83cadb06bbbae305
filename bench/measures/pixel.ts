/** The tablet as somebody feels it: how long from the journal to the eye, from a finger to an answer, and until it is there at all. */
import { loadavg } from 'node:os'
import type { BrowserContext, CDPSession, Page } from 'playwright-core'
import type { Command } from '#hub/engine/entry.ts'
import { type LobbyStage, openLobby } from '#test/support/lobby.ts'
import { quantile } from '../statistics.ts'

interface Reaction {
  readonly p50: number
  readonly p95: number
  readonly most: number
}

export interface PixelFigure {
  /** From the commit of an entry until its change is drawn. */
  readonly eventMs: { readonly p50: number; readonly p95: number; readonly count: number }
  /** With a processor four times slower: from the touch to the first change, and from letting go to the word of the command. */
  readonly touchMs: Reaction & { readonly count: number }
  readonly lifeMs: Reaction
  /** With nothing kept: over the network until the floor is drawn and live. */
  readonly load: { readonly kib: number; readonly usableMs: number; readonly mostMs: number }
  readonly machineLoad: number
}

export interface PixelPlan {
  readonly events: number
  readonly touches: number
  readonly loads: number
  say(text: string): void
}

const slowdown = 4

/**
 * In the page. What is drawn is on the screen when the first message after its picture is read. The clock of both sides is
 * that of the machine.
 */
const watching = `(() => {
  const afterPicture = (call) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => call(Date.now())
    port2.postMessage(0)
  })
  globalThis.watchFor = (element, holds, call) => {
    const observer = new MutationObserver((changes) => {
      if (!holds(changes)) return
      observer.disconnect()
      afterPicture(call)
    })
    observer.observe(element, { subtree: true, childList: true, attributes: true, characterData: true })
  }
})()`

/** @returns when the page has drawn what `act` brought about. */
const drawnAfter = async (page: Page, mark: string, act: () => Promise<number>) => {
  const drawn = page.evaluate(
    `new Promise((resolve) => {
      const mark = document.querySelector('${mark}')
      const before = mark.getAttribute('aria-label')
      watchFor(mark, () => mark.getAttribute('aria-label') !== before, resolve)
      globalThis.isWatching = true
    })`,
  ) as Promise<number>
  await page.waitForFunction('globalThis.isWatching === true')
  await page.evaluate('globalThis.isWatching = false')
  const at = await act()
  return (await drawn) - at
}

const measureEvents = async (stage: LobbyStage, page: Page, count: number) => {
  const hub = stage.hub()
  let committedAt = 0
  const callOff = hub.watch(() => {
    committedAt = Date.now()
  })
  const send = async (index: number) => {
    const command: Command =
      index % 2 === 0
        ? { name: 'device.hold', device: 'robot-1', by: 'manager-1', untilMs: null }
        : { name: 'device.release', device: 'robot-1', by: 'manager-1' }
    await hub.engine.submit({ body: { kind: 'command', command } })
    return committedAt
  }
  const times: number[] = []
  for (let index = 0; index < count; index += 1)
    times.push(await drawnAfter(page, '[data-device=robot-1]', () => send(index)))
  callOff()
  return times
}

const watchTouch = `new Promise((resolve) => {
  const times = {}
  const done = () => {
    if (times.change !== undefined && times.life !== undefined)
      resolve({ touch: times.change - times.down, life: times.life - times.up })
  }
  addEventListener('pointerdown', () => {
    times.down = Date.now()
    watchFor(document.body, () => true, (at) => { times.change = at; done() })
  }, { capture: true, once: true })
  addEventListener('pointerup', () => {
    times.up = Date.now()
    const life = document.querySelector('[role=dialog] output')
    const before = life?.textContent ?? ''
    const now = () => document.querySelector('[role=dialog] output')?.textContent ?? ''
    watchFor(document.body, () => now() !== before, (at) => { times.life = at; done() })
  }, { capture: true, once: true })
  globalThis.isWatching = true
})`

const measureTouches = async (page: Page, session: CDPSession, count: number) => {
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  const touches: { readonly touch: number; readonly life: number }[] = []
  for (let index = 0; index < count; index += 1) {
    const name = index % 2 === 0 ? 'Hold until released' : 'Release'
    const box = await page.getByRole('dialog').getByRole('button', { name, exact: true }).boundingBox()
    if (box === null) throw new Error(`${name} is not there`)
    const measured = page.evaluate(watchTouch) as Promise<(typeof touches)[number]>
    await page.waitForFunction('globalThis.isWatching === true')
    await page.evaluate('globalThis.isWatching = false')
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await page.mouse.down()
    await page.mouse.up()
    touches.push(await measured)
    await page.getByRole('dialog').getByText('Done', { exact: true }).waitFor()
  }
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  return touches
}

/** Nothing is kept of the one before. */
const measureLoad = async (stage: LobbyStage, signedIn: BrowserContext) => {
  const context = await stage.browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' })
  await context.addCookies(await signedIn.cookies())
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  let bytes = 0
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  const start = Date.now()
  await page.goto(`${stage.base}/lobby/floor`, { waitUntil: 'commit' })
  await page.locator('[data-device=robot-1]').waitFor()
  await page.getByText('Live', { exact: true }).waitFor()
  const figure = { kib: bytes / 1_024, usableMs: Date.now() - start }
  await context.close()
  return figure
}

const reaction = (times: readonly number[]): Reaction => ({
  p50: quantile(times, 0.5),
  p95: quantile(times, 0.95),
  most: Math.max(...times),
})

export const measurePixel = async ({ events, touches, loads, say }: PixelPlan): Promise<PixelFigure> => {
  const stage = await openLobby()
  try {
    const { page, context } = await stage.openPage({ path: '/floor' })
    await page.evaluate(watching)
    await page.locator('[data-device=robot-1]').waitFor()
    await measureEvents(stage, page, 20)
    const times = await measureEvents(stage, page, events)
    say(`event to pixel: p50 ${quantile(times, 0.5)} ms, p95 ${quantile(times, 0.95)} ms of ${times.length}`)
    await page.locator('[data-device=robot-1]').press('Enter')
    const touched = await measureTouches(page, await context.newCDPSession(page), touches)
    const [touch, life] = [touched.map((one) => one.touch), touched.map((one) => one.life)]
    say(
      `touch to change: p95 ${quantile(touch, 0.95)} ms; to the command's word: p95 ${quantile(life, 0.95)} ms`,
    )
    const found: Awaited<ReturnType<typeof measureLoad>>[] = []
    for (let index = 0; index < loads; index += 1) found.push(await measureLoad(stage, context))
    const usable = found.map(({ usableMs }) => usableMs)
    const load = {
      kib: Math.max(...found.map(({ kib }) => kib)),
      usableMs: quantile(usable, 0.5),
      mostMs: Math.max(...usable),
    }
    say(`first load: ${load.kib.toFixed(0)} KiB, usable after ${load.usableMs} ms, at most ${load.mostMs} ms`)
    return {
      eventMs: { p50: quantile(times, 0.5), p95: quantile(times, 0.95), count: times.length },
      touchMs: { ...reaction(touch), count: touch.length },
      lifeMs: reaction(life),
      load,
      machineLoad: loadavg()[0] ?? 0,
    }
  } finally {
    await stage.stop()
  }
}
