/**
 * The file of an expert desk that serves many branches: who can be called, and how. It has no lobby. Inside it is a branch file
 * without one, so that whatever keeps, shows and replays a branch does the same for a desk.
 */
import { z } from 'zod'
import { ExpertDesk } from '#protocol/calls/expert-desk.ts'
import { Id, Language } from '#protocol/ids.ts'
import { Title } from '#protocol/plan.ts'
import type { BranchFile } from './file.ts'

const Written = z.strictObject({
  desk: Id,
  title: Title,
  timeZone: z.string().default('Asia/Shanghai'),
  languages: z.array(Language).min(1).default(['zh', 'en']),
  experts: ExpertDesk,
})

export const DeskFile = Written.transform(
  ({ desk, ...rest }): BranchFile => ({
    ...rest,
    branch: desk,
    role: 'desk',
    mode: 'open',
    calendar: { week: {}, days: {} },
    quiet: [],
    zones: [],
    places: [],
    services: [],
    counters: [],
    devices: [],
    staff: [],
    campaigns: [],
    flows: {},
  }),
)

export const isDeskFile = (written: unknown): boolean =>
  typeof written === 'object' && written !== null && 'desk' in written
