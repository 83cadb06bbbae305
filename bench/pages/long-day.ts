/** What changes in a branch in the course of a day, step by step and without end: people, tasks, alerts, queues, batteries. */
import type { LiveVisit } from '#protocol/desk/live/lobby-rows.ts'
import type { LiveChanges, LiveRow, LiveRows } from '#protocol/desk/live/tables.ts'
import type { LiveTask } from '#protocol/desk/live/work-rows.ts'

/** As often as the hub tells at most. */
export const stepMs = 100
const every = (step: number, ms: number) => step % Math.round(ms / stepMs) === 0

/** The hub's own bound. */
const endedMax = 200
const visitMs = 600_000
const taskEveryMs = 5_000
const taskMs = 20_000
const alertEveryMs = 120_000

const service = (waiting: number, at: number): LiveRow<'services'> => ({
  id: 'cash',
  title: { zh: '个人现金', en: 'Personal cash' },
  selfService: true,
  waiting: { value: waiting, at, staleAt: at + 60_000 },
  longestWaitMs: { value: waiting * 90_000, at, staleAt: at + 60_000 },
  announcedWaitMs: { value: waiting * 80_000, at, staleAt: null },
  announcedBy: 'hub',
  countersOpen: null,
  serviceMs: 300_000,
  waitError: null,
})

const alertRow = (id: string, at: number, clearedAt: number | null): LiveRow<'alerts'> => ({
  id,
  key: `device-lost:${id}`,
  priority: 'high',
  code: 'device-lost',
  params: { device: 'robot-001' },
  flow: 'device-care',
  since: at,
  lastAt: at,
  count: 1,
  claimedBy: null,
  claimedAt: null,
  acknowledgedBy: null,
  shelved: null,
  turnOf: null,
  clearedAt,
  clearedBy: null,
})

export interface LongDay {
  /** @param at hub time of this step */
  next(step: number, at: number): LiveChanges
}

export const createLongDay = (rows: LiveRows): LongDay => {
  const [someone] = rows.visits
  const [guide] = rows.tasks
  const { devices } = rows
  if (someone === undefined || guide === undefined) throw new Error('A day needs people and work.')
  const inside: string[] = rows.visits.map(({ id }) => id)
  const running: LiveTask[] = []
  const ended: string[] = []
  const visitEveryMs = visitMs / inside.length
  return {
    next(step, at) {
      const changes: LiveChanges = {}
      if (every(step, visitEveryMs)) {
        const visit: LiveVisit = {
          ...someone,
          id: `visit-s${step}`,
          tracks: [`camera-001/s${step}`],
          since: at,
        }
        inside.push(visit.id)
        changes.visits = { put: [visit], drop: inside.splice(0, 1) }
      }
      if (every(step, taskEveryMs)) {
        const task: LiveTask = {
          ...guide,
          id: `task-s${step}`,
          createdAt: at,
          startedAt: at,
          dueAt: at + taskMs,
          subject: { visit: inside.at(-1) ?? '' },
        }
        running.push(task)
        const over = running
          .splice(0, Math.max(0, running.length - taskMs / taskEveryMs))
          .map((one): LiveTask => ({ ...one, phase: 'done', endedAt: at, dueAt: null }))
        ended.push(...over.map(({ id }) => id))
        const drop = ended.splice(0, Math.max(0, ended.length - endedMax))
        changes.tasks = { put: [task, ...over], drop }
      }
      if (every(step, alertEveryMs)) {
        const count = step / Math.round(alertEveryMs / stepMs)
        const before = alertRow(`alert-${count - 1}`, at - alertEveryMs, at)
        changes.alerts = { put: [alertRow(`alert-${count}`, at, null), before], drop: [`alert-${count - 6}`] }
      }
      if (every(step, 3_000)) changes.services = { put: [service(3 + (step % 11), at)], drop: [] }
      const device = devices[step % devices.length]
      if (device !== undefined)
        changes.devices = {
          put: [{ ...device, battery: { percent: step % 100, charging: false } }],
          drop: [],
        }
      return changes
    },
  }
}
