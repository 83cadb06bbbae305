/** One source, heard message by message, with what came out of it. */
import { PeopleSensingConfig, type Source } from '#adapters/people-sensing/config.ts'
import { createHearing } from '#adapters/people-sensing/hearing.ts'
import type { SensedEvent, VendorMessage } from '#adapters/people-sensing/translators/outcome.ts'

export const settingsWith = (...sources: readonly object[]): PeopleSensingConfig =>
  PeopleSensingConfig.parse({
    broker: { url: 'mqtt://127.0.0.1:1' },
    http: { port: 0 },
    sources,
  })

export const sourceOf = (source: object): Source => {
  const [first] = settingsWith(source).sources
  if (first === undefined) throw new Error('there is a source')
  return first
}

export const now = Date.UTC(2026, 10, 22, 9, 0, 0)
export const staleAfterMs = 600_000

export const listenTo = (config: object, start = now) => {
  const hearing = createHearing(sourceOf(config), staleAfterMs)
  let at = start
  const troubles: Record<string, number> = {}
  return {
    troubles,
    at: () => at,
    pass: (ms: number) => {
      at += ms
    },
    hear(topic: string, payload: unknown, more: Partial<VendorMessage> = {}): SensedEvent[] {
      const outcome = hearing.hear({
        at,
        topic,
        payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
        retained: false,
        again: false,
        ...more,
      })
      for (const { code, times = 1 } of outcome.troubles) troubles[code] = (troubles[code] ?? 0) + times
      return [...outcome.events]
    },
    fitness(topic: string, payload: string, more: Partial<VendorMessage> = {}) {
      return hearing.hear({ at, topic, payload, retained: false, again: false, ...more }).fitness ?? []
    },
  }
}
