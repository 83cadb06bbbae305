/**
 * The floor: what any durable hub must at least do. One hop through the very same broker, and one synced append of the
 * same bytes before the acknowledgement; whatever arrives meanwhile shares the next append. It decides nothing.
 */
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { createEmbeddedBroker } from '#hub/broker/embedded.ts'
import { createSignIn } from '#hub/broker/identity.ts'
import type { Arrival } from '#hub/broker/port.ts'
import { createDeviceRules } from '#hub/broker/session-rules.ts'
import { systemClock } from '#hub/engine/hub-time.ts'
import { topics } from '#protocol/topics.ts'
import { branchId, hubConfig, screens, screenZone, ticketMachine } from '../branch.ts'

const folder = process.argv[2] ?? '.'
const { limits } = hubConfig(folder).mqtt
const clock = systemClock()
const directory = {
  find: () => undefined,
  declared: () => ({ kind: 'other' }),
  request: () => Promise.resolve(),
}
const quiet = { warn: () => undefined, info: () => undefined, error: () => undefined }
const broker = createEmbeddedBroker({
  branch: branchId,
  epoch: () => 1,
  clock,
  nowMs: () => clock.wallMs(),
  limits,
  doors: { plaintext: { host: '127.0.0.1', port: 0 } },
  rules: createDeviceRules({ branch: branchId, directory, limits }),
  signIn: createSignIn({
    branch: branchId,
    directory,
    loopbackTrust: 'declared',
    claimFailuresPerMinute: limits.claimFailuresPerMinute,
    nowMs: () => clock.wallMs(),
    monotonicMs: () => clock.monotonicMs(),
    isToken: () => false,
  }),
  credentialFor: () => undefined,
  metrics: { count: () => undefined },
  log: quiet,
  onFault: (error) => {
    throw error
  },
})

interface Waiting {
  readonly arrival: Arrival
  readonly resolve: () => void
}

const file = openSync(join(folder, 'journal'), 'a')
let waiting: Waiting[] = []
let turnOf = 0

/** A message of the size of the hub's offer. */
const taskFor = (payload: string) => {
  const { n, zone } = JSON.parse(payload) as { n: number; zone: string }
  const device = zone === screenZone ? screens[turnOf++ % screens.length] : ticketMachine
  const message = {
    kind: 'offer',
    task: `task-1-${n}-0`,
    attempt: 1,
    epoch: 1,
    capability: zone === screenZone ? 'display' : 'manage-ticket',
    command:
      zone === screenZone
        ? {
            content: {
              template: 'greeting',
              words: [
                { language: 'zh', text: '欢迎光临' },
                { language: 'en', text: 'Welcome' },
              ],
            },
            showForMs: 5_000,
          }
        : { ticket: `A${n}`, service: 'cash', action: 'hold' },
    priority: 4,
    ackWithinMs: 10_000,
    startWithinMs: 10_000,
    runWithinMs: 60_000,
    start: true,
    sentAt: Date.now(),
  }
  return { topic: topics.task(branchId, device ?? ticketMachine), payload: JSON.stringify(message) }
}

const commit = () => {
  const batch = waiting
  waiting = []
  const lines: string[] = []
  const tasks: { topic: string; payload: string }[] = []
  for (const { arrival } of batch) {
    const payload = arrival.payload.toString()
    lines.push(payload)
    if (!arrival.topic.endsWith('visitor.detected') || payload.includes('"track"')) continue
    const task = taskFor(payload)
    tasks.push(task)
    lines.push(task.payload)
  }
  writeSync(file, `${lines.join('\n')}\n`)
  fsyncSync(file)
  for (const { resolve } of batch) resolve()
  for (const { topic, payload } of tasks) void broker.publish(topic, payload, { qos: 1, retain: false })
}

await broker.start({
  onArrival: (arrival) => {
    if (!arrival.topic.includes('/event/')) return Promise.resolve()
    return new Promise((resolve) => {
      waiting.push({ arrival, resolve })
      if (waiting.length === 1) clock.soon(commit)
    })
  },
  onConnected: () => undefined,
  onDisconnected: () => undefined,
  onListening: () => undefined,
})
process.send?.({ port: broker.ports().plaintext, started: {} })
const end = async () => {
  await broker.stop()
  closeSync(file)
  process.exit(0)
}
process.once('SIGTERM', () => void end())
process.once('disconnect', () => process.exit(0))
