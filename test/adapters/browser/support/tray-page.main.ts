/** What the tests of the page's tray call in the page. */
import { openPageTray } from '#adapters/sdk/out-tray-page.ts'
import { createSystemClock } from '#adapters/sdk/system-clock.ts'
import { drive } from './drive.ts'

const clock = createSystemClock()
const openTray = (name: string) => openPageTray({ name, clock })

Object.assign(globalThis, {
  openTray,
  drive: (name: string, steps: Parameters<typeof drive>[1]) => drive(() => openTray(name), steps),
})
