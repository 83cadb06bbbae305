/** Brings a hub and its adapters together: each knows the other by what it needs of it only. */
import { systemClock } from '#hub/engine/hub-time.ts'
import type { Hub } from '#hub/main.ts'
import type { HubConfig } from '#hub/ops/config.ts'
import type { Log } from '#hub/ops/log.ts'
import { createStartChild } from './start-child.ts'
import { createSupervisor, type HubSide, type Supervisor } from './supervisor.ts'

export const superviseAdapters = ({ adapters, data }: HubConfig, log: Log): Supervisor => {
  const clock = systemClock()
  return createSupervisor({
    adapters,
    data,
    log,
    clock,
    chance: Math.random,
    startChild: createStartChild(clock),
  })
}

/** The settings were refused where this door is shut and there are adapters. */
const brokerUrl = (loopback: HubConfig['mqtt']['loopback'], port: number | undefined) => {
  const host = loopback === false ? '127.0.0.1' : loopback.host
  return `mqtt://${host.includes(':') ? `[${host}]` : host}:${port ?? ''}`
}

/** What an alert says is on record; that it cannot be kept is no reason to stop watching. */
export const hubSideOf = ({ branch, ports, engine }: Hub, { mqtt }: HubConfig, log: Log): HubSide => ({
  branch,
  broker: brokerUrl(mqtt.loopback, ports.mqtt),
  tell: ({ device, about, code, params }) => {
    engine
      .submit({
        body: {
          kind: 'command',
          command: { name: 'adapter.health', device, about, code, params, by: 'hub' },
        },
      })
      .catch((error: unknown) => log.warn({ device, error: String(error) }, 'an alert could not be raised'))
  },
})
