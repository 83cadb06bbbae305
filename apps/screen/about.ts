/** How the branch is called, what time it is there and what is spoken: kept, for a start without the hub. */
import { z } from '#adapters/sdk/browser.ts'
import type { Health } from './health.ts'
import type { Box } from './keep/box.ts'
import { createWallClock, type WallClock } from './play/local-time.ts'
import type { About } from './show/live-scenes.ts'

export interface KeptAbout {
  now(): About
  clock(): WallClock
  learn(news: Partial<About>): void
}

const name = 'about'
const Kept = z.object({
  title: z.record(z.string(), z.string()),
  timeZone: z.string().optional(),
  languages: z.array(z.string()),
})
const nothing: About = { title: {}, timeZone: undefined, languages: ['zh', 'en'] }

const isZone = (timeZone: string) => {
  try {
    Intl.DateTimeFormat('en', { timeZone })
    return true
  } catch {
    return false
  }
}

export const openAbout = async (box: Box, health: Health): Promise<KeptAbout> => {
  const kept = Kept.safeParse(await box.get(name)).data
  let about: About = kept === undefined ? nothing : { ...nothing, ...kept, timeZone: kept.timeZone }
  let clock = createWallClock(about.timeZone)
  return {
    now: () => about,
    clock: () => clock,
    learn(news) {
      const next = { ...about, ...news }
      if (JSON.stringify(next) === JSON.stringify(about)) return
      if (next.timeZone !== about.timeZone) {
        clock = createWallClock(next.timeZone)
        health.set('unknown-time-zone', next.timeZone !== undefined && !isZone(next.timeZone))
      }
      about = next
      box.put(name, next).catch(() => {})
    },
  }
}
