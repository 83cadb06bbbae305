/** Looks at all screens now and then; less often while the CMS is in trouble, with one line when it is lost and one when it is back. */
import type { Clock, Log } from '../sdk/ports.ts'
import { CmsTrouble, type TroubleKind } from './cms/trouble.ts'
import type { XiboConfig } from './config.ts'
import { conditionOf } from './mishap.ts'
import type { Screen } from './screen.ts'

const longestPauseMs = 60_000

export interface Watch {
  /** The first look at all of them. */
  begin(): Promise<void>
  end(): void
}

export const createWatch = (parts: {
  readonly screens: readonly Screen[]
  readonly config: XiboConfig
  readonly clock: Clock
  readonly log: Log
  readonly chance: () => number
}): Watch => {
  const { screens, config, clock, log, chance } = parts
  let trouble: TroubleKind | undefined
  let misses = 0
  let stop: () => void = () => {}
  let isOver = false

  const lost = (error: CmsTrouble) => {
    misses += 1
    for (const screen of screens) screen.lost(error)
    if (trouble === error.kind) return
    trouble = error.kind
    log.warn('the CMS is lost', { code: conditionOf(error), reason: error.message })
  }
  const found = () => {
    misses = 0
    if (trouble !== undefined) log.info('the CMS is back')
    trouble = undefined
  }
  const lookAtAll = async () => {
    try {
      for (const screen of screens) await screen.look()
      if (!isOver) found()
    } catch (error) {
      if (!(error instanceof CmsTrouble)) throw error
      if (!isOver) lost(error)
    }
  }
  const pauseMs = () => {
    const calm = config.lookEveryMs * 2 ** Math.min(misses, 10)
    return (
      Math.min(Math.max(longestPauseMs, config.lookEveryMs), calm) * (misses === 0 ? 1 : 1 + chance() / 4)
    )
  }
  const goOn = () => {
    if (isOver) return
    stop = clock.after(pauseMs(), () => {
      void lookAtAll().then(goOn)
    })
  }
  return {
    async begin() {
      await lookAtAll()
      if (trouble === undefined) log.info('the CMS is reached', { screens: screens.length })
      goOn()
    },
    end() {
      isOver = true
      stop()
    },
  }
}
