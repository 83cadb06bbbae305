/** Nobody is shut out of a page as it is now: in light and in dark, and by no target that a finger misses. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { accessibilityOf, smallTargets } from '../support/lobby.ts'

export const expectOpenToAll = async (page: Page, where = ''): Promise<void> => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.locator(`html[data-theme=${colorScheme}]`).waitFor()
    expect(await accessibilityOf(page), `${where} ${colorScheme}`).toEqual([])
  }
  expect(await smallTargets(page), where).toEqual([])
}
