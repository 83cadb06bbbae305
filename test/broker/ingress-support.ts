/** An ingress with a clock that stands, and everything it said and did. */
import { createIngress, type IngressParts } from '#hub/broker/ingress.ts'
import { type BrokerLimits, brokerLimits } from '#hub/broker/limits.ts'
import type { Input } from '#hub/engine/entry.ts'
import { createManualClock } from './manual-clock.ts'

export const buildIngress = (
  options: {
    limits?: Partial<BrokerLimits>
    submit?: IngressParts['submit']
    enrol?: IngressParts['enrol']
    heartbeatMs?: number
  } = {},
) => {
  const clock = createManualClock()
  const inputs: Input[] = []
  const published: { topic: string; payload: Record<string, unknown> }[] = []
  const counts = new Map<string, number>()
  const disconnected: string[] = []
  const streams: unknown[] = []
  const arrive = createIngress({
    branch: 'b1',
    clock,
    limits: brokerLimits(options.limits),
    metrics: { count: (code) => void counts.set(code, (counts.get(code) ?? 0) + 1) },
    broker: {
      publish: (topic, payload) => {
        published.push({ topic, payload: JSON.parse(payload) as Record<string, unknown> })
        return Promise.resolve()
      },
      disconnect: (device) => void disconnected.push(device),
    },
    submit: (input) => {
      inputs.push(input)
      return options.submit?.(input) ?? Promise.resolve()
    },
    enrol: options.enrol ?? (() => Promise.resolve(undefined)),
    ...(options.heartbeatMs !== undefined && { heartbeatMs: () => options.heartbeatMs ?? null }),
    onStream: (device, name, data) => streams.push([device, name, data]),
  })
  const send = (
    rest: string,
    payload: unknown,
    more: { qos?: 0 | 1; retain?: boolean; device?: string } = {},
  ) => {
    const device = more.device ?? 'cam1'
    const bytes = Buffer.isBuffer(payload)
      ? payload
      : Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload))
    return arrive({
      device,
      topic: `usher/v1/b1/${device}/${rest}`,
      payload: bytes,
      qos: more.qos ?? 1,
      retain: more.retain ?? false,
    })
  }
  const errors = () =>
    published.filter(({ topic }) => topic.endsWith('/error')).map(({ payload }) => payload['code'])
  const acks = () => published.filter(({ topic }) => topic.endsWith('/ack')).map(({ payload }) => payload)
  return { arrive, send, inputs, published, counts, disconnected, streams, clock, errors, acks }
}

export const count = { zone: 'entrance', count: 3 }
