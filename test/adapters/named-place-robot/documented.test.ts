/** Every documented payload is read as what it means. Where each comes from is written beside it, in fixtures/. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { BridgeData } from '#adapters/named-place-robot/bridge.ts'
import { createOrionStar } from '#adapters/named-place-robot/dialects/orionstar.ts'
import { createTemi } from '#adapters/named-place-robot/dialects/temi.ts'

interface Row {
  readonly from: string
  readonly event: string
  readonly data: BridgeData
  readonly news: object | 'bad' | null
}

const rowsOf = (vendor: string) =>
  (JSON.parse(readFileSync(join(import.meta.dirname, `fixtures/${vendor}.json`), 'utf8')) as { rows: Row[] })
    .rows

describe.each([
  ['temi', createTemi],
  ['orionstar', createOrionStar],
] as const)('%s', (vendor, create) => {
  test.each(rowsOf(vendor))('$event: $from', ({ event, data, news }) => {
    expect(create('home base').read({ n: 1, event, data }) ?? null).toEqual(news)
  })
})

test('commands have the names and fields of the SDKs', () => {
  const words = { id: 'w-1', text: '您好', voice: 'ZH_CN' }
  const temi = createTemi('home base')
  expect(temi.goTo('前台')).toEqual({ command: 'goTo', data: { location: '前台' } })
  expect(temi.goHome()).toEqual({ command: 'goTo', data: { location: 'home base' } })
  expect(temi.stop()).toEqual([{ command: 'stopMovement', data: {} }])
  expect(temi.speak(words).data).toMatchObject({ id: 'w-1', speech: '您好', language: 'ZH_CN' })
  expect(temi.ask(words)).toEqual({ listen: { command: 'askQuestion', data: { question: '您好' } } })
  expect(temi.greeting(false)).toEqual({ command: 'setMode', data: { mode: 'DEFAULT' } })
  const orion = createOrionStar('充电桩')
  expect(orion.goTo('前台').data).toEqual({ destName: '前台', coordinateDeviation: 0.2, time: 30_000 })
  expect(orion.goHome().command).toBe('startNaviToAutoChargeAction')
  expect(orion.stop().map(({ command }) => command)).toEqual(['stopNavigation', 'stopAutoChargeAction'])
  expect(orion.ask(words).say?.command).toBe('playText')
  expect(orion.greeting(false)).toBeUndefined()
})
