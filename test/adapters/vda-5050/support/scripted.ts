/** The adapter with a robot that says what the test has it say, on a clock and on lines that are the test's own. */
import { createFleetingMemory, type Memory } from '#adapters/sdk/memory.ts'
import { startAdapter } from '#adapters/sdk/start-adapter.ts'
import { createVda5050 } from '#adapters/vda-5050/adapter.ts'
import type { FleetLineParts } from '#adapters/vda-5050/fleet-line.ts'
import { topics } from '#protocol/topics.ts'
import { createFakeClock } from '../../../simulators/support/fake-clock.ts'
import { createFakeHub } from '../../../simulators/support/fake-hub.ts'
import { createLines } from '../../sdk/support/rig.ts'
import { edge, node, stateOfThree, stateOfTwo } from './messages.ts'
import { places } from './places.ts'

interface Told {
  readonly leaf: string
  readonly body: Record<string, unknown>
}
interface ToldOrder {
  readonly orderId: string
  readonly headerId: number
  readonly orderUpdateId: number
  readonly nodes: readonly { nodeId: string; sequenceId: number; actions: { actionId: string }[] }[]
  readonly edges: readonly { edgeId: string; sequenceId: number }[]
}

const robotConfig = {
  device: 'robot-1',
  manufacturer: 'Acme',
  serialNumber: 'R001',
  actions: { greet: { actionType: 'greet' }, announce: { actionType: 'say', scope: 'instant' } },
}

export const createScripted = async (
  options: { robot?: object; more?: object; memory?: Memory; boot?: string; isOnline?: boolean } = {},
) => {
  const clock = createFakeClock()
  const hub = createFakeHub('demo', 'fleet-1')
  const { lines, log } = createLines()
  const told: Told[] = []
  let line: FleetLineParts | undefined
  let isUp = true
  let ids = 0
  let headerId = 0
  const memory = options.memory ?? createFleetingMemory()
  const robot = { ...robotConfig, ...options.robot }
  const isThree = 'version' in robot && String(robot.version).startsWith('3')
  const adapter = startAdapter(
    createVda5050({
      clock,
      chance: () => 0,
      newId() {
        ids += 1
        return `id-${ids}`
      },
      openLine(parts) {
        line = parts
        return {
          isUp: () => isUp,
          send(topic, message) {
            if (isUp) told.push({ leaf: topic.split('/').at(-1) ?? '', body: { ...message } })
            return isUp
          },
          close: () => Promise.resolve(),
        }
      },
    }),
    {
      branch: 'demo',
      device: 'fleet-1',
      boot: options.boot ?? 'boot-1',
      config: { broker: { url: 'mqtt://fleet' }, places, robots: [robot], ...options.more },
      clock,
      chance: () => 0,
      memory,
      log,
      transport: () => hub.transport,
    },
  )
  await clock.pass(0)
  const topic = (leaf: string) => `${isThree ? 'vda5050/v3' : 'uagv/v2'}/Acme/R001/${leaf}`
  const rig = {
    clock,
    hub,
    lines,
    told,
    memory,
    adapter,
    async hear(leaf: string, body: unknown, isRetained = false) {
      line?.onMessage({ topic: topic(leaf), payload: JSON.stringify(body), isRetained })
      await clock.pass(0)
    },
    connection: (connectionState: string) => rig.hear('connection', { connectionState }, true),
    /** Numbered onward, unless the test numbers it. */
    async state(more: object = {}, number = headerId + 1) {
      headerId = Math.max(headerId, number)
      await rig.hear('state', (isThree ? stateOfThree : stateOfTwo)(number, more))
    },
    async lineIs(state: 'up' | 'unreachable' | 'refused') {
      isUp = state === 'up'
      line?.onState(state)
      await clock.pass(0)
    },
    /** Offered with the start in it. */
    async give(capability: string, command: object, task = 't-1') {
      hub.say(topics.task('demo', 'robot-1'), {
        kind: 'offer',
        task,
        attempt: 1,
        epoch: 1,
        capability,
        command,
        priority: 5,
        ackWithinMs: 2_000,
        startWithinMs: 10_000,
        runWithinMs: 600_000,
        start: true,
        sentAt: 0,
      })
      await clock.pass(0)
    },
    async cancel(task = 't-1') {
      const cancel = { kind: 'cancel', task, attempt: 1, epoch: 1, reason: 'visitor-left', sentAt: 0 }
      hub.say(topics.task('demo', 'robot-1'), cancel)
      await clock.pass(0)
    },
    async config(movement: 'allowed' | 'stopped') {
      const rest = { epoch: 1, revision: 1, mode: 'open', builtIn: {}, settings: {} }
      hub.say(topics.config('demo', 'robot-1'), { ...rest, movement })
      await clock.pass(0)
    },
    said: (task = 't-1') =>
      hub.sent
        .filter(({ topic: to }) => to.includes(`/robot-1/task/${task}/`))
        .filter(({ body }) => body['status'] !== 'progress')
        .map(({ body }) => [body['status'], body['code']].filter(Boolean).join(' ')),
    progress: () =>
      hub.sent.filter(({ body }) => body['status'] === 'progress').map(({ body }) => body['progress']),
    /** What the hub was told last of the robot's condition. */
    async condition() {
      await clock.pass(300)
      return hub.sent.findLast(({ topic: to }) => to.endsWith('/robot-1/state'))?.body
    },
    orders: () => told.filter(({ leaf }) => leaf === 'order').map(({ body }) => body as unknown as ToldOrder),
    instants: (actionType: string) =>
      told
        .filter(({ leaf }) => leaf === 'instantActions')
        .flatMap(({ body }) => body['actions'] as { actionType: string; actionId: string }[])
        .filter((action) => action.actionType === actionType),
    /** As the robot reports an order that it has taken and is at the beginning of. */
    takes(order: ToldOrder, more: object = {}) {
      return rig.state({
        orderId: order.orderId,
        nodeStates: order.nodes.slice(1).map(({ nodeId, sequenceId }) => node(nodeId, sequenceId)),
        edgeStates: order.edges.map(({ edgeId, sequenceId }) => edge(edgeId, sequenceId)),
        actionStates: order.nodes
          .flatMap(({ actions }) => actions)
          .map(({ actionId }) => ({ actionId, actionStatus: 'WAITING' })),
        driving: true,
        ...more,
      })
    },
    firstOrder() {
      const [order] = rig.orders()
      if (order === undefined) throw new Error('no order was sent')
      return order
    },
    /** On its way to the hall, by an order of the task `t-1`. */
    async underWay() {
      await rig.give('guide', { to: { place: 'hall-spot' } })
      const order = rig.firstOrder()
      await rig.takes(order)
      return order
    },
    arrives: (order: ToldOrder, more: object = {}) =>
      rig.state({ orderId: order.orderId, lastNodeId: order.nodes.at(-1)?.nodeId ?? '', ...more }),
  }
  await rig.lineIs('up')
  if (options.isOnline === false) await clock.pass(3_000)
  else {
    await rig.connection('ONLINE')
    await rig.state()
  }
  hub.up()
  await clock.pass(0)
  return rig
}
