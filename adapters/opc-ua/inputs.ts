/** The variables of one device: what they mean for its state, and what is told when they change. */
import type { EventData, EventName } from '#protocol/events.ts'
import type { DeviceHandle, JsonObject } from '../sdk/adapter.ts'
import type { DeviceConfig, Input } from './config.ts'
import { judge, judgeAlarm, type Reading } from './reading.ts'

export interface Inputs {
  hear(index: number, reading: Reading): void
  /** The server is gone: nothing is known any more. */
  forget(): void
}

interface Kept {
  readonly input: Input
  reading: Reading | undefined
  /** What it was when it was last known, however long ago. */
  last: boolean | undefined
  /** What it is now. */
  now: boolean | undefined
  told: string | undefined
}

const nameOf = (input: Input): string => {
  if (input.name !== undefined) return input.name
  if (input.as === 'alarm') return `${input.alarm}-contact`
  return input.as === 'health' ? input.reason : input.as
}

export const createInputs = (
  device: Pick<DeviceHandle, 'emit' | 'state'>,
  inputs: DeviceConfig['inputs'],
): Inputs => new DeviceInputs(device, inputs)

class DeviceInputs implements Inputs {
  readonly #device: Pick<DeviceHandle, 'emit' | 'state'>
  readonly #kept: readonly Kept[]
  #isDue = false

  constructor(device: Pick<DeviceHandle, 'emit' | 'state'>, inputs: DeviceConfig['inputs']) {
    this.#device = device
    this.#kept = inputs.map((input) => ({
      input,
      reading: undefined,
      last: undefined,
      now: undefined,
      told: undefined,
    }))
  }

  hear(index: number, reading: Reading) {
    const kept = this.#kept[index]
    if (kept === undefined) return
    this.#take(kept, reading)
    this.#tellSoon()
  }

  forget() {
    for (const kept of this.#kept) this.#take(kept, undefined)
    this.#tellSoon()
  }

  /** Values that come together are told together. */
  #tellSoon() {
    if (this.#isDue) return
    this.#isDue = true
    queueMicrotask(() => {
      this.#isDue = false
      this.#tellState()
    })
  }

  #take(kept: Kept, reading: Reading | undefined) {
    const { input } = kept
    kept.reading = reading
    if (input.as === 'value') {
      kept.now = reading?.quality === 'good' && reading.value !== undefined ? true : undefined
      this.#tellValue(kept, input)
      return
    }
    const { now, last } = kept
    kept.now = input.as === 'alarm' ? judgeAlarm(reading, input.when) : judge(reading, input.when)
    if (kept.now !== undefined) kept.last = kept.now
    if (input.as === 'alarm') this.#tellAlarm(input, kept, last)
    // Only what was seen to begin: who held the button while the line was down is not known.
    if (input.as === 'event' && kept.now === true && now === false) this.#emit(input.event, input.data)
  }

  /** One that was raised stays raised until it is known to be over. */
  #tellAlarm({ alarm, zone }: Extract<Input, { as: 'alarm' }>, { now }: Kept, last: boolean | undefined) {
    if (now === true && last !== true)
      this.#device.emit('alarm.raised', { alarm, ...(zone !== undefined && { zone }) })
    if (now === false && last === true) this.#device.emit('alarm.cleared', { alarm })
  }

  #tellValue(kept: Kept, { event, values }: Extract<Input, { as: 'value' }>) {
    const { reading, now } = kept
    if (now === undefined && kept.told === undefined) return
    const word = values?.[String(reading?.value)] ?? reading?.value ?? null
    const data: JsonObject =
      now === undefined ? { value: null, quality: 'unknown' } : { value: word, quality: 'good' }
    const told = JSON.stringify(data)
    if (told === kept.told) return
    kept.told = told
    this.#emit(event, data)
  }

  /** Checked against the contract when the configuration was read. */
  #emit(event: string, data: JsonObject) {
    this.#device.emit(event as EventName, data as EventData<EventName>)
  }

  #tellState() {
    if (this.#kept.length === 0) return
    const reasons: { readonly reason: string; readonly level: 'degraded' | 'faulted' }[] = []
    for (const { input, now } of this.#kept) {
      // A fire that nobody would be told of is a device out of order, not a smaller trouble.
      if (now === undefined)
        reasons.push({
          reason: `${nameOf(input)}-unknown`,
          level: input.as === 'alarm' ? 'faulted' : 'degraded',
        })
      else if (input.as === 'health' && now) reasons.push({ reason: input.reason, level: input.level })
    }
    const isFaulted = reasons.some(({ level }) => level === 'faulted')
    const level = isFaulted ? 'faulted' : reasons.length > 0 ? 'degraded' : 'ok'
    const of = (as: Input['as']) => this.#kept.filter(({ input }) => input.as === as)
    const blocked = of('blocked')
    const holding = [...blocked, ...of('unwilling')]
    this.#device.state({
      health: { level, reasons: [...new Set(reasons.map(({ reason }) => reason))].slice(0, 16) },
      // Not known whether it is free: then it is taken for blocked, and nobody is sent there.
      ...(holding.length > 0 && { willing: holding.every(({ now }) => now === false) }),
      ...(blocked.length > 0 && { blocked: blocked.some(({ now }) => now !== false) }),
    })
  }
}
