/** The client processes of one contestant: its devices, and a sender for each run. */
import { screens, ticketMachine } from '../branch.ts'
import { nowMs } from '../clock.ts'
import { firstMessage, startNode, stopChild } from '../contestants/contestant.ts'
import { type Load, makesTask } from '../loads.ts'
import type { Collected, DevicesAnswer, DevicesOrder, Sent } from './orders.ts'

export interface Run {
  readonly sent: Sent
  /** Milliseconds from each detection to its task, in order; empty when some never came. */
  readonly latencies: readonly number[]
  readonly expected: number
  readonly arrived: number
  readonly repeated: number
  /** From the last event to the last task and the last acknowledgement. */
  readonly backlogMs: number
}

export interface Crew {
  run(order: { load: Load; perSecond: number; count: number; patienceMs: number }): Promise<Run>
  stop(): Promise<void>
}

const tasksIn = (load: Load, count: number) => {
  let tasks = 0
  for (let index = 0; index < count; index++) if (makesTask(load, index)) tasks += 1
  return tasks
}

export const startDevices = async (port: number, devices: readonly string[], states = false) => {
  const child = startNode('clients/devices.main.ts')
  const ask = <T extends DevicesAnswer>(order: DevicesOrder): Promise<T> => {
    const answer = firstMessage<T>(child)
    child.send(order)
    return answer
  }
  await ask({ do: 'connect', port, devices, states })
  return { ask, stop: () => stopChild(child) }
}

const judge = (sent: Sent, { arrivals, repeated }: Collected): Run => {
  const expected = sent.detections.length
  const whole = arrivals.length === expected
  return {
    sent,
    latencies: whole ? arrivals.map((atMs, index) => atMs - (sent.detections[index] ?? Number.NaN)) : [],
    expected,
    arrived: arrivals.length,
    repeated,
    backlogMs: Math.max(sent.settledMs, ...arrivals.slice(-1_000)) - sent.endMs,
  }
}

export const startCrew = async (port: number): Promise<Crew> => {
  const devices = await startDevices(port, [...screens, ticketMachine])
  return {
    run: async ({ load, perSecond, count, patienceMs }) => {
      await devices.ask({ do: 'begin' })
      const sender = startNode('clients/sender.main.ts')
      const outcome = firstMessage<Sent>(sender)
      sender.send({ port, load, perSecond, count, patienceMs })
      const sent = await outcome
      const untilMs = Math.max(nowMs(), sent.endMs + patienceMs)
      const { collected } = await devices.ask<{ collected: Collected }>({
        do: 'collect',
        count: sent.whole ? tasksIn(load, count) : 0,
        untilMs,
      })
      return judge(sent, collected)
    },
    stop: () => devices.stop(),
  }
}
