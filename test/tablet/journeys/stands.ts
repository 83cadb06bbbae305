/** What a journey holds against each other: the journal, what the hub tells a page that is new, and what an open page has. */
import type { BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Hub } from '#hub/main.ts'
import { type LiveRows, liveTableNames } from '#protocol/desk/live/tables.ts'
import { connectPage, type TestPage } from '../../desk/live/support.ts'
import { pageCopyHere } from './page-copy.js'

interface Ordered {
  readonly name: string
  readonly by?: string
  readonly [field: string]: unknown
}

/** Every command that stands in the journal for this person, in order. */
export const doneBy = async (
  { branch, store, engine }: Pick<Hub, 'branch' | 'store' | 'engine'>,
  who: string,
) => {
  const done: Ordered[] = []
  const last = engine.position().seq
  for (let from = 1; from <= last; from += 500) {
    const entries = await store.entries(branch, { from, to: Math.min(last, from + 499), limit: 500 })
    for (const { kind, body } of entries) {
      if (kind !== 'command' || body === null) continue
      const { command } = (JSON.parse(body) as { body: { command: Ordered } }).body
      if (command.by === who && command.name !== 'desk.note') done.push(command)
    }
  }
  return done
}

/** A page without a browser: the same account, over the same line. */
export const followAs = async (port: number, context: BrowserContext): Promise<TestPage> => {
  const cookies = await context.cookies()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const page = connectPage(port, cookie)
  await page.until(({ have }) => have !== undefined)
  return page
}

const sorted = (rows: Readonly<Record<string, readonly { readonly id: string }[]>>) =>
  Object.fromEntries(
    Object.entries(rows).map(([name, list]) => [name, list.toSorted((a, b) => (a.id < b.id ? -1 : 1))]),
  )

/** What the page's own components are drawn from. */
export const copyIn = async (page: Page) => {
  const { rows } = (await page.evaluate(pageCopyHere, liveTableNames)) as { rows: LiveRows }
  return sorted(rows)
}

const toldAnew = async (port: number, context: BrowserContext) => {
  const page = await followAs(port, context)
  const { rows } = page.last('snapshot') as { rows: LiveRows }
  page.leave()
  return sorted(rows)
}

/** What an open page has come to hold, delta by delta, is what the hub tells one that comes new. */
export const expectAgreement = async (page: Page, port: number): Promise<void> => {
  await expect
    .poll(
      async () => {
        const [mine, hubs] = [await copyIn(page), await toldAnew(port, page.context())]
        return Object.keys(hubs).filter((name) => JSON.stringify(mine[name]) !== JSON.stringify(hubs[name]))
      },
      { timeout: 15_000 },
    )
    .toEqual([])
}
