/** A backup is restored while the devices hold newer work; and the hub starts after old bodies were erased. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isFinal } from '#hub/dispatch/life.ts'
import type { TaskRow } from '#hub/dispatch/rows.ts'
import { openControl } from '#hub/ops/control.ts'
import { createDurableStore } from '#hub/store/durable-store.ts'
import { restore } from '#hub/store/restore.ts'
import {
  acknowledged,
  attemptsBegunTwice,
  greetedTwice,
  promotedAtOnce,
  tasksBegunTwice,
} from '#simulators/devices/oracle.ts'
import type { Fleet, Member } from '#simulators/fleet.ts'
import { branchName, members } from '../crash/branch.ts'
import type { Evidence } from '../crash/evidence.ts'
import { judge } from '../crash/judge.ts'
import { startLoad } from '../crash/load.ts'
import { type Staff, startStaff } from '../crash/staff.ts'
import { createDice } from '../sim/chance.ts'
import { createStage, type Stage, until } from './stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await createStage()
})
afterEach(() => stage.end())

/** Slow to answer, so that at any moment some tasks are offered and not yet begun. */
const hesitant: readonly Member[] = members.map(({ id, kind }) => ({
  id,
  kind,
  behaviour: { pace: 0.05, slow: { answerMs: 400 }, immediate: false },
}))

const begunBy = (fleet: Fleet): ReadonlySet<string> => {
  const tasks = new Set<string>()
  for (const device of fleet.devices())
    device.listen((entry) => {
      if (entry.kind === 'begun') tasks.add(entry.task)
    })
  return tasks
}

const counting = (fleet: Fleet, kind: string) => {
  let seen = 0
  for (const device of fleet.devices())
    device.listen((entry) => {
      if (entry.kind === kind) seen += 1
    })
  return () => seen
}

/** @returns the tasks that it holds as offered and not yet begun. */
const backUp = async (file: string): Promise<readonly string[]> => {
  const hub = await openControl(stage.socket)
  await hub.request('store.backup', { file })
  hub.close()
  const copy = new DatabaseSync(file, { readOnly: true })
  try {
    return copy
      .prepare("SELECT body FROM state_row WHERE name = 'tasks'")
      .all()
      .map(({ body }) => JSON.parse(String(body)) as TaskRow)
      .filter(({ phase }) => phase === 'offered' || phase === 'accepted')
      .map(({ id }) => id)
  } finally {
    copy.close()
  }
}

/** Every task comes to an end, also those that were begun before and of which no word will come any more. */
const ended = (staff: Staff) => until(async () => (await staff.openTasks())?.length === 0, 60_000)

const nothingTwice = ({ logs }: Evidence) => [
  ...greetedTwice(logs),
  ...attemptsBegunTwice(logs),
  ...tasksBegunTwice(logs),
  ...promotedAtOnce(logs),
]

/** Acknowledged events; the devices share our clock. */
const eventsSince = ({ logs }: Evidence, since: number) =>
  acknowledged(logs).filter(({ at, topic }) => at > since && topic.includes('/event/'))

const isLost = ({ entries }: Evidence, { device, boot, n }: { device: string; boot: string; n: number }) =>
  !entries.some(
    ({ body, numbering }) =>
      'device' in body && body.device === device && numbering?.boot === boot && numbering.n === n,
  )

describe('a restored backup', { timeout: 180_000 }, () => {
  it('takes what the devices still hold as news, repeats nothing, and keeps its chain', async () => {
    let hub = await stage.start()
    const fleet = await stage.devices(hesitant)
    const begun = counting(fleet, 'begun')
    const tasks = begunBy(fleet)
    const load = startLoad(fleet, createDice('restore'))
    const staff = startStaff(stage.socket)
    let restoredAt = 0
    try {
      await until(() => begun() > 5)
      // What is only offered in the backup is then begun and done.
      let file = ''
      let backups = 0
      await until(async () => {
        backups += 1
        file = join(stage.folder, `backup-${backups}.db`)
        const offered = await backUp(file)
        const before = begun()
        await until(() => begun() > before + 10)
        return offered.filter((task) => tasks.has(task)).length > 1
      }, 40_000)
      hub.kill()
      await hub.exited
      const { heads } = restore({ from: file, directory: stage.data, now: Date.now(), force: true })
      expect(heads[0]?.epoch).toBeGreaterThan(1)
      restoredAt = Date.now()
      hub = await stage.start()
      const after = begun()
      await until(() => begun() > after + 5)
      await load.end()
    } finally {
      load.stop()
    }
    await ended(staff)
    staff.stop()
    await fleet.stop()
    hub.kill('SIGTERM')
    await hub.exited
    const evidence = await stage.evidence()
    expect(nothingTwice(evidence)).toEqual([])
    expect(evidence.verdict.ok).toBe(true)
    expect(evidence.tasks.filter(({ phase }) => !isFinal(phase))).toEqual([])
    const unknown = evidence.tasks.filter(({ endReason }) => endReason === 'restored')
    const done = new Set(evidence.logs.flatMap((line) => (line.kind === 'begun' ? [line.task] : [])))
    // The backup fell between an offer and its beginning; otherwise this shows nothing.
    expect(unknown.some(({ id, phase }) => phase === 'unknown' && done.has(id))).toBe(true)
    const sinceThen = eventsSince(evidence, restoredAt)
    expect(sinceThen.length).toBeGreaterThan(20)
    expect(sinceThen.filter((event) => isLost(evidence, event))).toEqual([])
  })
})

describe('a start after retention has erased old bodies', { timeout: 180_000 }, () => {
  it('goes on where it was: nothing twice, nothing dropped, the chain holds', async () => {
    const daysMs = 86_400_000
    let hub = await stage.start()
    const fleet = await stage.devices(hesitant)
    const staff = startStaff(stage.socket)
    const begun = counting(fleet, 'begun')
    let startedAt = 0
    let before: Evidence | undefined
    const load = startLoad(fleet, createDice('retention'))
    try {
      await until(() => begun() > 5)
      hub.kill()
      await hub.exited
      before = await stage.evidence()
      const store = createDurableStore({ directory: stage.data })
      try {
        const { seq } = await store.open(branchName)
        await store.checkpoint(branchName)
        await store.retain(branchName, Date.now() + 9 * daysMs)
        const verdict = await store.verify(branchName)
        expect(verdict).toMatchObject({ ok: true, entries: seq })
        expect(verdict.erased).toBeGreaterThan(50)
      } finally {
        await store.close()
      }
      startedAt = Date.now()
      hub = await stage.start()
      const already = begun()
      await until(() => begun() > already + 5)
      await load.end()
    } finally {
      load.stop()
    }
    await ended(staff)
    staff.stop()
    await fleet.stop()
    hub.kill('SIGTERM')
    await hub.exited
    const evidence = await stage.evidence()
    // What is erased cannot be looked up; what came after that can. One whose acknowledgement the kill swallowed was
    // committed before, and is acknowledged when it is sent again.
    const sinceThen = eventsSince(evidence, startedAt)
    expect(sinceThen.length).toBeGreaterThan(20)
    const wasThere = (event: (typeof sinceThen)[number]) => before !== undefined && !isLost(before, event)
    expect(sinceThen.filter((event) => isLost(evidence, event) && !wasThere(event))).toEqual([])
    const broken = judge(evidence).filter(({ promise }) => promise !== 'an acknowledged message was lost')
    expect(broken).toEqual([])
    expect(evidence.verdict.ok).toBe(true)
    expect(evidence.verdict.erased).toBeGreaterThan(50)
  })
})
