/** A flow changes while a robot is carrying out its task: the real hub on a real disk, stopped and started anew. */
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { AnyFlow } from '#flows/define.ts'
import { systemClock } from '#hub/engine/hub-time.ts'
import { type Hub, startHub } from '#hub/main.ts'
import { loadHubConfig } from '#hub/ops/config.ts'
import type { Intent } from '#protocol/intents.ts'
import { attemptsBegunTwice, tasksBegunTwice, tasksDone } from '#simulators/devices/oracle.ts'
import { createFleet, type Fleet } from '#simulators/fleet.ts'
import { branchName } from '../crash/branch.ts'
import { readLogs } from '../crash/evidence.ts'
import { type SmallFlow, smallFlow } from '../engine/support.ts'
import { createStage, type Stage, until } from './stage.ts'

let stage: Stage
let fleet: Fleet
let hub: Hub

const open = async (flow: AnyFlow) => {
  hub = await startHub({
    config: loadHubConfig(stage.config),
    flows: [flow],
    versions: { hub: 'test', xstate: 'test' },
    clock: systemClock(),
    log: pino({ level: 'silent' }),
    onFatal: (error) => {
      throw error
    },
  })
}

beforeEach(async () => {
  // The branch file sets flows that are not shipped here.
  stage = await createStage({ flows: {} })
})
afterEach(async () => {
  await fleet.stop()
  await hub.stop()
  await stage.end()
})

const announce: Intent = {
  type: 'task',
  ref: 'say',
  capability: 'announce',
  command: { at: { zone: 'entrance' }, words: [{ language: 'en', text: 'A colleague is on the way.' }] },
  subject: { device: 'kiosk-1' },
  who: { members: 'devices' },
  priority: 6,
  claims: [],
  ackWithinMs: 5_000,
  startWithinMs: 5_000,
  runWithinMs: 20_000,
  expiresInMs: 20_000,
  attemptsMax: 2,
  because: { code: 'help-asked' },
}

const asking = (rest: SmallFlow = {}) => smallFlow({ wants: () => [announce], ...rest })

/** @returns once the robot speaks for the first version. */
const begin = async () => {
  await open(asking())
  fleet = createFleet({
    branch: branchName,
    broker: `mqtt://127.0.0.1:${stage.ports.mqtt}`,
    seed: 1,
    inProcess: true,
    members: [
      { id: 'robot-1', kind: 'robot', behaviour: { pace: 0.1, slow: { actMs: 1_500 } } },
      { id: 'kiosk-1', kind: 'kiosk' },
    ],
    logFolder: join(stage.folder, 'logs'),
    retryMs: 50,
  })
  let began = false
  fleet.device('robot-1')?.listen(({ kind }) => {
    began ||= kind === 'begun'
  })
  fleet.start()
  await until(() => hub.engine.state.devices.get('robot-1')?.link === 'online')
  fleet.device('kiosk-1')?.sense('help.requested', { zone: 'kiosks' })
  await until(() => began)
}

const codes = async () => (await hub.store.decisions(branchName, {})).map(({ record }) => record.code)
/** Between two commits: what is still being committed may not be in the store yet. */
const ended = () => until(async () => (await hub.engine.read(({ tasks }) => tasks.size)) === 0)

const nothingTwice = async () => {
  const logs = readLogs(join(stage.folder, 'logs'))
  expect([...attemptsBegunTwice(logs), ...tasksBegunTwice(logs)]).toEqual([])
  expect(tasksDone(logs)).toHaveLength(1)
  expect(await hub.store.verify(branchName)).toMatchObject({ ok: true })
}

it('with a migration, the new version hears the end of the task by its new name', async () => {
  await begin()
  await hub.stop()
  const rename: NonNullable<SmallFlow['migrations']> = {
    1: (old) => ({ ...old, tasks: old.tasks.map((ref) => `${ref}-it`) }),
  }
  await open(asking({ version: 2, migrations: rename, answer: 'say-it' }))
  await ended()
  expect(await codes()).toEqual(expect.arrayContaining(['instance.migrated', 'done', 'answered']))
  await nothingTwice()
})

it('without one, the instance is parked and reported, and the task still comes to its end', async () => {
  await begin()
  await hub.stop()
  await open(asking({ version: 2 }))
  await ended()
  expect(await codes()).toEqual(expect.arrayContaining(['instance.parked', 'done', 'answer.unheard']))
  await nothingTwice()
})
