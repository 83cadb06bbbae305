/** Rows of the hub as pages see them: each as declared, and not a field more. */
import { expect, test } from 'vitest'
import { liveDevice, liveService, liveVisit, liveZone } from '#hub/desk/live/lobby-projection.ts'
import { liveAlert, liveTask } from '#hub/desk/live/work-projection.ts'
import { LiveDevice, LiveService, LiveVisit, LiveZone } from '#protocol/desk/live/lobby-rows.ts'
import { LiveAlert, LiveTask } from '#protocol/desk/live/work-rows.ts'
import type { ServiceRow } from '#protocol/model.ts'
import { alertRow, deviceRow, taskRow, visitRow } from './rows.ts'

test('what a visit remembers stays in the hub', () => {
  const row = liveVisit({ ...visitRow('v1', 0), marks: { 'diversion.refused': true } })
  expect(row).toEqual(LiveVisit.strict().parse(row))
  expect(JSON.stringify(row)).not.toContain('diversion')
})

test('who uses a kiosk is its ticket, and what a device said word for word stays in the hub', () => {
  const device = {
    ...deviceRow('kiosk-1', 0),
    state: { busy: true, note: 'whatever' },
    session: { since: 1, ticket: 'A001', service: 'cash', visit: 'v1' },
  }
  const row = liveDevice(device, null)
  expect(row).toEqual(LiveDevice.strict().parse(row))
  expect(row.session).toEqual({ since: 1, ticket: 'A001', service: 'cash' })
})

const service: ServiceRow = {
  id: 'cash',
  title: { en: 'Cash' },
  selfService: false,
  kioskMs: 1,
  serviceMs: 240_000,
  waiting: { value: 3, at: 1, staleAt: null },
  longestWaitMs: null,
  announcedWaitMs: null,
  announcedBy: null,
  countersOpen: null,
  measuredServiceMs: null,
  measuredCount: 0,
  waitError: { count: 0, sumMs: 0, sumAbsMs: 0 },
}

test('how wrong the announced waits were is a mean, and nothing before the first', () => {
  expect(liveService(service)).toMatchObject({ serviceMs: 240_000, waitError: null })
  const measured = liveService({
    ...service,
    measuredServiceMs: 200_000,
    waitError: { count: 4, sumMs: -80_000, sumAbsMs: 120_000 },
  })
  expect(LiveService.strict().parse(measured)).toMatchObject({
    serviceMs: 200_000,
    waitError: { count: 4, meanMs: -20_000, meanAbsMs: 30_000 },
  })
})

test('a zone has its corners where the branch file has them', () => {
  const zone = {
    id: 'hall',
    kind: 'waiting' as const,
    title: {},
    limit: null,
    sound: 'hall',
    keepClear: [],
    count: null,
    at: { x: 1, y: 1 },
  }
  const area = [
    { x: 0, y: 0 },
    { x: 2, y: 0 },
    { x: 2, y: 2 },
  ]
  expect(liveZone(zone)).toMatchObject({ area: null, staffOnly: false })
  expect(LiveZone.strict().parse(liveZone({ ...zone, area }))).toMatchObject({ area })
})

test('an alert of before it had a life has none', () => {
  expect(LiveAlert.strict().parse(liveAlert(alertRow('k', 1)))).toMatchObject({
    claimedAt: null,
    acknowledgedBy: null,
    shelved: null,
    turnOf: null,
    clearedBy: null,
  })
  const shelved = { by: 'li', reason: 'later', until: 7 }
  expect(liveAlert({ ...alertRow('k', 1), shelved, turnOf: 'li' })).toMatchObject({ shelved, turnOf: 'li' })
})

test('a task names who has it, when it is due, and where it leads', () => {
  const attempt = {
    number: 1,
    epoch: 1,
    member: 'robot-1',
    offeredAt: 1,
    acceptedAt: 2,
    startSentAt: 2,
    startedAt: 3,
    endedAt: null,
    end: null,
    code: null,
  }
  const open = liveTask({ ...taskRow('t1', 4), attempts: [attempt] }, 99)
  expect(LiveTask.strict().parse(open)).toMatchObject({
    member: 'robot-1',
    attempts: 1,
    acceptedAt: 2,
    startedAt: 3,
    dueAt: 99,
    to: { zone: 'counters', place: 'desk-1' },
    subject: { visit: 'v1', ticket: 'A001' },
    askedBy: null,
  })
  expect(liveTask({ ...taskRow('t1', 4), endedAt: 5 }, 99).dueAt).toBeNull()
})

test('a task that somebody asked for names him and his request, whatever his account is called', () => {
  const row = liveTask({ ...taskRow('t1', 4), instance: 'request/ms.li.tablet-abc-1.17' }, null)
  expect(LiveTask.strict().parse(row)).toMatchObject({
    askedBy: 'ms.li',
    request: 'request/ms.li.tablet-abc-1.17',
  })
})
