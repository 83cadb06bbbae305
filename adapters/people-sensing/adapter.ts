/** People sensing as an adapter: one gateway for the cameras and counters of all vendors of a branch. */
import type { DeviceSide } from '../sdk/adapter.ts'
import { defineAdapter } from '../sdk/adapter.ts'
import type { Clock, Log } from '../sdk/ports.ts'
import { createSystemClock } from '../sdk/system-clock.ts'
import { devicesOf, PeopleSensingConfig, type Source } from './config.ts'
import { topicsOf } from './hearing.ts'
import { openHttpDoor } from './http-door.ts'
import { createIntake, type Intake } from './intake.ts'
import { openVendorLine } from './vendor-line.ts'

const makers = {
  frigate: { vendor: 'Frigate', model: 'Frigate' },
  onvif: { vendor: 'ONVIF', model: 'Analytics rules' },
  axis: { vendor: 'Axis', model: 'Object Analytics' },
  milesight: { vendor: 'Milesight', model: 'People counter' },
  xovis: { vendor: 'Xovis', model: '3D sensor' },
} as const satisfies Record<Source['vendor'], { vendor: string; model: string }>

const sidesOf = ({ sources, countPeriodMs }: PeopleSensingConfig): Record<string, DeviceSide> =>
  Object.fromEntries(
    sources.flatMap((source) =>
      devicesOf(source).map((device): [string, DeviceSide] => [
        device,
        {
          manifest: {
            kind: source.vendor === 'milesight' || source.vendor === 'xovis' ? 'sensor' : 'camera',
            ...makers[source.vendor],
            periods: { 'zone.count': countPeriodMs },
          },
          capabilities: {},
        },
      ]),
    ),
  )

/** Both sides from which sensors are heard, as far as the configuration names them. */
const open = async (on: {
  readonly config: PeopleSensingConfig
  readonly log: Log
  readonly device: string
  readonly intake: Intake
  readonly ends: (() => Promise<void>)[]
  readonly chance: () => number
}) => {
  const { config, log, device, intake, ends, chance } = on
  const { http, broker, sources } = config
  if (http !== undefined) {
    const onMessage = intake.pushed
    const door = await openHttpDoor({ http, sources, onMessage, onTooLarge: intake.tooLarge })
    ends.push(door.close)
    log.info('the door for sensors is open', { port: door.port })
  }
  const topics = [...new Set(sources.flatMap(topicsOf))]
  if (broker === undefined || topics.length === 0) return
  const line = openVendorLine({
    broker,
    clientId: `usher-${device}`,
    topics,
    log,
    onMessage: intake.published,
    onState: intake.brokerIs,
    onTooLarge: () => intake.tooLarge('broker'),
    jitter: chance,
  })
  ends.push(() => line.close())
}

export const createPeopleSensing = (parts: {
  readonly clock: Clock
  readonly timeOfDay: () => number
  readonly chance: () => number
}) =>
  defineAdapter({
    name: 'people-sensing',
    version: '1.0.0',
    config: PeopleSensingConfig,
    async connect({ config, log, device, devices }) {
      const intake = createIntake({ config, devices, log, ...parts })
      const ends: (() => Promise<void>)[] = []
      const close = async () => {
        intake.close()
        await Promise.all(ends.map((end) => end()))
        log.info('people sensing is closed', { troubles: intake.counts() })
      }
      try {
        await open({ config, log, device: device.id, intake, ends, chance: parts.chance })
      } catch (error) {
        await close()
        throw error
      }
      return { manifest: { vendor: 'Usher', model: 'People sensing' }, devices: sidesOf(config), close }
    },
  })

export const peopleSensing = createPeopleSensing({
  clock: createSystemClock(),
  timeOfDay: () => Date.now(),
  chance: Math.random,
})
