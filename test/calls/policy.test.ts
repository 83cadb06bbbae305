/**
 * A managed browser, as a kiosk has it, by the file that the operator's page shows: no prompt, no switch that answers one,
 * no permission given by the test. The browser has an /etc/chromium of its own, which nothing else on the machine sees.
 */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LineProcess } from './support/line-process.ts'

const shown = join(import.meta.dirname, '../../docs/operations/chromium-calls.json')
const folder = mkdtempSync(join(tmpdir(), 'usher-policy-'))
const line = new LineProcess()
let browser: Browser

/** A program that is Chromium with these policies. */
const managedChromium = (policies: string): string => {
  const etc = join(folder, 'etc')
  mkdirSync(join(etc, 'policies/managed'), { recursive: true })
  writeFileSync(join(etc, 'policies/managed/calls.json'), policies)
  const program = join(folder, 'chromium')
  // Whoever is not root may do so as the root of a namespace of his own.
  const asRoot = process.getuid?.() === 0 ? '' : '--map-root-user '
  const within = `mount --bind "${etc}" /etc/chromium && exec /usr/bin/chromium "$@"`
  writeFileSync(program, `#!/bin/sh\nexec unshare ${asRoot}--mount sh -c '${within}' chromium "$@"\n`)
  chmodSync(program, 0o755)
  return program
}

beforeAll(async () => {
  await line.start()
  const policies = readFileSync(shown, 'utf8').replaceAll('https://hub.branch.example', line.base)
  browser = await chromium.launch({
    executablePath: managedChromium(policies),
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--mute-audio', '--use-fake-device-for-media-stream=fps=15'],
  })
})
afterAll(async () => {
  await browser.close()
  await line.close()
  rmSync(folder, { recursive: true, force: true })
})

const ask = async (base: string) => {
  const page = await browser.newPage()
  await page.goto(base)
  const asked = await page.evaluate(`navigator.mediaDevices.getUserMedia({ audio: true, video: true }).then(
    (stream) => stream.getTracks().map(({ kind }) => kind).sort().join(),
    (error) => error.name,
  )`)
  await page.close()
  return asked
}

test('the page of the hub has its camera and its microphone, and nobody was asked', async () => {
  expect(await ask(line.base)).toBe('audio,video')
})

test('a page of another address has neither', async () => {
  expect(await ask(line.base.replace('127.0.0.1', 'localhost'))).toBe('NotAllowedError')
})

test('it joins a call by itself', async () => {
  const page = await browser.newPage()
  await page.goto(line.base)
  await page.evaluate(`join(${JSON.stringify(line.ticket('call-1', 'kiosk:k-1'))})`)
  await expect
    .poll(() => page.evaluate('told().own'))
    .toEqual({ camera: true, microphone: true, held: false })
  expect(await page.evaluate('told().trouble')).toBeNull()
  await page.close()
})
