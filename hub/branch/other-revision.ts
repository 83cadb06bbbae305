/** Somebody else was faster: said alike wherever something is changed that was read before. */
import { detail } from '#protocol/desk/details.ts'
import { UsherError } from '#protocol/errors.ts'

export const otherRevision = (named: number, current: number): UsherError =>
  new UsherError('config.conflict', `You named revision ${named}; in force is ${current}.`, {
    details: [detail('other-revision', { named, current })],
  })

export const conflict = (named: number, current: number): UsherError | undefined =>
  named === current ? undefined : otherRevision(named, current)
