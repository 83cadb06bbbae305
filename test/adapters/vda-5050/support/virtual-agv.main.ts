/** Robots nobody here wrote: the virtual vehicles of `vda-5050-lib`, in a process of their own, to be killed. */
import vda from 'vda-5050-lib'
import { z } from 'zod'
import { ServiceRobot } from './service-robot.ts'

const Settings = z.object({
  FLEET_BROKER: z.string(),
  FLEET_ROBOTS: z.string().transform((text) => text.split(',')),
  /** How many seconds of theirs go by in one of ours. */
  FLEET_TIME_LAPSE: z.coerce.number().default(10),
  FLEET_BATTERY: z.coerce.number().default(90),
})
const settings = Settings.parse(process.env)

const robots = settings.FLEET_ROBOTS.map(
  (serialNumber, index) =>
    new vda.AgvController(
      { manufacturer: 'Acme', serialNumber },
      { interfaceName: 'uagv', vdaVersion: '2.0.0', transport: { brokerUrl: settings.FLEET_BROKER } },
      { agvAdapterType: ServiceRobot },
      {
        timeLapse: settings.FLEET_TIME_LAPSE,
        initialBatteryCharge: settings.FLEET_BATTERY,
        initialPosition: { mapId: 'lobby', x: 0, y: index, theta: 0, lastNodeId: `start-${serialNumber}` },
      },
    ),
)
await Promise.all(robots.map((robot) => robot.start()))
process.stdout.write(`${JSON.stringify({ ready: true, msg: 'ready' })}\n`)
process.once('SIGTERM', () => {
  void Promise.all(robots.map((robot) => robot.stop())).then(() => process.exit(0))
})
