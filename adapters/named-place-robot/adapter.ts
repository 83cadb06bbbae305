/** Robots that know places by name only (temi, OrionStar and their like) as an adapter of one robot. */
import { randomUUID } from 'node:crypto'
import { type ConnectContext, type DeviceHandle, type DeviceSide, defineAdapter } from '../sdk/adapter.ts'
import type { Clock, Log } from '../sdk/ports.ts'
import { createSystemClock } from '../sdk/system-clock.ts'
import { monotonic } from '../shared/monotonic.ts'
import { createOddities } from '../shared/oddities.ts'
import type { BridgeEvent } from './bridge.ts'
import { NamedPlaceRobotConfig } from './config.ts'
import { createOrionStar } from './dialects/orionstar.ts'
import { createTemi } from './dialects/temi.ts'
import { openHttpLine } from './lines/http-line.ts'
import { type LineParts, odds } from './lines/robot-line.ts'
import { openWebSocketLine } from './lines/websocket-line.ts'
import { createPlaceTable } from './places.ts'
import { createRobot } from './robot.ts'
import { createStanding } from './standing.ts'
import { createTasks } from './tasks.ts'

const dialects = { temi: createTemi, orionstar: createOrionStar }

const openLine = ({ robot }: NamedPlaceRobotConfig, parts: LineParts) =>
  robot.transport === 'websocket' ? openWebSocketLine(parts) : openHttpLine(parts, robot.webhook)

const ownGreetingOf = (
  how: NamedPlaceRobotConfig['ownGreeting'],
  switchIt: (on: boolean) => Promise<void>,
): Pick<DeviceSide, 'builtIn'> => {
  if (how === 'none') return {}
  return { builtIn: { greet: how === 'always' ? 'always' : switchIt } }
}

/** What it greeted by itself takes the place of a greeting that the hub would ask for. */
const reportGreeting = (device: DeviceHandle, log: Log, zone: string | undefined) => {
  if (zone === undefined) log.warn('the robot greeted by itself, nobody knows where')
  else device.performed('greet', { zone })
}

interface Parts {
  readonly clock: Clock
  readonly newId: () => string
}
type Context = ConnectContext<NamedPlaceRobotConfig>

/** The robot, met and looked at once. */
const meet = async ({ config, log, device }: Context, { clock }: Parts) => {
  const { answerMs, graceMs, robot: reach } = config
  const oddities = createOddities(log, odds)
  const dialect = dialects[config.vendor](config.homeBase)
  const places = createPlaceTable(config.places)
  const { returnsAtPercent } = config
  const standing = createStanding({ device, places, returnsAtPercent, nowMs: () => monotonic(clock) })
  let isInReach = true
  let onEvent: (event: BridgeEvent) => void = () => {}
  const line = await openLine(config, {
    url: reach.url,
    token: reach.token,
    answerMs,
    graceMs,
    clock,
    onEvent: (event) => onEvent(event),
    onOdd: oddities.note,
    onReach(within) {
      isInReach = within
      if (within) log.info('the robot is in reach again')
      else log.warn('the robot is out of reach', { graceMs })
    },
  })
  const onGreeted = () => reportGreeting(device, log, standing.zone() ?? config.greetsIn)
  const robot = createRobot({ ...config, line, dialect, standing, clock, onOdd: oddities.note, onGreeted })
  onEvent = (event) => robot.event(event)
  const first = await robot.look()
  const missing = places.missing()
  if (missing.length > 0) log.warn('the robot was never taught some places', { places: missing })
  // Left over from before a restart: the hub has been told that it was interrupted. Who goes home to charge is let go.
  if (first?.moving === true && !standing.isLow()) await robot.stop()
  robot.watch()
  const close = async () => {
    robot.end()
    await line.close()
    log.info('the robot is let go', { odd: oddities.all() })
  }
  return { line, robot, dialect, standing, places, close, isInReach: () => isInReach }
}

export const createNamedPlaceRobot = (parts: Parts) =>
  defineAdapter({
    name: 'named-place-robot',
    version: '1.0.0',
    config: NamedPlaceRobotConfig,
    async connect(context) {
      const { config } = context
      const met = await meet(context, parts)
      const { line, robot, dialect, close } = met
      const { consider, capabilities } = createTasks({ ...met, ...parts, config })
      const switchGreeting = async (on: boolean) => {
        const order = dialect.greeting(on)
        if (order !== undefined) await robot.order(order)
      }
      const { model = dialect.model, firmware } = line.hello
      return {
        manifest: {
          kind: 'robot',
          vendor: dialect.vendor,
          model,
          ...(firmware !== undefined && { firmware }),
          languages: Object.keys(config.languages),
        },
        consider,
        capabilities,
        ...ownGreetingOf(config.ownGreeting, switchGreeting),
        lost: line.lost,
        close,
      }
    },
  })

export const namedPlaceRobot = createNamedPlaceRobot({
  clock: createSystemClock(),
  newId: () => randomUUID(),
})
