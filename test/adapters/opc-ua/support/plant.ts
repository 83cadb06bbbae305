/** The simulated plant as a process of its own, and what happens there. */
import { join } from 'node:path'
import { vi } from 'vitest'
import type { OpcUaConfig } from '#adapters/opc-ua/config.ts'
import { startAdapterProcess } from '../../sdk/support/process.ts'

const program = join(import.meta.dirname, '../../../../adapters/opc-ua/simulator/main.ts')

type Given<T> = T extends readonly (infer One)[]
  ? Given<One>[]
  : T extends object
    ? { [K in keyof T]?: Given<T[K]> }
    : T

export interface PlantConfig {
  readonly servers: [Given<OpcUaConfig['servers'][number]> & { url: string; devices: Record<string, object> }]
}

export interface PlantNews {
  readonly calls: readonly string[]
  readonly jobs: Readonly<Record<string, string>>
  readonly sessions: number
  readonly error?: string
}

export const startPlant = async (environment: Readonly<Record<string, string>> = {}) => {
  const child = startAdapterProcess([program], environment)
  const ready = (await vi.waitFor(
    () => {
      const line = child.lines().find((one) => one['ready'] === true)
      if (line === undefined) throw new Error('the plant is not ready')
      return line
    },
    { timeout: 45_000, interval: 50 },
  )) as unknown as { config: PlantConfig; simulation: string }
  return {
    /** A copy that may be changed. */
    config: () => structuredClone(ready.config),
    async wish(wish: object = {}): Promise<PlantNews> {
      const answer = await fetch(ready.simulation, { method: 'POST', body: JSON.stringify(wish) })
      const news = (await answer.json()) as PlantNews
      if (news.error !== undefined) throw new Error(news.error)
      return news
    },
    async stop() {
      child.kill('SIGTERM')
      await child.ended
    },
  }
}
export type StartedPlant = Awaited<ReturnType<typeof startPlant>>
