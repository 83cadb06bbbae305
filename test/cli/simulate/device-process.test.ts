/** A simulated device before a hub that takes nothing from it: it comes back ever more slowly, so that the day ends. */
import { expect, test } from 'vitest'
import { startDeviceProcess } from '#cli/simulate/device-process.ts'
import type { HubProcess } from '#cli/simulate/hub-process.ts'
import { createSimClock } from '#cli/simulate/sim-clock.ts'
import { createMemoryBus, faithful } from '#hub/broker/memory-bus.ts'
import { createMemoryJournal } from '#simulators/devices/journal.ts'

test('a device whose every message costs it the line dials at growing intervals', async () => {
  const clock = createSimClock(0)
  const bus = createMemoryBus({ clock: clock.process(), fate: faithful })
  const connectedAtMs: number[] = []
  await bus.start({
    onArrival: () => Promise.reject(new Error('The disk is full.')),
    onConnected: () => connectedAtMs.push(clock.nowMs()),
    onDisconnected: () => undefined,
    onListening: () => undefined,
  })
  const hub: Pick<HubProcess, 'bus'> = { bus }
  startDeviceProcess({
    id: 'camera-1',
    kind: 'camera',
    branch: 'demo',
    seed: 'a',
    clock,
    hub: () => hub as HubProcess,
    journal: createMemoryJournal(),
    behaviour: {},
  })
  await clock.run(60_000)
  const waitsMs = connectedAtMs.slice(1).map((at, index) => at - (connectedAtMs[index] ?? 0))
  expect(waitsMs.slice(0, 4)).toEqual([700, 1_400, 2_800, 5_000])
  expect(waitsMs.length).toBeLessThan(16)
})
