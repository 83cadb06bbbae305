/** Nobody is shut out: every page and the dialogs that everybody needs, in both languages, light and dark, by finger and by keyboard. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LobbyStage, openLobby } from '../../support/lobby.ts'
import { expectOpenToAll } from '../open-to-all.ts'
import { smallMarksHere } from './small-marks.js'
import { go, pathsIn } from './walk.ts'

const tongues = ['zh', 'en'] as const

let stage: LobbyStage

beforeAll(async () => {
  stage = await openLobby({ isPeopled: true })
})
afterAll(() => stage?.stop())

const expectOpen = async (page: Page, where: string) => {
  await expectOpenToAll(page, where)
  expect(await page.evaluate(smallMarksHere), where).toEqual([])
}

/** What is opened from everywhere, and how. */
const dialogs = {
  settings: (page: Page) => page.getByRole('button', { name: /^(Settings|设置)$/ }),
  automation: (page: Page) => page.getByRole('button', { name: /Automation|自动调度/ }),
  act: (page: Page) => page.getByRole('button', { name: /^(Act|发起)$/ }),
  expert: (page: Page) => page.getByRole('button', { name: /^(Call an expert|呼叫专家)/ }),
} as const

describe.each(tongues)('light and dark, %s', (tongue) => {
  test('every page', async () => {
    const { page, close } = await stage.openPage({ tongue, size: tongue === 'zh' ? 'portrait' : 'landscape' })
    const paths = await pathsIn(page)
    expect(paths.length).toBeGreaterThan(8)
    for (const path of paths) {
      await go(page, path)
      await expectOpen(page, path)
    }
    await close()
  })

  test('dialogs and sheets', async () => {
    const { page, close } = await stage.openPage({ tongue, size: 'small', path: '/work' })
    for (const [name, button] of Object.entries(dialogs)) {
      await button(page).first().click()
      const dialog = page.getByRole('dialog')
      await dialog.waitFor()
      await expectOpen(page, name)
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
    }
    for (const path of ['/floor?device=robot-1', '/floor?zone=waiting']) {
      await page.goto(`/lobby${path}`)
      await page.getByRole('dialog').getByRole('heading').first().waitFor()
      await expectOpen(page, path)
    }
    await close()
  })

  test('the beginning of a shift', async () => {
    const { page, close } = await stage.openPage({ tongue, shift: true, size: 'portrait' })
    await page.getByRole('dialog').waitFor()
    await expectOpen(page, 'shift')
    await close()
  })
})

/** What has the focus now: its own words. */
const focused = (page: Page) =>
  page.evaluate(
    '(document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? "").trim()',
  ) as Promise<string>

/** Moves on until something of these words has the focus. */
const tabTo = async (page: Page, words: string) => {
  for (let steps = 0; steps < 60; steps += 1) {
    if ((await focused(page)) === words) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${words} is not reached by Tab`)
}

describe('without a pointer', () => {
  test('every page is reached from the rail, in its order, and the focus is seen', async () => {
    const { page, close } = await stage.openPage()
    const links = await page.getByRole('navigation').getByRole('link').allInnerTexts()
    expect(links.length).toBeGreaterThanOrEqual(8)
    await page.keyboard.press('Tab')
    // The rail comes first, so that no page has to be gone through to leave it.
    expect(await focused(page)).toBe(links[0])
    for (const [index, name] of links.entries()) {
      if (index > 0) await page.keyboard.press('Tab')
      expect(await focused(page)).toBe(name)
      expect(
        await page.evaluate('getComputedStyle(document.activeElement).outlineStyle !== "none"'),
        name,
      ).toBe(true)
      await page.keyboard.press('Enter')
      await page.getByRole('navigation').locator('[aria-current=page]', { hasText: name }).waitFor()
      await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor({ state: 'attached' })
    }
    await close()
  })

  test('a dialog takes the focus, keeps it, and gives it back', async () => {
    const { page, close } = await stage.openPage({ path: '/work' })
    await tabTo(page, 'Settings')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    for (let steps = 0; steps < 15; steps += 1) {
      await page.keyboard.press('Tab')
      expect(await page.evaluate('document.activeElement?.closest("[role=dialog]") !== null')).toBe(true)
    }
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(() => focused(page)).toBe('Settings')
    // Also in the moment in which what had it is gone, and nothing has it yet.
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.evaluate('document.activeElement.blur()')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await close()
  })

  test('a device on the plan is opened, and all movement is stopped by holding a key', async () => {
    const { page, close } = await stage.openPage()
    await page.locator('[data-device=robot-1]').press('Enter')
    const sheet = page.getByRole('dialog', { name: 'Welcome robot' })
    await sheet.waitFor()
    // The button that has the focus becomes another one: the keys go on working.
    await sheet.getByRole('button', { name: 'Hold for 15 min' }).press('Enter')
    await sheet.getByRole('button', { name: 'Release', exact: true }).press('Enter')
    await sheet.getByRole('button', { name: 'Hold for 15 min' }).waitFor()
    await expect
      .poll(() => page.evaluate('document.activeElement?.closest("[role=dialog]") !== null'))
      .toBe(true)
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
    await tabTo(page, 'Stop all')
    await page.keyboard.down('Space')
    await page.getByText('All movement is stopped').waitFor()
    await page.keyboard.up('Space')
    await tabTo(page, 'Allow movement')
    await page.keyboard.press('Enter')
    await page.getByText('All movement is stopped').waitFor({ state: 'detached' })
    await close()
  })
})
