/** What the kiosk takes from the hub, and what it turns down because nobody would see it. */
import { expect, test } from 'vitest'
import type { DeviceHandle } from '#adapters/sdk/browser.ts'
import { createKioskAdapter } from '#apps/kiosk/device/adapter.ts'
import { createShowing } from '#apps/kiosk/device/showing.ts'
import { type Journey, nobody } from '#apps/kiosk/journey/state.ts'
import { createCell } from '#apps/kiosk/outside/cell.ts'

const words = [{ language: 'zh', text: '请到三号窗口' }]

const considered = async (journey: Journey) => {
  const adapter = createKioskAdapter({
    version: '1.0.0',
    languages: () => ['zh'],
    journey: createCell(journey),
    put: () => {},
    showing: createShowing(),
    interest: createCell(false),
    onDevice: () => {},
    onConfig: () => {},
  })
  const device = { state: () => ({ sent: true }), onConfig: () => () => {} } as unknown as DeviceHandle
  const side = await adapter.connect({
    config: {},
    signal: new AbortController().signal,
    log: { info() {}, warn() {}, error() {} },
    device,
    devices: () => device,
  })
  if (!('consider' in side) || side.consider === undefined) throw new Error('It takes whatever comes.')
  const { consider } = side
  return async (capability: string, template?: string): Promise<string> => {
    try {
      await consider(capability, { content: { words, ...(template !== undefined && { template }) } })
      return 'taken'
    } catch (error) {
      return (error as { code: string }).code
    }
  }
}

test('nobody there: it shows whatever it is asked to', async () => {
  const ask = await considered(nobody)
  expect([await ask('display'), await ask('promote'), await ask('display', 'emergency')]).toEqual([
    'taken',
    'taken',
    'taken',
  ])
})

test.each([
  ['out of service', { isClosed: true }],
  ['with staff at it', { isStaffThere: true }],
  ['in an emergency', { isEmergency: true }],
])('%s it shows nothing but the way out, and does not say that it did', async (_, change) => {
  const ask = await considered({ ...nobody, ...change })
  expect([await ask('display'), await ask('promote'), await ask('display', 'emergency')]).toEqual([
    'busy',
    'busy',
    'taken',
  ])
})
