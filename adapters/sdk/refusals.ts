/** Why an offer is not taken, in the order in which it matters: the device, the command, its other work, its own word. */
import { capabilities, isCapability } from '#protocol/capabilities.ts'
import type { DeviceConfig } from '#protocol/messages.ts'
import type { DeviceSide, JsonObject, VendorHandler } from './adapter.ts'
import type { Attempt, Offer } from './attempts.ts'
import type { Checks } from './checks.ts'
import type { Condition } from './condition.ts'
import { DeviceError } from './errors.ts'
import type { Life } from './life.ts'

/** Beside each other; beyond that even what runs beside other work is refused as busy. */
const concurrentMax = 32

export const handlerOf = (side: DeviceSide | undefined, capability: string): VendorHandler | undefined =>
  side !== undefined && Object.hasOwn(side.capabilities, capability)
    ? (side.capabilities as Readonly<Record<string, VendorHandler | undefined>>)[capability]
    : undefined

/** Whether this task would move the machine. */
export const wouldMove = (side: DeviceSide, capability: string): boolean => {
  if (!(side.moves ?? side.manifest.kind === 'robot')) return false
  return !isCapability(capability) || capabilities[capability].moves
}

/** Whether it runs beside whatever else the device does. */
export const isConcurrent = (side: DeviceSide, capability: string) =>
  (side.concurrent as readonly string[] | undefined)?.includes(capability) === true

export interface RefusalParts {
  readonly life: Life
  readonly checks: Checks
  readonly condition: Condition
  readonly side: () => DeviceSide | undefined
  readonly config: () => DeviceConfig | undefined
  readonly taken: () => readonly Attempt[]
}

export const createRefusals = (parts: RefusalParts) => (_attempt: Attempt, offer: Offer) => {
  const { checks, condition, config, taken } = parts
  const { capability } = offer
  const side = parts.side()
  if (side === undefined) return 'unreachable'
  if (handlerOf(side, capability) === undefined) return 'unsupported'
  const unfit = condition.unfit()
  if (unfit !== undefined) return unfit
  if (config()?.movement === 'stopped' && wouldMove(side, capability)) return 'movement-stopped'
  const command = checks.command(capability, offer.command)
  if ('bad' in command) return 'bad-command'
  const others = taken()
  if (others.length >= concurrentMax) return 'busy'
  const exclusive = others.some(({ about }) => !isConcurrent(side, about.capability ?? ''))
  if (exclusive && !isConcurrent(side, capability)) return 'busy'
  return side.consider === undefined ? undefined : considered(parts, side, { offer, command: command.good })
}

/** The device is asked, and has as long as the hub waits for an answer. */
const considered = async (
  { life, checks }: RefusalParts,
  side: DeviceSide,
  { offer, command }: { offer: Offer; command: JsonObject },
): Promise<string | undefined> => {
  let cancel: () => void = () => {}
  const tooLate = new Promise<string>((resolve) => {
    cancel = life.after(offer.ackWithinMs, () => resolve('unreachable'))
  })
  const asked = async (): Promise<string | undefined> => {
    try {
      await side.consider?.(offer.capability, command)
      return undefined
    } catch (error) {
      if (error instanceof DeviceError) return error.code
      checks.complain('adapter.threw', String(error), { task: offer.task })
      return 'adapter-error'
    }
  }
  const code = await Promise.race([asked(), tooLate])
  cancel()
  return code
}
