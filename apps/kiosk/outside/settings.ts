/** What the branch says about this kiosk, as it can be used: whatever is wrong in it is named, and the rest stays good. */
import type { z } from 'zod'
import { KioskService, KioskSettings } from '#protocol/kiosk-service.ts'

export interface OwnSettings {
  readonly settings: KioskSettings
  readonly forms: readonly KioskService[]
  /** false: none of it could be used. */
  readonly isReadable: boolean
  /** For staff, and as the reasons of its health. */
  readonly troubles: readonly string[]
}

const troubleIn = (where: string, { issues }: z.ZodError) =>
  issues.map(({ path, message }) => [where, ...path].join('.').concat(': ', message))

/** The whole where it can be read, else as if nothing had been said; services one by one. */
export const readSettings = (told: unknown): OwnSettings => {
  const whole = KioskSettings.safeParse(told ?? {})
  const settings = whole.data ?? KioskSettings.parse({})
  const troubles = whole.success ? [] : troubleIn('kiosk', whole.error)
  const forms = settings.services.flatMap((one, index) => {
    const form = KioskService.safeParse(one)
    if (!form.success) troubles.push(...troubleIn(`kiosk.services.${index}`, form.error))
    return form.data ?? []
  })
  const seen = new Set<string>()
  const unique = forms.filter(({ id }) => {
    if (seen.has(id)) troubles.push(`kiosk.services: there are two of the id ${id}`)
    return !seen.has(id) && seen.add(id)
  })
  return { settings, forms: unique, isReadable: whole.success, troubles }
}
