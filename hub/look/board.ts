/** What the lobby may know: how long each queue is and who is called. A value past its age is not told at all. */
import type { Board } from '#protocol/board.ts'
import { UsherError } from '#protocol/errors.ts'
import { minuteMs } from '#protocol/local-time.ts'
import { fresh } from '#protocol/model.ts'
import { countersWorking } from '#protocol/queues.ts'
import { fileOf } from '../branch/rows.ts'
import { createView } from '../branch/view.ts'
import type { LookParts } from './parts.ts'

/** As many as a board has lines for. */
const calledMax = 12

/** @throws UsherError `branch.no-file` */
export const readBoard = ({ engine, branch }: Pick<LookParts, 'engine' | 'branch'>): Promise<Board> =>
  engine.read((state, at) => {
    const file = fileOf(state)
    if (file === undefined) throw new UsherError('branch.no-file')
    const view = createView(state, at)
    const called = view
      .tickets()
      .flatMap(({ id, state: now, counter, calledAt }) =>
        now === 'called' && counter !== null && calledAt !== null ? [{ ticket: id, counter, calledAt }] : [],
      )
      .toSorted((one, other) => other.calledAt - one.calledAt)
    return {
      branch,
      title: file.title,
      timeZone: file.timeZone,
      languages: [...file.languages],
      at: Math.floor(at / minuteMs) * minuteMs,
      mode: view.branch.mode,
      services: view.services().map((service) => ({
        id: service.id,
        title: { ...service.title },
        waiting: fresh(service.waiting, at) ?? null,
        announcedWaitMs: fresh(service.announcedWaitMs, at) ?? null,
        selfService: service.selfService,
        countersOpen: countersWorking(view, service.id),
      })),
      called: called.slice(0, calledMax),
    }
  })
