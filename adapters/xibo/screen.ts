/** One screen of the branch, which is a display group of the CMS: looked at now and then, and told to the hub as it is. */
import type { DeviceHandle } from '../sdk/adapter.ts'
import { DeviceUnreachable } from '../sdk/errors.ts'
import type { Cms } from './cms/cms.ts'
import type { CmsTime } from './cms/cms-time.ts'
import type { CmsTrouble } from './cms/trouble.ts'
import type { XiboConfig } from './config.ts'
import { conditionOf } from './mishap.ts'
import { type Sight, sightOf } from './sight.ts'

export interface ScreenParts {
  readonly device: DeviceHandle
  readonly displayGroupId: number
  readonly cms: Cms
  readonly time: CmsTime
  readonly config: XiboConfig
  /** Aborted when the adapter ends. */
  readonly signal: AbortSignal
}

export class Screen {
  readonly device: DeviceHandle
  readonly displayGroupId: number
  readonly #parts: ScreenParts
  #sight: Sight | undefined
  #looking: Promise<Sight> | undefined

  constructor(parts: ScreenParts) {
    this.#parts = parts
    this.device = parts.device
    this.displayGroupId = parts.displayGroupId
  }

  /** As it was seen last. */
  sight = (): Sight | undefined => this.#sight

  /** Asks the CMS; whoever asks meanwhile gets the same answer, so nobody's impatience ends it. @throws CmsTrouble */
  look(): Promise<Sight> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined
    })
    return this.#looking
  }

  /** The CMS itself is in trouble, so nothing is known of the displays. */
  lost(trouble: CmsTrouble) {
    this.#sight = undefined
    this.#tell({ level: 'faulted', reasons: [conditionOf(trouble)] })
  }

  /** @throws DeviceUnreachable: the reason why it could show nothing. */
  assertThere() {
    const health = this.#sight?.health
    if (health !== undefined && health.level !== 'faulted') return
    const code = health?.reasons[0] ?? 'cms-unreachable'
    throw new DeviceUnreachable('No display of this screen is there.', { code, begun: false })
  }

  async #look() {
    const { cms, time, config, signal } = this.#parts
    const rows = await cms.displays(this.displayGroupId, { withinMs: config.answerMs, signal })
    const sight = sightOf(rows, { at: cms.now(), time, silentAfterMs: config.silentAfterMs })
    this.#sight = sight
    this.#tell(sight.health)
    return sight
  }

  #tell(health: Sight['health']) {
    this.device.fault(health.level === 'faulted' ? health.reasons[0] : undefined)
    this.device.state({
      health:
        health.level === 'degraded' ? { level: 'degraded', reasons: [...health.reasons] } : { level: 'ok' },
    })
  }
}
