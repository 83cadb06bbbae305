/** The devices, in a process of their own: each has its connection, takes tasks, does them at once and says so. */
import type { Manifest, Presence, Report, TaskMessage } from '#protocol/messages.ts'
import { clientId, topics } from '#protocol/topics.ts'
import { branchId, manifestOf } from '../branch.ts'
import { nowMs } from '../clock.ts'
import type { Collected, DevicesAnswer, DevicesOrder } from './orders.ts'
import { connectWire, type Wire } from './wire.ts'

/** How often an idle device says how it is. */
const stateEveryMs = 10_000
const connectsAtOnce = 20

const boot = `d${process.pid}x${Math.floor(nowMs())}`
/** Task id → when it came first. */
let arrivals = new Map<string, number>()
let repeated = 0
let waiting: { readonly count: number; readonly answer: () => void } | undefined

const say = (answer: DevicesAnswer) => void process.send?.(answer)

const createDevice = async (device: string, { port, states }: { port: number; states: boolean }) => {
  let n = 0
  const numbering = () => ({ boot, n: n++ })
  const take = (wire: Wire, payload: Buffer, atMs: number) => {
    const message = JSON.parse(payload.toString('utf8')) as TaskMessage
    if (message.kind !== 'offer') return
    const { task, attempt, epoch } = message
    if (arrivals.has(task)) repeated += 1
    else arrivals.set(task, atMs)
    const report: Report = { attempt, epoch, status: 'done', result: {}, ...numbering() }
    wire.publish(topics.report(branchId, device, task), JSON.stringify(report))
    if (waiting !== undefined && arrivals.size >= waiting.count) waiting.answer()
  }
  let self: Wire | undefined
  const wire = await connectWire({
    port,
    clientId: clientId(branchId, device),
    onMessage: (topic, payload, atMs) => {
      if (self !== undefined && topic.endsWith('/task')) take(self, payload, atMs)
    },
  })
  self = wire
  const presence: Presence = { status: 'online', ...numbering() }
  const manifest: Manifest = { ...manifestOf(device), ...numbering() }
  wire.publish(topics.presence(branchId, device), JSON.stringify(presence), { retain: true })
  wire.publish(topics.manifest(branchId, device), JSON.stringify(manifest), { retain: true })
  await wire.subscribe(topics.task(branchId, device))
  if (!states) return
  setInterval(() => {
    const state = { health: { level: 'ok' }, busy: false, ...numbering() }
    wire.publish(topics.state(branchId, device), JSON.stringify(state), { qos: 0 })
  }, stateEveryMs)
}

const connectAll = async (order: Extract<DevicesOrder, { do: 'connect' }>) => {
  const left = [...order.devices]
  const lane = async () => {
    for (let device = left.shift(); device !== undefined; device = left.shift())
      await createDevice(device, order)
  }
  await Promise.all(Array.from({ length: connectsAtOnce }, lane))
}

/** `task-epoch-seq-counter`: the entry that caused it says which detection it answers. */
const place = (task: string): number => Number(task.split('-')[2])

const collected = (): Collected => ({
  arrivals: [...arrivals].sort(([a], [b]) => place(a) - place(b)).map(([, atMs]) => atMs),
  repeated,
})

const collect = ({ count, untilMs }: Extract<DevicesOrder, { do: 'collect' }>) => {
  const answer = () => {
    waiting = undefined
    clearTimeout(late)
    say({ collected: collected() })
  }
  const late = setTimeout(answer, Math.max(0, untilMs - nowMs()))
  waiting = { count, answer }
  if (arrivals.size >= count) answer()
}

process.on('message', (order: DevicesOrder) => {
  switch (order.do) {
    case 'connect':
      connectAll(order).then(
        () => say({ ready: true }),
        (error: unknown) => say({ error: String(error) }),
      )
      return
    case 'begin':
      arrivals = new Map()
      repeated = 0
      return say({ ready: true })
    case 'collect':
      return collect(order)
  }
})
process.once('disconnect', () => process.exit(0))
