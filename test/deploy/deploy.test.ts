/** Deploying while the branch runs: what comes in force, what becomes of running work, what is refused, and what stays. */
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { recordedLibrary } from '#hub/deploy/recorded-library.ts'
import type { DeployedFlow } from '#hub/engine/deployed.ts'
import { deployedFlows } from '#hub/engine/deployed.ts'
import { digestOf, readEntry, replay } from '#hub/engine/replay.ts'
import { defaultSettings } from '#hub/engine/settings.ts'
import { createMemoryStore } from '#hub/store/memory-store.ts'
import { smallFlow } from '../engine/support.ts'
import { branchName } from '../sim/branch.ts'
import { type BellParts, bellFlow } from './folders.ts'
import { type DeployLab, openDeployLab } from './lab.ts'

let lab: DeployLab
beforeEach(async () => {
  lab = await openDeployLab({ limits: { withinMs: 30_000, memoryMb: 128 } })
})
afterEach(() => lab.end())

const files = (parts: BellParts = {}) => ({ 'flow.ts': bellFlow(parts) })
const deploy = (parts: BellParts = {}, wish: { running?: 'finish'; revision?: number } = {}) =>
  lab.deployer().deploy(files(parts), { by: 'head-office', ...wish })
const refusal = (made: Promise<unknown>) =>
  made.then(
    () => 'deployed',
    (error: { code: string }) => error.code,
  )
const row = () => deployedFlows(lab.engine().state.meta)['bell'] as DeployedFlow
const instances = () =>
  Object.fromEntries(
    lab
      .engine()
      .state.instances.values()
      .map(({ key, version, parked }) => [key, parked === null ? version : 'parked']),
  )
const codes = () => lab.decisions.map(({ code }) => code)
const head = () => lab.engine().position().seq

const migrated =
  'migrations: { 1: (old) => old, 2: (old) => old }, migrationsDown: { 2: (old) => old, 3: (old) => old },'
const finishing = "running: 'finish',"

/** Whoever was asked takes the call of this device to its end. */
const answer = async (device: string) => {
  for (const status of ['accepted', 'done'] as const) {
    const open = lab
      .engine()
      .state.tasks.values()
      .find(({ instance }) => instance === `bell/${device}`)
    if (open === undefined) throw new Error(`no call of ${device}`)
    const by = (open.attempts.at(-1)?.member ?? '').replace('person/', '')
    const command = { name: 'task.report', task: open.id, by, status, note: null } as const
    await lab.engine().submit({ body: { kind: 'command', command } })
  }
}

describe('a new flow', () => {
  it('runs from the next commit on, is kept under its digest, and is there after a restart', async () => {
    await lab.ring('kiosk-1')
    expect(instances()).toEqual({})
    const made = await deploy()
    expect(made).toMatchObject({ flow: 'bell', version: 1, from: null, instances: {} })
    await lab.ring('kiosk-1')
    expect(instances()).toEqual({ 'kiosk-1': 1 })
    const folder = join(lab.data, 'flows', made.digest ?? '')
    expect(readdirSync(folder)).toEqual(['flow.ts'])
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(statSync(join(folder, 'flow.ts')).mode & 0o777).toBe(0o600)
    const entry = (await createMemoryStore({ disk: lab.disk }).entries(branchName, { from: 1 })).findLast(
      ({ kind }) => kind === 'deploy',
    )
    expect(JSON.parse(entry?.body ?? '')).toMatchObject({
      body: { flow: 'bell', version: 1, digest: made.digest, running: 'migrate', by: 'head-office' },
    })
    await lab.restart()
    expect(instances()).toEqual({ 'kiosk-1': 1 })
    await lab.ring('kiosk-2')
    expect(instances()).toEqual({ 'kiosk-1': 1, 'kiosk-2': 1 })
    await answer('kiosk-1')
    expect(instances()).toEqual({ 'kiosk-2': 1 })
  })

  it('is there after a restart too where its copy was lost or changed: the state has another', async () => {
    const { digest } = await deploy()
    const folder = join(lab.data, 'flows', digest ?? '')
    for (const spoil of [
      () => rmSync(folder, { recursive: true }),
      () => writeFileSync(join(folder, 'flow.ts'), 'export const nothing = 1'),
    ]) {
      spoil()
      await lab.restart()
      expect(lab.missing).toEqual([])
      expect(lab.engine().flows.get('bell')?.version).toBe(1)
    }
  })

  it('that throws parks its instance, and no other is touched', async () => {
    const waiting = `{
      entry: wish((step) => { if (step.context.key === 'kiosk-2') throw new Error('planted'); return call(step) }),
      on: { 'task.*': 'over' },
      after: { patience: 'over' },
    }`
    await deploy({ waiting })
    await lab.ring('kiosk-2')
    await lab.ring('kiosk-1')
    expect(instances()).toEqual({ 'kiosk-1': 1, 'kiosk-2': 'parked' })
    expect(codes()).toContain('instance.parked')
  })
})

/** Hears the bell again while it waits. */
const waitingAndCounting = `{
  entry: wish(call),
  on: {
    'help.requested': { actions: 'count' },
    'task.*': { guard: ({ event }) => event.type !== 'task.accepted' && event.type !== 'task.started', target: 'over' },
  },
  after: { patience: 'over' },
}`

it('touches no running work of another flow, not by a byte', async () => {
  await lab.end()
  lab = await openDeployLab({ shipped: [smallFlow()] })
  await lab.ring('kiosk-1')
  const small = () => {
    const { instances: all, timers } = lab.engine().state
    return [all.get('small/kiosk-1'), timers.values().filter(({ owner }) => owner === 'small/kiosk-1')]
  }
  const before = small()
  expect(before[1]).toHaveLength(1)
  await deploy()
  await deploy({ version: 2, more: migrated })
  await lab.deployer().rollback('bell', { by: 'head-office' })
  expect(small()).toEqual(before)
})

describe('another version', () => {
  it('takes over what runs where it brings a migration, and goes back by the way down', async () => {
    await deploy()
    await lab.ring('kiosk-1')
    const made = await deploy({ version: 2, more: migrated })
    expect(made).toMatchObject({ from: 1, version: 2, running: 'migrate', instances: { 2: 1 } })
    expect(codes()).toContain('instance.migrated')
    await lab.ring('kiosk-2')
    expect(instances()).toEqual({ 'kiosk-1': 2, 'kiosk-2': 2 })
    const back = await lab.deployer().rollback('bell', { by: 'head-office' })
    expect(back).toMatchObject({ from: 2, version: 1, instances: { 1: 2 } })
    await lab.restart()
    await answer('kiosk-1')
    expect(instances()).toEqual({ 'kiosk-2': 1 })
    expect(lab.engine().flows.lines.map(({ version }) => version)).toEqual([1])
    // And forth again: the same number with the same content is the same version.
    expect(await deploy({ version: 2, more: migrated })).toMatchObject({ instances: { 2: 1 } })
  })

  it('leaves what runs to finish where it says so: both live until the last is through', async () => {
    await deploy({ waiting: waitingAndCounting })
    await lab.ring('kiosk-1')
    await deploy({ version: 2, more: finishing })
    await lab.ring('kiosk-2')
    expect(instances()).toEqual({ 'kiosk-1': 1, 'kiosk-2': 2 })
    expect(row().finishing.map(({ version }) => version)).toEqual([1])
    await lab.restart()
    expect(lab.engine().flows.lines.map(({ version }) => version)).toEqual([2, 1])
    // A fact for the older one is heard by the older one, and starts no second.
    await lab.ring('kiosk-1')
    expect(instances()).toEqual({ 'kiosk-1': 1, 'kiosk-2': 2 })
    const { snapshot = '' } = lab.engine().state.instances.get('bell/kiosk-1') ?? {}
    expect(JSON.parse(snapshot)).toMatchObject({ context: { calls: 2 } })
    await answer('kiosk-1')
    expect(row().finishing).toEqual([])
    expect(codes()).toContain('flow.version-ended')
    expect(lab.engine().flows.lines.map(({ version }) => version)).toEqual([2])
    expect(lab.library().get(row().former[0]?.digest ?? '')).toBeUndefined()
    await lab.ring('kiosk-1')
    expect(instances()).toEqual({ 'kiosk-1': 2, 'kiosk-2': 2 })
    const back = await lab.deployer().rollback('bell', { by: 'head-office' })
    expect(back).toMatchObject({ version: 1, running: 'finish', instances: { 2: 2 } })
  })

  it('keeps what a manager has set, but for what it does not know', async () => {
    await deploy()
    const set = (policy: Record<string, unknown>) =>
      lab.engine().submit({
        body: {
          kind: 'command',
          command: { name: 'flow.set', flow: 'bell', autonomy: null, policy, revision: 0, by: 'mei' },
        },
      })
    await set({ patienceMs: 5_000 })
    const inForce = () => {
      const { flows, state } = lab.engine()
      const flow = flows.get('bell')
      const setting = state.flowSettings.get('bell')
      return flow && setting && flows.policy(flow, setting)
    }
    expect(inForce()).toEqual({ patienceMs: 5_000 })
    const text = bellFlow({ version: 2, more: finishing }).replace(
      'patienceMs: setting(',
      "loud: setting(z.boolean().default(true), 'Loud', '大声'),\n  patienceMs: setting(",
    )
    await lab.deployer().deploy({ 'flow.ts': text }, { by: 'head-office' })
    expect(inForce()).toEqual({ loud: true, patienceMs: 5_000 })
    const narrow = bellFlow({ version: 3, more: finishing }).replace(
      'span(1_000, 600_000)',
      'span(30_000, 600_000)',
    )
    await lab.deployer().deploy({ 'flow.ts': narrow }, { by: 'head-office' })
    expect(inForce()).toEqual({ patienceMs: 60_000 })
    expect(lab.decisions.find(({ code }) => code === 'policy.not-carried')?.params).toEqual({
      settings: 'patienceMs',
    })
  })

  it('is what a replay of the journal decides with, byte for byte', async () => {
    await deploy()
    await lab.ring('kiosk-1')
    await deploy({ version: 2, more: finishing })
    await lab.ring('kiosk-2')
    await answer('kiosk-1')
    const stored = await createMemoryStore({ disk: lab.disk }).entries(branchName, { from: 1 })
    const entries = stored.flatMap((one) => readEntry(one) ?? [])
    const library = await recordedLibrary({ bodies: entries.map(({ body }) => body) })
    const again = replay({ flows: [], library, settings: defaultSettings }, entries)
    expect(digestOf(again)).toBe(digestOf(lab.engine().rows))
  })
})

describe('is refused, and changes nothing', () => {
  it('what is not sound, not new, not loadable, or cannot go on with what runs', async () => {
    await deploy({ version: 2 })
    await lab.ring('kiosk-1')
    const before = { seq: head(), row: row() }
    const cases: readonly (readonly [BellParts, string])[] = [
      [{ version: 2, more: ' ' }, 'flow.version-taken'],
      [{ version: 1 }, 'flow.version-not-higher'],
      [{ version: 2 }, 'flow.version-not-higher'],
      [{ version: 3 }, 'flow.no-migration'],
      [{ version: 3, more: finishing, waiting: '{ entry: wish(call) }' }, 'flow.unsound'],
      [{ version: 3, before: 'throw new Error()\n' }, 'flow.broken'],
      [{ version: 3, before: "import 'node:fs'\n" }, 'flow.import'],
    ]
    for (const [parts, code] of cases) expect(await refusal(deploy(parts)), code).toBe(code)
    expect(await refusal(lab.deployer().deploy({ 'machine.ts': '' }, { by: 'mei' }))).toBe('flow.folder')
    expect(await refusal(lab.deployer().rollback('bell', { by: 'mei' }))).toBe('flow.no-former')
    expect(await refusal(lab.deployer().rollback('gong', { by: 'mei' }))).toBe('flow.no-former')
    expect({ seq: head(), row: row() }).toEqual(before)
    expect(lab.bugs).toEqual([])
    // What runs may be left to finish instead.
    expect(await deploy({ version: 3 }, { running: 'finish' })).toMatchObject({ instances: { 2: 1 } })
    // The way back has no migration either.
    await lab.ring('kiosk-2')
    expect(await refusal(lab.deployer().rollback('bell', { by: 'mei' }))).toBe('flow.no-migration')
    expect(await lab.deployer().rollback('bell', { by: 'mei', running: 'finish' })).toMatchObject({
      version: 2,
      instances: { 2: 1, 3: 1 },
    })
  })

  it('the second of two deployers at once', async () => {
    await deploy()
    const both = await Promise.all([
      refusal(deploy({ version: 2, more: finishing })),
      refusal(deploy({ version: 3, more: finishing })),
    ])
    expect(both.toSorted()).toEqual(['config.conflict', 'deployed'])
    // However late the second is checked: the version that overtook it is not what it is told of.
    expect(await refusal(deploy({ version: 2, more: finishing }, { revision: 1 }))).toBe('config.conflict')
    expect(await refusal(deploy({ version: 4, more: finishing }, { revision: 1 }))).toBe('config.conflict')
    expect(row().revision).toBe(2)
  })
})
