import { describe, expect, it } from 'vitest'
import type { AnyFlow, StoredInstance } from '#flows/define.ts'
import { digestOf, readEntry, replay } from '#hub/engine/replay.ts'
import { defaultSettings } from '#hub/engine/settings.ts'
import { createMemoryStore } from '#hub/store/memory-store.ts'
import { branchName } from '../sim/branch.ts'
import { type Lab, openLab, smallFlow } from './support.ts'

const help = (lab: Lab, device: string) => lab.event(device, 'help.requested', { zone: 'kiosks' })
const done = (lab: Lab) => lab.decisions.filter((record) => record.code === 'done')
const instances = (lab: Lab) => lab.engine().state.instances.values()

describe('a waiting instance', () => {
  it('is there after a kill, and its delay fires when it is due', async () => {
    const lab = await openLab([smallFlow()])
    await help(lab, 'kiosk-1')
    await lab.wait(4_000)
    await lab.reopen([smallFlow()])
    expect(instances(lab)).toHaveLength(1)
    await lab.wait(5_900)
    expect(done(lab)).toHaveLength(0)
    await lab.wait(200)
    expect(done(lab)).toHaveLength(1)
    expect(instances(lab)).toHaveLength(0)
    expect(
      lab
        .engine()
        .state.timers.values()
        .filter((timer) => timer.owner.startsWith('small/')),
    ).toEqual([])
  })

  it('gets what came due while the hub was down right after the start', async () => {
    const lab = await openLab([smallFlow()])
    await help(lab, 'kiosk-1')
    await lab.wait(60_000)
    await lab.reopen([smallFlow()])
    await lab.wait(10)
    expect(done(lab)).toHaveLength(1)
  })

  it('gains the reconnect grace where its delay waits for a device or a person, and only there', async () => {
    for (const [gracedDelays, graced] of [
      [['patience'], true],
      [[], false],
    ] as const) {
      const lab = await openLab([smallFlow({ gracedDelays })])
      await help(lab, 'kiosk-1')
      await lab.wait(9_000)
      await lab.reopen([smallFlow({ gracedDelays })])
      await lab.wait(2_000)
      expect(done(lab)).toHaveLength(graced ? 0 : 1)
      await lab.wait(defaultSettings.reconnectGraceMs)
      expect(done(lab)).toHaveLength(1)
    }
  })
})

describe('an event that an instance has no use for', () => {
  it('makes no view of the branch and leaves its row as it was', async () => {
    let views = 0
    const flow: AnyFlow = {
      ...smallFlow(),
      listens: ['help.requested', 'zone.counted'],
      key: (event) => (event.type === 'zone.counted' ? 'kiosk-1' : smallFlow().key(event)),
      view: () => {
        views += 1
        return {}
      },
    }
    const lab = await openLab([flow])
    await help(lab, 'kiosk-1')
    const [row] = instances(lab)
    expect(await lab.event('camera-1', 'zone.count', { zone: 'kiosks', count: 3 })).toMatchObject({})
    expect(lab.decisions.filter(({ code }) => code === 'parked')).toEqual([])
    expect(instances(lab)[0]).toBe(row)
    await help(lab, 'kiosk-1')
    expect(instances(lab)[0]).not.toBe(row)
    expect(views).toBe(0)
  })
})

describe('a flow that throws', () => {
  it('parks its instance with the reason; the others and the batch go on', async () => {
    const lab = await openLab([smallFlow({ throwsAt: 'kiosk-1' })])
    await help(lab, 'kiosk-1')
    await help(lab, 'kiosk-2')
    expect(instances(lab).map((row) => [row.key, row.parked])).toEqual([
      ['kiosk-1', 'Error: planted'],
      ['kiosk-2', null],
    ])
    expect(lab.bugs).toEqual([])
    await help(lab, 'kiosk-1')
    await lab.wait(11_000)
    expect(done(lab).map((record) => record.device)).toEqual(['kiosk-2'])
  })

  it('is given another chance by a version that the instance has not met', async () => {
    const lab = await openLab([smallFlow({ throwsAt: 'kiosk-1' })])
    await help(lab, 'kiosk-1')
    await lab.reopen([smallFlow({ version: 2, migrations: { 1: (old) => old } })])
    expect(instances(lab)[0]).toMatchObject({ parked: null, version: 2 })
  })
})

describe('a changed flow', () => {
  const renamed = { version: 2, waiting: 'listening' }

  it('parks an instance of an older version it has no migration for', async () => {
    const lab = await openLab([smallFlow()])
    await help(lab, 'kiosk-1')
    await lab.reopen([smallFlow({ version: 2 })])
    expect(instances(lab)[0]?.parked).toContain('no migration from version 1 to 2')
    expect(lab.decisions.some((record) => record.code === 'instance.parked')).toBe(true)
  })

  it('refuses a migration that names an unknown state', async () => {
    const lab = await openLab([smallFlow()])
    await help(lab, 'kiosk-1')
    await lab.reopen([smallFlow({ ...renamed, migrations: { 1: (old) => old } })])
    expect(instances(lab)[0]?.parked).toContain('cannot be opened')
  })

  it('refuses a migration that leaves a timer the new state does not accept', async () => {
    const lab = await openLab([smallFlow()])
    await help(lab, 'kiosk-1')
    await lab.reopen([
      smallFlow({
        ...renamed,
        migrations: { 1: (old) => ({ ...old, snapshot: { ...old.snapshot, value: 'listening' } }) },
      }),
    ])
    expect(instances(lab)[0]?.parked).toContain('does not accept the timer xstate.after.patience')
  })

  it('parks what a migration gives up or throws at, and nothing else', async () => {
    const migrations = {
      1: (old: StoredInstance) => {
        if ((old.snapshot.context as { key: string }).key === 'kiosk-1') return undefined
        throw new Error('planted')
      },
    }
    const lab = await openLab([smallFlow()])
    await help(lab, 'kiosk-1')
    await help(lab, 'kiosk-2')
    await lab.reopen([smallFlow({ version: 2, migrations })])
    expect(instances(lab).map((row) => row.parked)).toEqual([
      'the migration from version 1 gives it up',
      'its migration cannot be opened: planted',
    ])
    expect(lab.bugs).toEqual([])
  })

  it('goes on where snapshot and timers are brought along', async () => {
    const lab = await openLab([smallFlow()])
    await help(lab, 'kiosk-1')
    await lab.wait(3_000)
    const name = 'xstate.after.patience.small.listening'
    await lab.reopen([
      smallFlow({
        ...renamed,
        migrations: {
          1: (old) => ({
            snapshot: { ...old.snapshot, value: 'listening' },
            timers: old.timers.map((timer) => ({ ...timer, name, event: { type: name } })),
            tasks: old.tasks,
          }),
        },
      }),
    ])
    expect(instances(lab)[0]).toMatchObject({ parked: null, version: 2 })
    await lab.wait(7_100)
    expect(done(lab)).toHaveLength(1)
  })

  it('leaves an instance of a flow that is no longer shipped parked and reported', async () => {
    const lab = await openLab([smallFlow()])
    await help(lab, 'kiosk-1')
    await lab.reopen([])
    expect(instances(lab)[0]?.parked).toContain('no longer shipped')
  })
})

describe('a flow that is switched off', () => {
  const alarming = () =>
    smallFlow({
      wants: () => [{ type: 'alert', key: 'k', priority: 'low', because: { code: 'c' }, subject: {} }],
    })
  const set = (lab: Lab, autonomy: 'off' | 'automatic', revision: number) =>
    lab.send({
      kind: 'command',
      command: { name: 'flow.set', flow: 'small', autonomy, policy: null, revision, by: 'mei' },
    })

  it('begins no instance', async () => {
    const lab = await openLab([alarming()])
    await set(lab, 'off', 0)
    await help(lab, 'kiosk-1')
    expect(instances(lab)).toEqual([])
    await set(lab, 'automatic', 1)
    await help(lab, 'kiosk-1')
    expect(lab.engine().state.alerts.size).toBe(1)
  })
})

describe('the journal', () => {
  it('gives the same bytes when it is decided again', async () => {
    const flows = [smallFlow()]
    const lab = await openLab(flows)
    await help(lab, 'kiosk-1')
    await lab.wait(3_000)
    await lab.reopen(flows)
    await help(lab, 'kiosk-2')
    await lab.wait(70_000)
    const store = createMemoryStore({ disk: lab.disk })
    const entries = (await store.entries(branchName, { from: 1 })).flatMap((row) => readEntry(row) ?? [])
    const rows = replay({ flows, settings: defaultSettings }, entries)
    expect(digestOf(rows)).toBe(digestOf(lab.engine().rows))
  })

  it('can be decided again from a checkpoint', async () => {
    const flows = [smallFlow()]
    const lab = await openLab(flows)
    await help(lab, 'kiosk-1')
    const store = createMemoryStore({ disk: lab.disk })
    const { seq } = await store.checkpoint(branchName)
    await help(lab, 'kiosk-2')
    await lab.wait(30_000)
    const checkpoint = await store.loadCheckpoint(branchName, seq)
    const entries = (await store.entries(branchName, { from: seq + 1 })).flatMap(
      (row) => readEntry(row) ?? [],
    )
    const from = checkpoint?.tables
    const rows = replay({ flows, settings: defaultSettings, ...(from && { from }) }, entries)
    expect(digestOf(rows)).toBe(digestOf(lab.engine().rows))
  })

  it('says whether a start is the first, a restart, or one after a restore', async () => {
    const lab = await openLab([smallFlow()])
    expect(lab.engine().state.meta.get('start')).toMatchObject({ reason: 'first' })
    await lab.reopen([smallFlow()])
    expect(lab.engine().state.meta.get('start')).toMatchObject({ reason: 'restart' })
    await createMemoryStore({ disk: lab.disk }).raiseEpoch(branchName)
    await lab.reopen([smallFlow()])
    expect(lab.engine().state.meta.get('start')).toMatchObject({ reason: 'restore' })
  })
})

describe('what happened once', () => {
  it('stays claimed while anybody can come back to the visit, and leaves memory with its last trace', async () => {
    const claim = smallFlow({
      wants: () => {
        return [
          { type: 'claim', claim: { key: `greet:visit:${visit}`, kind: 'once' }, because: { code: 'c' } },
        ]
      },
    })
    let visit = ''
    const lab = await openLab([claim])
    await lab.event('camera-1', 'visitor.detected', { zone: 'entrance', track: 't1', direction: 'in' })
    visit = lab.engine().state.visits.keys()[0] ?? ''
    await help(lab, 'kiosk-1')
    expect(lab.engine().state.claims.has(`greet:visit:${visit}`)).toBe(true)
    await lab.wait(3_600_000)
    expect(lab.engine().state.visits.has(visit)).toBe(false)
    expect(lab.engine().state.claims.has(`greet:visit:${visit}`)).toBe(true)
    await lab.wait(86_400_000)
    expect(lab.engine().state.claims.has(`greet:visit:${visit}`)).toBe(false)
  })
})
