/** Nobody is shut out of a kiosk: WCAG 2.2 AA as axe sees it, contrast of 7:1 throughout, large targets and texts. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { smallHere } from './small-here.js'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[]
}

const run = `axe.run({
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  rules: { 'color-contrast-enhanced': { enabled: true } },
  resultTypes: ['violations'],
}).then(({ violations }) => violations)`

export const expectOpenToAll = async (page: Page, where: string): Promise<void> => {
  await page.evaluate(axe)
  const violations = (await page.evaluate(run)) as readonly Violation[]
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  )
  expect(found, where).toEqual([])
  expect(await page.evaluate(smallHere), where).toEqual([])
}
