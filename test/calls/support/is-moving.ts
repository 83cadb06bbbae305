import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { markPictures, moving } from './pictures-here.js'

/** So many videos of the page go on, and what else is seen on it stands still; `all`: nothing else is seen. */
export const isMoving = async (on: Page, count: number, { all = false } = {}): Promise<void> => {
  await on.evaluate(markPictures)
  await expect
    .poll(() => on.evaluate(moving), { timeout: 30_000 })
    .toMatchObject({ moving: count, ...(all ? { shown: count } : {}) })
}
