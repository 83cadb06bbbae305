/** What the hub sets a screen to, and takes back. */
import { expect, test } from 'vitest'
import { createHealth } from '#apps/screen/health.ts'
import { openFleetingBox } from '#apps/screen/keep/box.ts'
import { openVolume } from '#apps/screen/keep/volume.ts'
import { takeSettings } from '#apps/screen/settings.ts'
import type { DeviceConfig } from '#protocol/messages.ts'

test('a setting that is taken back is as if it had never been, also one that did not fit', () => {
  const health = createHealth()
  const told: unknown[] = []
  const set = (settings: object) =>
    takeSettings({ mode: 'open', settings } as unknown as DeviceConfig, {
      health,
      onProgramme: () => told.push('programme'),
      onVolume: (percent) => told.push(percent),
      onTheme: (theme) => told.push(theme),
      onMode: () => {},
    })
  set({ volume: 30, theme: 'dark' })
  set({ volume: 'loud', theme: 'pink' })
  expect(health.reasons()).toEqual(['bad-setting: volume', 'bad-setting: theme'])
  set({})
  expect(health.reasons()).toEqual([])
  expect(told).toEqual([30, 'dark', undefined, 'auto'])
})

test('a volume that was asked for from afar holds until the settings change, and is nothing once they say nothing', async () => {
  const volume = await openVolume(openFleetingBox(), () => {})
  const after = (change: () => void) => {
    change()
    return volume.level()
  }
  expect([
    volume.level(),
    after(() => volume.set(40)),
    after(() => volume.settle(undefined)),
    after(() => volume.settle(30)),
    after(() => volume.set(50)),
    after(() => volume.settle(30)),
    after(() => volume.settle(undefined)),
  ]).toEqual([0, 0.4, 0.4, 0.3, 0.5, 0.5, 0])
})
