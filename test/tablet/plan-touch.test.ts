/** The plan under a finger: chosen, dragged as a whole and by a corner, and traced from a picture that stays in the page. */
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LobbyPage, type LobbyStage, openLobby } from '../support/lobby.ts'

let stage: LobbyStage

beforeAll(async () => {
  stage = await openLobby()
})
afterAll(() => stage?.stop())

interface Spot {
  readonly x: number
  readonly y: number
}

const finger = async ({ page, context }: LobbyPage) => {
  const cdp = await context.newCDPSession(page)
  await cdp.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 2 })
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: Spot[]) =>
    cdp.send('Input.dispatchTouchEvent', { type, touchPoints })
  return {
    tap: async (at: Spot) => {
      await send('touchStart', [at])
      await send('touchEnd', [])
    },
    drag: async (from: Spot, by: Spot) => {
      await send('touchStart', [from])
      for (let step = 1; step <= 8; step++)
        await send('touchMove', [{ x: from.x + (by.x * step) / 8, y: from.y + (by.y * step) / 8 }])
      await send('touchEnd', [])
    },
  }
}

const middleOf = async (of: Locator): Promise<Spot> => {
  const { x, y, width, height } = (await of.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  return { x: x + width / 2, y: y + height / 2 }
}

/** A page that was swept goes on for a while: until it stands where it stood a moment ago. */
const restsAfter = async (look: () => Promise<unknown>) => {
  let last: unknown
  await expect
    .poll(
      async () => {
        const before = last
        last = JSON.stringify(await look())
        return before === last
      },
      { interval: 150 },
    )
    .toBe(true)
}

test('a finger chooses a zone, then drags it, then one of its corners; the page does not scroll away under it', async () => {
  const lobby = await stage.openPage({ path: '/plan' })
  const { page, close } = lobby
  const hand = await finger(lobby)
  const svg = page.getByRole('group', { name: 'Plan, grid of 0.5 m' })
  const waiting = page.locator('[data-zone-key=waiting]')
  const drawn = () => waiting.getAttribute('d')
  const scrolled = () => svg.evaluate(({ parentElement: around }) => [around?.scrollLeft, around?.scrollTop])
  await page.getByRole('button', { name: 'Nearer' }).click()
  const k = ((await svg.boundingBox())?.width ?? 0) / 20
  const start = await drawn()
  expect(start).toBe('M4 3L12 3L12 11L4 11Z')

  // What was not chosen yet does not come along: the finger moves the page.
  const still = await scrolled()
  await hand.drag(await middleOf(waiting), { x: -3 * k, y: -2 * k })
  await expect.poll(scrolled).not.toEqual(still)
  await restsAfter(scrolled)
  expect(await drawn()).toBe(start)
  await hand.tap(await middleOf(waiting))
  await expect.poll(() => waiting.getAttribute('aria-pressed')).toBe('true')

  const before = await scrolled()
  await hand.drag(await middleOf(waiting), { x: 2 * k, y: -1.5 * k })
  await expect.poll(drawn).toBe('M6 1.5L14 1.5L14 9.5L6 9.5Z')
  expect(await scrolled()).toEqual(before)
  const corner = page.getByRole('button', { name: 'corner 1 of 4' })
  await hand.drag(await middleOf(corner), { x: 1 * k, y: -0.5 * k })
  await expect.poll(drawn).toBe('M7 1L14 1.5L14 9.5L6 9.5Z')
  expect(await scrolled()).toEqual(before)

  // A place as well, and each of the three is one step back.
  const spot = page.locator('[data-place-key=hall-spot]')
  expect(await spot.getAttribute('aria-label')).toBe('hall-spot, 10, 6.5 m')
  await hand.drag(await middleOf(spot), { x: 0.5 * k, y: 0.5 * k })
  await expect.poll(() => spot.getAttribute('aria-label')).toBe('hall-spot, 10.5, 7 m')
  for (let step = 0; step < 3; step++) await page.getByRole('button', { name: 'Undo' }).click()
  expect(await drawn()).toBe(start)
  expect(await page.getByRole('region', { name: 'What will change' }).count()).toBe(0)
  await close()
})

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="400"><rect width="800" height="400"/></svg>`

test('a picture is laid below the plan, moved, exchanged and taken away; it is never sent, and gone with the page', async () => {
  const { page, close } = await stage.openPage({ path: '/plan' })
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() !== 'GET') sent.push(request.url())
  })
  const sheet = page.getByRole('dialog', { name: 'Trace a drawing' })
  const choose = (name: string, mimeType: string, buffer: Buffer) =>
    sheet.locator('input[type=file]').setInputFiles({ name, mimeType, buffer })
  const picture = page.locator('svg image')
  const at = async () => {
    const values = ['x', 'y', 'width', 'height'].map((name) => picture.getAttribute(name))
    return (await Promise.all(values)).map(Number)
  }
  await page.getByRole('button', { name: 'Drawing' }).click()
  await choose('letter.txt', 'text/plain', Buffer.from('Dear branch'))
  await sheet.getByText('“letter.txt” is no picture that this tablet can show').waitFor()
  expect(await picture.count()).toBe(0)
  await choose('hall.svg', 'image/svg+xml', Buffer.from(drawing))
  await picture.waitFor()
  expect(await sheet.getByText('is no picture').count()).toBe(0)
  expect(await at()).toEqual([0, 0, 16, 8])
  for (const [name, value] of [
    ['Its left edge', '-1'],
    ['Its top edge', '0.5'],
    ['Width of the picture', '20'],
  ] as const) {
    await sheet.getByRole('textbox', { name }).fill(value)
    await page.keyboard.press('Enter')
  }
  await expect.poll(at).toEqual([-1, 0.5, 20, 10])
  // A photograph of the same: a screenshot is a PNG that is certainly one.
  const photo = await page.screenshot()
  await choose('hall.png', 'image/png', photo)
  await expect.poll(at).toEqual([-1, 0.5, 20, 12.5])
  await sheet.getByRole('button', { name: 'Take it away' }).click()
  await picture.waitFor({ state: 'detached' })
  await choose('hall.png', 'image/png', photo)
  await picture.waitFor()
  await page.reload()
  await page.locator('[data-zone-key=waiting]').waitFor()
  expect(await picture.count()).toBe(0)
  expect(sent).toEqual([])
  await close()
})
