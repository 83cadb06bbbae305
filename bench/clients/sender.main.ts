/** One MQTT client that publishes a load evenly, in a process of its own, and says when each detection went out. */
import { setImmediate as turn } from 'node:timers/promises'
import { clientId } from '#protocol/topics.ts'
import { branchId, sensor } from '../branch.ts'
import { nowMs } from '../clock.ts'
import { firstEvents, loadEvent, makesTask } from '../loads.ts'
import type { SendOrder, Sent } from './orders.ts'
import { connectWire, type Wire } from './wire.ts'

/** The generator is behind by more than this: the machine, not the contestant, sets the rate. */
const lagMaxMs = 2_000
/** What a contestant may owe before the run is called off. */
const unacknowledgedMax = 60_000
/** Numbers of a run start here: before it came those of the first events. */
const firstNumber = 1_000

const pause = new Int32Array(new SharedArrayBuffer(4))
/** A timer of the event loop is a millisecond late; this is not. */
const sleep = (ms: number) => void Atomics.wait(pause, 0, 0, ms)

/** Resolves once nothing is owed any more, or the patience is over. */
const settled = (wire: Wire, line: SenderLine, patienceMs: number) =>
  new Promise<void>((resolve) => {
    if (wire.unacknowledged === 0) return resolve()
    const timer = setTimeout(resolve, patienceMs)
    line.acknowledged = () => {
      if (wire.unacknowledged > 0) return
      clearTimeout(timer)
      resolve()
    }
  })

interface SenderLine {
  closed: boolean
  acknowledged: () => void
}

const run = async ({ port, load, perSecond, count, patienceMs }: SendOrder): Promise<Sent> => {
  const line: SenderLine = { closed: false, acknowledged: () => undefined }
  const wire = await connectWire({
    port,
    clientId: clientId(branchId, sensor),
    onAcknowledged: () => line.acknowledged(),
    onClosed: () => {
      line.closed = true
    },
  })
  const boot = `b${process.pid}x${Math.floor(nowMs())}`
  for (const { topic, payload } of firstEvents(boot)) wire.publish(topic, payload)
  await settled(wire, line, patienceMs)
  const detections: number[] = []
  const startMs = nowMs() + 5
  const stepMs = 1_000 / perSecond
  let worstLagMs = 0
  let index = 0
  for (; index < count && !line.closed; index++) {
    const dueMs = startMs + index * stepMs
    const earlyMs = dueMs - nowMs()
    if (earlyMs > 0) sleep(earlyMs)
    const event = loadEvent(load, index, { boot, n: firstNumber + index })
    const atMs = nowMs()
    wire.publish(event.topic, event.payload)
    if (makesTask(load, index)) detections.push(atMs)
    worstLagMs = Math.max(worstLagMs, atMs - dueMs)
    // A turn of the loop takes in acknowledgements; while behind, only now and then.
    if (earlyMs > 0 || index % 16 === 0) await turn()
    if (worstLagMs > lagMaxMs || wire.unacknowledged > unacknowledgedMax) break
  }
  const endMs = nowMs()
  await settled(wire, line, patienceMs)
  const settledMs = nowMs()
  const whole = index === count && !line.closed
  const unacknowledged = wire.unacknowledged
  wire.end()
  return { whole, detections, startMs, endMs, settledMs, unacknowledged, worstLagMs }
}

const answer = (message: Sent | { readonly error: string }) => {
  process.send?.(message, undefined, undefined, () => process.disconnect?.())
}

process.once('message', (order: SendOrder) => {
  run(order).then(answer, (error: unknown) => answer({ error: String(error) }))
})
