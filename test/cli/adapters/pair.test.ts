/** `usher devices pair`: a page that shows a code is let in from the command line, and told what is in the way. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { remove, type StartedHub, scratch, startHub } from '../support.ts'

const folder = scratch()
let hub: StartedHub
beforeAll(async () => {
  hub = await startHub(folder)
})
afterAll(async () => {
  await hub.stop()
  remove(folder)
})

const ask = async (path: string, body: object) => {
  const { origin } = new URL(hub.ports.http)
  const answer = await fetch(`${origin}${path}`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return (await answer.json()) as Readonly<Record<string, string>>
}
const pair = (...words: readonly string[]) => hub.usher('devices', 'pair', ...words)

test('lets the page in as a device of the branch, or as a new one', async () => {
  const { code = '', secret } = await ask('/api/pairing', { kind: 'screen' })
  const { said } = await pair(code.toLowerCase(), 'screen-entrance')
  expect(said).toContain('usher devices show screen-entrance')
  expect(await ask('/api/pairing/state', { secret })).toMatchObject({ device: 'screen-entrance' })
  const second = await ask('/api/pairing', { kind: 'kiosk' })
  const { complained } = await pair(second['code'] ?? '', 'screen-entrance')
  expect(complained).toContain('pairing.kind')
  const made = await pair(
    second['code'] ?? '',
    'kiosk-new',
    '--create',
    '--zone',
    'waiting',
    '--zh',
    '新柜台',
  )
  expect(made.code).toBe(0)
  expect(await hub.json('devices', 'show', 'kiosk-new')).toMatchObject({
    kind: 'kiosk',
    zone: 'waiting',
    title: { zh: '新柜台', en: '新柜台' },
    registry: { status: 'invited' },
  })
})

test.each([
  ['pairing.unknown', ['ZZZZZZ', 'screen-entrance']],
  ['command.invalid', ['AB', 'screen-entrance']],
  ['command.invalid', ['ZZZZZZ', 'screen-x', '--create']],
  ['command.invalid', ['ZZZZZZ', 'screen-x', '--zone', 'waiting']],
])('and says what is wrong: %s for %j', async (code, words) => {
  const ended = await pair(...words)
  expect(ended.complained).toContain(code)
  expect(ended.code).not.toBe(0)
})
