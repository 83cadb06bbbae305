/** Parties of a call: real pages in a real browser, with a camera and a microphone that are none. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { Shown } from '#protocol/calls/signalling.ts'
import { openChromium } from '../../support/chromium.ts'

export const mediaWords = [
  '--use-fake-device-for-media-stream=fps=15',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  '--disable-gpu',
  '--mute-audio',
  // A machine with nothing but loopback can call itself too.
  '--allow-loopback-in-peer-connection',
]

export interface Report {
  readonly state: string
  readonly ways: readonly [string | undefined, string | undefined]
  readonly ufrag: string | undefined
  readonly lines: number
  readonly codec: string | undefined
  readonly fmtp: string | undefined
  readonly frames: number
  readonly width: number | undefined
  readonly heard: number
  readonly sentBytes: number
  readonly receivedBytes: number
  readonly encoder: string | undefined
}

export interface SeenParty {
  readonly id: string
  readonly title: Readonly<Record<string, string>>
  readonly shown: Shown
  readonly link: string
  readonly quality: string
  readonly tracks: number
}

export interface SeenView {
  readonly line: string
  readonly over: string | null
  readonly trouble: string | null
  readonly own: Shown
  readonly others: readonly SeenParty[]
}

export interface Party {
  readonly id: string
  readonly page: Page
  readonly context: BrowserContext
  /** @returns when it joined, in ms since 1970 by the machine's clock */
  join(ticket: string, wishes?: { readonly camera?: boolean; readonly microphone?: boolean }): Promise<number>
  view(): Promise<SeenView>
  reports(): Promise<readonly Report[]>
  /** By party, when its first picture was shown. */
  firsts(): Promise<Readonly<Record<string, number>>>
  do(words: string): Promise<unknown>
  close(): Promise<void>
}

const troublesOf = (page: Page) => {
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(String(error)))
  return troubles
}

export const openParty = async (browser: Browser, base: string, id: string): Promise<Party> =>
  partyIn(await browser.newContext({ permissions: ['camera', 'microphone'] }), base, id)

/** In a context that was made ready for it. */
export const partyIn = async (context: BrowserContext, base: string, id: string): Promise<Party> => {
  const page = await context.newPage()
  const troubles = troublesOf(page)
  await page.goto(base)
  return {
    id,
    page,
    context,
    join: (ticket, wishes = {}) =>
      page.evaluate(`join(${JSON.stringify(ticket)}, ${JSON.stringify(wishes)})`) as Promise<number>,
    view: () => page.evaluate('told()') as Promise<SeenView>,
    reports: () => page.evaluate('reports()') as Promise<readonly Report[]>,
    firsts: () => page.evaluate('firsts()') as Promise<Readonly<Record<string, number>>>,
    do: (words) => page.evaluate(words),
    close: async () => {
      await context.close()
      if (troubles.length > 0) throw new Error(`${id} had troubles:\n${troubles.join('\n')}`)
    },
  }
}

export const openMediaChromium = () => openChromium(mediaWords)

export const names = ['kiosk:k-1', 'manager:li-na', 'expert:wang'] as const

/** Pictures that each has decoded from each other, in one row. */
export const framesOf = async (parties: readonly Party[]): Promise<readonly number[]> =>
  (await Promise.all(parties.map((party) => party.reports()))).flatMap((all) =>
    all.map(({ frames }) => frames),
  )

/** Whether all hear and see all, and more than they did at `before`. */
export const isMoving = async (parties: readonly Party[], before: readonly number[] = []) => {
  const now = await framesOf(parties)
  const directions = parties.length * (parties.length - 1)
  return now.length === directions && now.every((frames, at) => frames > (before[at] ?? 0) + 5)
}
