import { describe, expect, it } from 'vitest'
import type { CommittedBatch } from '#hub/engine/sequencer.ts'
import { createMeters } from '#hub/ops/meters.ts'
import { openLab, smallFlow } from '../engine/support.ts'

const open = () => {
  let now = 1_000
  const meters = createMeters('b1', () => now)
  const read = async (name: string) =>
    (await meters.metrics.registry.metrics()).split('\n').filter((line) => line.startsWith(name))
  return {
    meters,
    read,
    wait: (ms: number) => {
      now += ms
    },
  }
}

const entry = (kind: 'link' | 'start') =>
  ({ branch: 'b1', epoch: 1, seq: 1, at: 1, body: { kind } }) as unknown as CommittedBatch['entries'][number]

describe('metrics', () => {
  it('count what was committed: entries by kind, decisions by flow, tasks by how they ended', async () => {
    const { meters, read } = open()
    const ended = new Map<string, unknown>([
      ['t1', { flow: 'greeting', phase: 'done' }],
      ['t2', { flow: 'greeting', phase: 'unknown' }],
    ])
    meters.noteBatch({
      entries: [entry('link'), entry('link'), entry('start')],
      decisions: [
        { seq: 1, at: 1, record: { kind: 'pass', flow: 'greeting', code: 'x' } },
        { seq: 1, at: 1, record: { kind: 'mode', code: 'y' } },
      ],
      changes: [
        { table: 'endedTasks', rows: ended, added: new Set(ended.keys()) },
        { table: 'tasks', rows: new Map([['t3', { flow: 'greeting', phase: 'queued' }]]), added: new Set() },
      ],
    })
    expect(await read('usher_entries_total')).toEqual([
      'usher_entries_total{kind="link"} 2',
      'usher_entries_total{kind="start"} 1',
    ])
    expect(await read('usher_decisions_total')).toEqual([
      'usher_decisions_total{kind="pass",flow="greeting"} 1',
      'usher_decisions_total{kind="mode",flow=""} 1',
    ])
    expect(await read('usher_tasks_ended_total')).toEqual([
      'usher_tasks_ended_total{flow="greeting",phase="done"} 1',
      'usher_tasks_ended_total{flow="greeting",phase="unknown"} 1',
    ])
    expect(await read('usher_batch_entries_sum')).toEqual(['usher_batch_entries_sum 3'])
  })

  it('count refusals by code, repeats and bugs, and know who is connected', async () => {
    const { meters, read } = open()
    meters.broker.count('topic.foreign', null)
    meters.broker.count('topic.foreign', null)
    meters.noteRepeat()
    meters.noteBug()
    meters.noteConnection('robot-1', true)
    meters.noteConnection('robot-1', true)
    meters.noteConnection('robot-2', true)
    meters.noteConnection('robot-2', false)
    expect(await read('usher_refused_total')).toEqual(['usher_refused_total{code="topic.foreign"} 2'])
    expect(await read('usher_repeats_total')).toEqual(['usher_repeats_total 1'])
    expect(await read('usher_bugs_total')).toEqual(['usher_bugs_total 1'])
    expect(await read('usher_devices_connected')).toEqual(['usher_devices_connected 1'])
  })

  it('read the engine once it runs, and nothing before', async () => {
    const { meters, read } = open()
    expect(await read('usher_visits_open')).toEqual(['usher_visits_open 0'])
    const lab = await openLab([smallFlow()])
    meters.attach(lab.engine())
    await lab.event('camera-1', 'visitor.detected', { zone: 'entrance', track: 't1', direction: 'in' })
    expect(await read('usher_visits_open')).toEqual(['usher_visits_open 1'])
    expect(meters.health()).toMatchObject({ epoch: 1, seq: lab.engine().position().seq })
  })
})

describe('health', () => {
  it('is ok, then degraded while the disk is full, and ok again', async () => {
    const { meters, read, wait } = open()
    wait(1_500)
    expect(meters.health()).toEqual({
      status: 'ok',
      problems: [],
      connections: { mqtt: 0, mqtts: 0, ws: 0, wss: 0 },
      branch: 'b1',
      epoch: 0,
      seq: 0,
      uptimeMs: 1_500,
    })
    meters.noteFull(true)
    expect(meters.health()).toMatchObject({ status: 'degraded', problems: ['store.full'] })
    expect(await read('usher_disk_full')).toEqual(['usher_disk_full 1'])
    meters.noteFull(false)
    expect(meters.health().status).toBe('ok')
  })

  it('stays degraded after a bug, and says when the hub is stopping', () => {
    const { meters } = open()
    meters.noteBug()
    meters.noteFull(true)
    meters.noteFull(false)
    expect(meters.health()).toMatchObject({ status: 'degraded', problems: ['hub.bug'] })
    meters.noteStopping()
    expect(meters.health().status).toBe('stopping')
  })
})
