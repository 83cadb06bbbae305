/** Settings that do not fit, dates of the CMS, the table of layouts. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCmsTime } from '#adapters/xibo/cms/cms-time.ts'
import { createExchange } from '#adapters/xibo/cms/exchange.ts'
import { XiboConfig } from '#adapters/xibo/config.ts'
import { columnsFor, filledIn, layoutFor, type Wish } from '#adapters/xibo/layouts.ts'
import { SimulatedCms } from '#adapters/xibo/simulator/cms.ts'
import { demoCms, demoSettings } from '#adapters/xibo/simulator/demo.ts'
import { CmsServer } from '#adapters/xibo/simulator/server.ts'
import { makeRoot, makeServer } from '#hub/broker/certificates.ts'
import { words } from './support/stand.ts'

const project = join(import.meta.dirname, '../../..')
const good = demoSettings('https://cms.bank.example')
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'usher-xibo-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('settings', () => {
  test('that are good are taken; the secret may be in a file of its own', () => {
    expect(XiboConfig.safeParse(good).success).toBe(true)
    const file = join(folder, 'secret')
    writeFileSync(file, 'hush\n')
    const { clientSecret: _secret, ...cms } = good.cms
    expect(XiboConfig.safeParse({ ...good, cms: { ...cms, clientSecretFile: file } }).success).toBe(true)
  })

  const layout = (row: object) => ({ layouts: [row] })
  test.for<[string, object]>([
    ['https', { cms: { ...good.cms, url: 'http://cms.bank.example' } }],
    ['https', { cms: { ...good.cms, url: 'https://user:secret@cms.bank.example' } }],
    ['time zone', { cms: { ...good.cms, timeZone: 'Asia/Nowhere' } }],
    ['give the secret', { cms: { ...good.cms, clientSecretFile: '/nowhere' } }],
    ['cannot be read', { cms: { ...good.cms, ca: '/nowhere' } }],
    ['device is named twice', { screens: [good.screens[0], { device: 'screen-1', displayGroupId: 9 }] }],
    ['group is named twice', { screens: [good.screens[0], { device: 'screen-9', displayGroupId: 101 }] }],
    ['not both', layout({ layoutId: 1, campaignId: 2 })],
    ['name the layout', layout({ when: { template: 'plain' } })],
    ['which overlay', layout({ layoutId: 1, as: 'overlay' })],
    ['at least one', layout({ as: 'criteria', believe: 'accepted' })],
    ['the schedule then shows', layout({ as: 'criteria', metrics: [{ metric: 'a', value: 'b' }] })],
  ])('that are not: %s', ([complaint, wrong]) => {
    const { error } = XiboConfig.safeParse({ ...good, ...wrong })
    expect(error?.issues.map(({ message }) => message).join('\n')).toContain(complaint)
  })

  test('end the process with 2 and a readable line, without the secret', () => {
    const file = join(folder, 'bad.json')
    writeFileSync(file, JSON.stringify({ ...good, screens: [] }))
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(project, 'adapters/xibo/main.ts')], {
      env: { PATH: process.env['PATH'], USHER_DEVICE: 'signage-1', USHER_CONFIG: file, USHER_STATE: folder },
      encoding: 'utf8',
    })
    expect(status).toBe(2)
    expect(stdout).toContain('screens')
    expect(stdout + stderr).not.toContain(good.cms.clientSecret)
  })
})

describe('dates of the CMS', () => {
  const at = Date.UTC(2026, 10, 22, 9, 30, 5)
  test('are in its own time', () => {
    expect(createCmsTime('Asia/Shanghai').write(at)).toBe('2026-11-22 17:30:05')
    expect(createCmsTime('Asia/Shanghai').read('2026-11-22 17:30:05')).toBe(at)
    expect(createCmsTime('Europe/Berlin').read('2026-11-22 10:30')).toBe(at - 5_000)
  })

  test('come back the same on both sides of a change of summer time', () => {
    const time = createCmsTime('Europe/Berlin')
    for (let hour = -30; hour <= 30; hour += 1) {
      const ms = Date.UTC(2026, 2, 29, 1) + hour * 3_600_000
      expect(time.read(time.write(ms))).toBe(ms)
    }
  })

  test('may be seconds since 1970, never, or nonsense', () => {
    const time = createCmsTime('UTC')
    expect(time.read('1795339805')).toBe(1_795_339_805_000)
    expect(time.read(1_795_339_805)).toBe(1_795_339_805_000)
    // The database writes a date that it does not have as zeros.
    const noDates = ['0000-00-00 00:00:00', '2026-13-40 00:00:00', 9e15, '99999999999999999']
    for (const odd of [0, '0', null, undefined, 'yesterday', {}, ...noDates])
      expect(time.read(odd), JSON.stringify(odd)).toBeUndefined()
  })
})

describe('the table of layouts', () => {
  const { layouts } = XiboConfig.parse({
    ...good,
    layouts: [
      { when: { capability: 'promote', campaign: 'autumn-savings' }, layoutId: 1 },
      { when: { template: 'diversion', devices: ['screen-2'] }, layoutId: 2 },
      { when: { template: 'diversion' }, layoutId: 3 },
    ],
  })
  const wish = (more: Partial<Wish>): Wish => ({
    capability: 'display',
    device: 'screen-1',
    content: { template: 'diversion', words },
    showForMs: 1_000,
    ...more,
  })
  test('is read from the top; what fits nothing is unsupported', () => {
    expect(layoutFor(layouts, wish({})).layoutId).toBe(3)
    expect(layoutFor(layouts, wish({ device: 'screen-2' })).layoutId).toBe(2)
    expect(layoutFor(layouts, wish({ capability: 'promote', campaign: 'autumn-savings' })).layoutId).toBe(1)
    expect(() => layoutFor(layouts, wish({ content: { template: 'plain', words } }))).toThrow('No layout')
  })

  test('values go into metrics, words into the columns of their language', () => {
    const content = { template: 'plain' as const, words, values: { wait: 12 } }
    expect(filledIn('{wait} min{nothing}', content)).toBe('12 min')
    expect(columnsFor({ 'zh-CN': 7, en: 8, fr: 9 }, content)).toEqual(
      new Map([
        [7, '三号智能柜台现在空闲。'],
        [8, 'Kiosk 3 is free now.'],
        [9, ''],
      ]),
    )
  })
})

test('TLS: the own authority is trusted, a stranger is not', async () => {
  const terms = { days: 2, wallMs: Date.now() }
  const root = await makeRoot({ name: 'authority of the bank', ...terms })
  const { key, certificate } = await makeServer(root, { name: 'cms', hosts: ['127.0.0.1'], ...terms })
  const server = new CmsServer(new SimulatedCms(demoCms), { key, cert: certificate })
  const url = await server.listen()
  const ask = { method: 'POST', path: '/api/authorize/access_token', form: new URLSearchParams() } as const
  const exchange = (ca: string | undefined) => createExchange({ url, ca, answerMs: 3_000 })(ask, {})
  await expect(exchange(root.certificate)).rejects.toMatchObject({ kind: 'unauthorised' })
  await expect(exchange(undefined)).rejects.toMatchObject({ kind: 'unreachable', mayBeDone: false })
  server.cms.end()
  await server.close()
})
