/** What the hub sets a screen to, in its config message. What does not fit is left as it was, and told. */
import { z } from '#adapters/sdk/browser.ts'
import { type DeviceConfig } from '#protocol/messages.ts'
import { Programme } from '#protocol/programme.ts'
import type { Health } from './health.ts'

export type Theme = 'light' | 'dark' | 'auto'

export interface SettingsParts {
  readonly health: Health
  readonly onProgramme: (programme: Programme) => void
  /** 0: without sound; undefined: it is not set. */
  readonly onVolume: (percent: number | undefined) => void
  readonly onTheme: (theme: Theme) => void
  readonly onMode: (mode: DeviceConfig['mode']) => void
}

const Volume = z.number().min(0).max(100).optional()
const Theme = z.enum(['light', 'dark', 'auto']).default('auto')

export const takeSettings = ({ mode, settings }: DeviceConfig, parts: SettingsParts): void => {
  const take = <T>(name: string, schema: z.ZodType<T>, apply: (value: T) => void) => {
    const parsed = schema.safeParse(settings[name])
    parts.health.set('bad-setting', !parsed.success, name)
    if (parsed.success) apply(parsed.data)
  }
  parts.onMode(mode)
  take('programme', Programme.optional(), (programme) => {
    if (programme !== undefined) parts.onProgramme(programme)
  })
  take('volume', Volume, parts.onVolume)
  take('theme', Theme, parts.onTheme)
}
