/**
 * Schedule criteria that are no part of showing something: set by a task of the vendor's own kind, and the mode of the
 * branch, which is renewed so that a display that was away learns of it.
 */
import { z } from 'zod'
import type { DeviceHandle, JsonObject, VendorHandler } from '../sdk/adapter.ts'
import { DeviceUnsupported } from '../sdk/errors.ts'
import type { Clock, Log } from '../sdk/ports.ts'
import type { Cms } from './cms/cms.ts'
import { CmsTrouble } from './cms/trouble.ts'
import type { XiboConfig } from './config.ts'
import { mishapOf } from './mishap.ts'
import type { Screen } from './screen.ts'

const Command = z.object({
  criteria: z
    .array(
      z.object({
        metric: z.string().min(1).max(64),
        value: z.union([z.string().min(1).max(200), z.number(), z.boolean()]).transform(String),
        ttlMs: z.int().min(1_000).max(86_400_000).optional(),
      }),
    )
    .min(1)
    .max(32),
})

const read = (command: JsonObject) => {
  const parsed = Command.safeParse(command)
  if (parsed.success) return parsed.data.criteria
  throw new DeviceUnsupported(z.prettifyError(parsed.error), { code: 'bad-command' })
}

/** @throws DeviceUnsupported */
export const considerCriteria = (command: JsonObject): void => void read(command)

/** Done when the CMS has passed it on: no display says that it has heard it. */
export const setCriteria =
  (screen: Screen, { cms, config }: { cms: Cms; config: XiboConfig }): VendorHandler =>
  async (command, { signal }) => {
    const criteria = read(command).map(({ ttlMs = config.criteriaTtlMs, ...one }) => ({ ...one, ttlMs }))
    try {
      screen.assertThere()
      await cms.criteria(screen.displayGroupId, criteria, { withinMs: config.answerMs, signal })
    } catch (error) {
      throw error instanceof CmsTrouble ? mishapOf(error) : error
    }
    return { taken: criteria.length }
  }

/** @returns ends it. */
export const keepMode = (parts: {
  readonly screen: Screen
  readonly device: DeviceHandle
  readonly cms: Cms
  readonly config: XiboConfig
  readonly clock: Clock
  readonly log: Log
}): (() => void) => {
  const { screen, device, cms, config, clock, log } = parts
  const { modeMetric, criteriaTtlMs, answerMs } = config
  if (modeMetric === undefined) return () => {}
  let isOver = false
  let isTroubled = false
  let told: string | undefined
  let stop: () => void = () => {}
  const push = async () => {
    const mode = device.config()?.mode
    if (mode === undefined || isOver) return
    try {
      await cms.criteria(screen.displayGroupId, [{ metric: modeMetric, value: mode, ttlMs: criteriaTtlMs }], {
        withinMs: answerMs,
      })
      told = mode
      isTroubled = false
    } catch (error) {
      if (!(error instanceof CmsTrouble)) throw error
      if (!isTroubled)
        log.warn('the mode could not be told to the CMS', { device: device.id, reason: error.message })
      isTroubled = true
    }
  }
  /** Twice within its time to live; sooner after a failure. */
  const renew = () => {
    stop()
    if (isOver) return
    stop = clock.after(isTroubled ? config.lookEveryMs : criteriaTtlMs / 2, () => void push().then(renew))
  }
  const endListening = device.onConfig(({ mode }) => {
    if (mode !== told) void push().then(renew)
  })
  return () => {
    isOver = true
    stop()
    endListening()
  }
}
