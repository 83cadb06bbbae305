/** What was refused is journalled by code, once a minute at most, and only what a device did wrong. */
import { describe, expect, it } from 'vitest'
import { tallyRefusals } from '#hub/broker/refusal-tally.ts'
import type { Input } from '#hub/engine/entry.ts'
import { createTestClock } from '../support/clock.ts'

const tally = (submit: (input: Input) => Promise<unknown> = () => Promise.resolve()) => {
  const clock = createTestClock()
  const submitted: Input['body'][] = []
  const counted: string[] = []
  const metrics = tallyRefusals({
    clock,
    metrics: { count: (code, device) => void counted.push(`${code} ${device}`) },
    submit: (input) => {
      submitted.push(input.body)
      return submit(input)
    },
  })
  return { clock, metrics, submitted, counted }
}

describe('the tally of refusals', () => {
  it('becomes one entry a minute for each device, however many there were', () => {
    const { clock, metrics, submitted, counted } = tally()
    for (let count = 0; count < 500; count++) metrics.count('payload.invalid', 'robot-1')
    metrics.count('topic.foreign', 'robot-1')
    metrics.count('payload.not-json', 'camera-1')
    clock.advance(59_999)
    expect(submitted).toEqual([])
    clock.advance(1)
    expect(submitted).toEqual([
      { kind: 'refused', device: 'robot-1', counts: { 'payload.invalid': 500, 'topic.foreign': 1 } },
      { kind: 'refused', device: 'camera-1', counts: { 'payload.not-json': 1 } },
    ])
    expect(counted).toHaveLength(502)
    metrics.count('payload.invalid', 'robot-1')
    clock.advance(60_000)
    expect(submitted.at(-1)).toEqual({ kind: 'refused', device: 'robot-1', counts: { 'payload.invalid': 1 } })
    expect(clock.pending()).toBe(0)
  })

  it('leaves out what is nobody’s message, or follows from others', () => {
    const { clock, metrics, submitted, counted } = tally()
    for (const code of [
      'connect.claim',
      'message.unnumbered',
      'telemetry.dropped',
      'payload.too-many-bad',
    ] as const)
      metrics.count(code, 'robot-1')
    metrics.count('packet.malformed', null)
    clock.advance(120_000)
    expect(submitted).toEqual([])
    expect(counted).toHaveLength(5)
  })

  it('does not fail with a hub that takes nothing', async () => {
    const { clock, metrics, submitted } = tally(() => Promise.reject(new Error('full')))
    metrics.count('payload.invalid', 'robot-1')
    clock.advance(60_000)
    await Promise.resolve()
    expect(submitted).toHaveLength(1)
  })
})
