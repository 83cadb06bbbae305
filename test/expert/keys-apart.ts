/** What the sheet of keys lists at this moment: each key once. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** With the focus on no field. @returns the keys */
export const expectKeysApart = async (page: Page): Promise<readonly string[]> => {
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog')
  await sheet.locator('dd').first().waitFor()
  const [, ...keys] = await sheet.locator('dd').allTextContents()
  await page.keyboard.press('Escape')
  await sheet.waitFor({ state: 'detached' })
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([])
  return keys
}
