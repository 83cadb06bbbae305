/**
 * A page as the program that the examiner starts, stops and kills: Chromium with the page in it, its profile in the folder
 * that a device may keep things in, and a bridge from its WebSocket to the examiner's broker, which speaks TCP alone.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findPorts } from '../../../crash/free-ports.ts'
import { openKeptChromium } from '../../../support/chromium.ts'
import { openBridge } from './bridge.ts'
import { openPageHost } from './page-host.ts'

const { USHER_BROKER = '', USHER_BRANCH = '', USHER_DEVICE = '', USHER_STATE = '' } = process.env
const greetMs = 1_500

/** The same in each life. */
const keptPort = async (): Promise<number> => {
  const file = join(USHER_STATE, 'port')
  if (!existsSync(file)) writeFileSync(file, `${(await findPorts()).http}`)
  return Number(readFileSync(file, 'utf8'))
}

const asked = new Promise<void>((resolve) => process.once('SIGTERM', () => resolve()))
const bridge = await openBridge(USHER_BROKER)
const settings = {
  broker: `ws://127.0.0.1:${bridge}/mqtt`,
  branch: USHER_BRANCH,
  device: USHER_DEVICE,
  claims: false,
  config: { greetMs },
}
const host = await openPageHost(USHER_STATE, settings, await keptPort())
const context = await openKeptChromium(join(USHER_STATE, 'profile'))
const page = context.pages()[0] ?? (await context.newPage())
page.on('console', (message) => process.stdout.write(`${message.text()}\n`))
await page.goto(host.origin)
await asked
await page.evaluate('stopped()')
await context.close()
process.exit(0)
