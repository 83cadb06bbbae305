/** A part of a page, put into a page of a test under a name of its own. */
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { rolldown } from 'rolldown'

const root = join(import.meta.dirname, '../../..')

export const addBundled = async (page: Page, source: string, name: string): Promise<void> => {
  const bundle = await rolldown({ input: join(root, source), cwd: root, logLevel: 'warn' })
  const { output } = await bundle.generate({ format: 'iife', name })
  await bundle.close()
  await page.addScriptTag({ content: output[0].code })
}
