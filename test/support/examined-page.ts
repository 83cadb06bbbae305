/**
 * The built page of a device as the program that the examiner starts, stops and kills: Chromium with its profile in the
 * folder that a device may keep things in, served as the hub serves it, and told a door that leads to the examiner's broker.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { outDirectory } from '#apps/build/stamp.ts'
import { answerWith, createShell } from '#hub/desk/shell.ts'
import { openBridge } from '../adapters/browser/support/bridge.ts'
import { findPorts } from '../crash/free-ports.ts'
import { openKeptChromium } from './chromium.ts'

type App = 'screen' | 'kiosk'

/** The same in each life: what a page keeps belongs to its origin. */
const keptPort = async (state: string): Promise<number> => {
  const file = join(state, 'port')
  if (!existsSync(file)) writeFileSync(file, `${(await findPorts()).http}`)
  return Number(readFileSync(file, 'utf8'))
}

const answering = (app: App, door: object) => {
  const shell = createShell(outDirectory, app)
  return (request: IncomingMessage, response: ServerResponse) => {
    const path = new URL(request.url ?? '/', 'http://page').pathname
    if (path === '/api/door')
      return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(door))
    const file = path.startsWith(`/${app}`) ? shell.file(path.slice(`/${app}/`.length)) : undefined
    if (file === undefined) return response.writeHead(404).end()
    const { status, headers, body } = answerWith(file, request.headers, false)
    return response.writeHead(status, headers).end(body)
  }
}

/** The whole program, with what the examiner tells it in its environment. */
export const runExaminedPage = async (app: App): Promise<void> => {
  const { USHER_BROKER = '', USHER_BRANCH = '', USHER_DEVICE = '', USHER_STATE = '' } = process.env
  const asked = new Promise<void>((resolve) => process.once('SIGTERM', () => resolve()))
  const ws = await openBridge(USHER_BROKER)
  const door = { branch: USHER_BRANCH, title: {}, languages: ['zh', 'en'], ws, wss: null, byName: true }
  const answer = answering(app, door)
  const port = await keptPort(USHER_STATE)
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve)
  })
  const context = await openKeptChromium(join(USHER_STATE, 'profile'))
  const page = context.pages()[0] ?? (await context.newPage())
  page.on('console', (message) => process.stdout.write(`${message.text()}\n`))
  await page.goto(`http://127.0.0.1:${port}/${app}?device=${USHER_DEVICE}`)
  await asked
  await page.evaluate('usherStop()')
  await context.close()
  process.exit(0)
}
