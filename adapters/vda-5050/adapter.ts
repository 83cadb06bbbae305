/** VDA 5050 as an adapter: a gateway between the broker of a fleet and the hub, for robots of several makers and versions. */
import type { DeviceSide } from '../sdk/adapter.ts'
import { defineAdapter } from '../sdk/adapter.ts'
import { createSystemClock } from '../sdk/system-clock.ts'
import { Vda5050Config } from './config.ts'
import { type Factsheets, Fleet, spokenBy, type Vda5050Parts } from './fleet.ts'
import { openFleetLine } from './fleet-line.ts'
import { sideOf } from './skills.ts'

/** Until all have said that they are there and what they can do, but not for long: one that is away keeps nobody waiting. */
const gathering = async (
  fleet: Fleet,
  parts: Vda5050Parts,
  on: { withinMs: number; signal: AbortSignal },
) => {
  let end: () => void = () => {}
  const enough = new Promise<void>((resolve) => {
    end = parts.clock.after(on.withinMs, resolve)
    on.signal.addEventListener('abort', () => resolve())
  })
  await Promise.race([fleet.gathered, enough])
  end()
}

export const createVda5050 = (parts: Vda5050Parts) => {
  const factsheets: Factsheets = new Map()
  return defineAdapter({
    name: 'vda-5050',
    version: '1.0.0',
    config: Vda5050Config,
    async connect(context) {
      const { config, signal } = context
      const fleet = new Fleet({ ...parts, context, factsheets })
      fleet.open()
      await gathering(fleet, parts, { withinMs: config.gatherWithinMs, signal })
      const devices: Record<string, DeviceSide> = Object.fromEntries(
        fleet.robots.map((robot) => [
          robot.parts.config.device,
          sideOf(robot, spokenBy(robot.parts.config, factsheets)),
        ]),
      )
      fleet.told()
      return {
        manifest: { vendor: 'Usher', model: 'VDA 5050 gateway' },
        devices,
        lost: fleet.grown,
        close: () => fleet.close(),
      }
    },
  })
}

export const vda5050 = createVda5050({
  clock: createSystemClock(),
  chance: Math.random,
  newId: () => globalThis.crypto.randomUUID(),
  openLine: openFleetLine,
})
