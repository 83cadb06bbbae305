/**
 * A robot without the robot, from the vendors' documented payloads, in a process of its own. Once it listens it prints how
 * the adapter has to be set. Settings: ROBOT_VENDOR (temi, orionstar), ROBOT_TRANSPORT (websocket, http, webhook),
 * ROBOT_SPEED, ROBOT_FAULTS (see body.ts); while it runs, `POST /simulation` changes what happens.
 */
import { z } from 'zod'
import { createOrionStarApp, createTemiApp } from './apps.ts'
import { Body, faultNames } from './body.ts'
import { BridgeServer } from './server.ts'

const Settings = z.object({
  ROBOT_VENDOR: z.enum(['temi', 'orionstar']).default('temi'),
  ROBOT_TRANSPORT: z.enum(['websocket', 'http', 'webhook']).default('websocket'),
  ROBOT_SPEED: z.coerce.number().min(0.1).max(100).default(1),
  ROBOT_FAULTS: z
    .string()
    .default('')
    .transform((text) => text.split(',').filter((name) => name !== ''))
    .pipe(z.array(z.enum(faultNames))),
  ROBOT_GREETS: z.enum(['none', 'switchable', 'always']).default('none'),
})

const Wish = z.object({
  faults: z.array(z.enum(faultNames)).optional(),
  wifi: z.enum(['there', 'cut', 'silent']).optional(),
  restart: z.boolean().optional(),
  battery: z.object({ level: z.number(), isCharging: z.boolean() }).optional(),
  /** It sets out by itself. */
  go: z.string().optional(),
  takenByHand: z.boolean().optional(),
  /** null: nobody answers. */
  answer: z.string().nullable().optional(),
  event: z.object({ event: z.string(), data: z.record(z.string(), z.json()) }).optional(),
})

const settings = Settings.parse(process.env)
const token = 'simulated-robot-token'
const homeBase = 'home base'
/** The demonstration branch's zones and places → the places this robot was taught. */
const places = {
  entrance: 'Front Door',
  waiting: 'Sofa',
  kiosks: { name: 'Kiosk Corner', aliases: ['Machines'] },
  counters: 'Desk',
  exit: 'Way Out',
  vip: 'Green Room',
  'charger-1': { name: homeBase, zone: 'kiosks' },
}
const taught = ['Front Door', 'Sofa', 'Kiosk Corner', 'Desk', 'Way Out', 'Green Room', homeBase]

let mode = 'DEFAULT'
const body: Body = new Body({
  places: taught,
  homeBase,
  speed: settings.ROBOT_SPEED,
  report(report) {
    const callback = app.callback(report)
    if (callback !== undefined) server.tell(callback.event, callback.data)
  },
})
for (const fault of settings.ROBOT_FAULTS) body.faults.add(fault)
const onMode = (wished: string) => {
  mode = wished
}
const app = (settings.ROBOT_VENDOR === 'temi' ? createTemiApp : createOrionStarApp)({
  body,
  homeBase,
  onMode,
})

const obey = (wish: z.infer<typeof Wish>) => {
  if (wish.faults !== undefined) {
    body.faults.clear()
    for (const fault of wish.faults) body.faults.add(fault)
  }
  if (wish.wifi !== undefined) server.setWifi(wish.wifi)
  if (wish.restart === true) server.restart()
  if (wish.battery !== undefined) body.setBattery(wish.battery.level, wish.battery.isCharging)
  if (wish.go !== undefined) body.go(wish.go)
  if (wish.takenByHand === true) body.halt(true)
  if (wish.answer !== undefined) body.answer = wish.answer ?? undefined
  if (wish.event !== undefined) server.tell(wish.event.event, wish.event.data)
}

const status = () => ({ moving: body.moving(), at: body.at, locations: taught, battery: { ...body.battery } })
const server: BridgeServer = new BridgeServer({
  token,
  model: settings.ROBOT_VENDOR === 'temi' ? 'temi V3' : 'GreetBot',
  command: (name, data) => app.command(name, data),
  status,
  control(wish) {
    obey(Wish.parse(wish))
    return { ...status(), mode, spoken: [...body.spoken] }
  },
})

const address = await server.listen()
const robot =
  settings.ROBOT_TRANSPORT === 'websocket'
    ? { transport: 'websocket', url: `ws://${address}/robot`, token }
    : {
        transport: 'http',
        url: `http://${address}`,
        token,
        ...(settings.ROBOT_TRANSPORT === 'webhook' && { webhook: { port: 0 } }),
      }
const config = {
  vendor: settings.ROBOT_VENDOR,
  robot,
  places,
  homeBase,
  intents: { cash: ['取钱', '现金', 'cash'], card: ['银行卡', 'card'] },
  lookEveryMs: Math.ceil(500 / settings.ROBOT_SPEED),
  listenMs: Math.ceil(2_000 / settings.ROBOT_SPEED),
  ...(settings.ROBOT_GREETS !== 'none' && { ownGreeting: settings.ROBOT_GREETS, greetsIn: 'entrance' }),
}
process.stdout.write(
  `${JSON.stringify({ ready: true, config, simulation: `http://${address}/simulation` })}\n`,
)
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(0))
