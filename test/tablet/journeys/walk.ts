/** Through all of it, page by page. */
import type { Page } from 'playwright-core'

/** Every page that stands in the rail, and one below. */
export const pathsIn = async (page: Page) => {
  const links = await page.getByRole('navigation').getByRole('link').all()
  const hrefs = await Promise.all(links.map((link) => link.getAttribute('href')))
  return [...hrefs.map((href) => href ?? ''), '/lobby/policies/diversion']
}

export const go = async (page: Page, path: string) => {
  await page.goto(path)
  await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor({ state: 'attached' })
  // What the page asks the hub for has come.
  await page.waitForLoadState('networkidle')
}
