/**
 * What a device does without being asked (a greeting of its own, adverts of its own). The hub does the same, so it has
 * what can be switched off switched off; until that has really happened, the device says that it is not in order.
 */
import type { DeviceConfig } from '#protocol/messages.ts'
import type { BuiltInName, DeviceSide } from './adapter.ts'
import type { Condition } from './condition.ts'
import type { Life } from './life.ts'
import type { Log } from './ports.ts'

const retryMs = 10_000
const names: readonly BuiltInName[] = ['greet', 'promote']

export interface BuiltIns {
  /** The hub's wish, or the device, is new. */
  obey(side: DeviceSide | undefined, config: DeviceConfig | undefined): void
}

export const createBuiltIns = (parts: { life: Life; log: Log; condition: Condition }): BuiltIns => {
  const { life, log, condition } = parts
  const done = new Map<BuiltInName, boolean>()
  let turn = 0
  let known: DeviceSide | undefined

  const switchOne = async (side: DeviceSide, name: BuiltInName, wish: { on: boolean; turn: number }) => {
    const how = side.builtIn?.[name]
    if (typeof how !== 'function' || wish.turn !== turn || life.ended()) return
    const reason = `own-${name}-not-switched`
    try {
      await how(wish.on)
      done.set(name, wish.on)
      condition.because(reason, undefined)
    } catch (error) {
      condition.because(reason, 'degraded')
      log.error('a behaviour of its own could not be switched', { behaviour: name, error: String(error) })
      life.after(retryMs, () => void switchOne(side, name, wish))
    }
  }
  return {
    obey(side, config) {
      turn += 1
      if (side !== known) done.clear()
      known = side
      if (side === undefined || config === undefined) return
      for (const name of names) {
        const wished = config.builtIn[name]
        const on = wished === 'on'
        if (wished !== undefined && done.get(name) !== on) void switchOne(side, name, { on, turn })
      }
    },
  }
}
