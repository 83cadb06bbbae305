/** The machine's clock steps by an hour and by ten years, there and back, under a working branch. */
import { globSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { members } from '../crash/branch.ts'
import { judge } from '../crash/judge.ts'
import { startLoad } from '../crash/load.ts'
import { startStaff } from '../crash/staff.ts'
import { createDice } from '../sim/chance.ts'
import { createStage, type Stage, until } from './stage.ts'

const [library] = globSync('/usr/lib/*/faketime/libfaketimeMT.so.1')
const hourS = 3_600
const tenYearsS = 10 * 365 * 24 * hourS

let stage: Stage
beforeEach(async () => {
  stage = await createStage()
})
afterEach(() => stage.end())

it('loses no task and does nothing twice', { timeout: 240_000 }, async (context) => {
  if (library === undefined) return context.skip('install libfaketime: it steps the clock')
  const file = join(stage.folder, 'clock')
  const step = (seconds: number) => writeFileSync(file, `${seconds < 0 ? '' : '+'}${seconds}\n`)
  const env = {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_NO_CACHE: '1',
    // Only the wall clock steps; an operating system's monotonic clock does not.
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    DONT_FAKE_MONOTONIC: '1',
  }
  step(0)
  let hub = await stage.start({ env })
  const fleet = await stage.devices(
    members.map(({ behaviour, ...member }) => ({ ...member, behaviour: { ...behaviour, dies: undefined } })),
  )
  const staff = startStaff(stage.socket)
  const load = startLoad(fleet, createDice('clock'))
  try {
    for (const seconds of [hourS, 0, tenYearsS, 0, tenYearsS]) {
      const acts = count(fleet)
      await until(() => acts() > 30)
      step(seconds)
    }
    const late = count(fleet)
    await until(() => late() > 30)
    hub.kill()
    await hub.exited
    // Ten years behind its last entry.
    step(0)
    hub = await stage.start({ env })
    const again = count(fleet)
    await until(() => again() > 30)
    await load.end()
  } finally {
    load.stop()
  }
  await until(async () => (await staff.openTasks())?.length === 0, 60_000)
  staff.stop()
  await fleet.stop()
  hub.kill('SIGTERM')
  expect(await hub.exited).toMatchObject({ code: 0 })
  const evidence = { ...(await stage.evidence()), answered: staff.answered }
  expect(judge(evidence)).toEqual([])
  const steps = evidence.entries.flatMap(({ body }) =>
    body.kind === 'clock' ? [Math.round(body.stepMs / 1_000 / hourS)] : [],
  )
  const tenYearsH = tenYearsS / hourS
  expect(steps).toEqual(expect.arrayContaining([1, -1, tenYearsH, -tenYearsH]))
  expect(evidence.entries.every(({ at }, index, all) => at >= (all[index - 1]?.at ?? 0))).toBe(true)
})

/** @returns how often a device has acted or been acknowledged since. */
const count = (fleet: Awaited<ReturnType<Stage['devices']>>) => {
  let acts = 0
  for (const device of fleet.devices()) device.listen(() => (acts += 1))
  return () => acts
}
