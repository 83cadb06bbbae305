import { describe, expect, it } from 'vitest'
import { emergency } from '#flows/emergency/flow.ts'
import { alarm, begins, calm, ends, stopped } from '#flows/emergency/samples.ts'
import { describeFlow } from '../kit/describe-flow.ts'
import { runFlow } from '../kit/run-flow.ts'
import { emergencyProof } from './proof.ts'

describeFlow(emergency, emergencyProof)

const refsOf = (tasks: readonly { readonly ref: string }[]) => tasks.map((task) => task.ref).toSorted()

describe('emergency', () => {
  it('cancels the others, shows the way out, wipes kiosks, and sends robots where they are in nobody’s way', () => {
    const run = runFlow(emergency, { key: 'branch', rows: alarm })
    run.tell(begins)
    expect(run.intents[0]).toEqual({ type: 'cancel-others', reason: 'emergency' })
    expect(refsOf(run.tasks)).toEqual(['leave-robot-1', 'leave-robot-2', 'show-kiosk-1', 'show-screen-1'])
    const byRef = new Map(run.tasks.map((task) => [task.ref, task]))
    expect(byRef.get('show-kiosk-1')?.command['wipe']).toBe(true)
    expect(byRef.get('show-screen-1')?.command).toMatchObject({
      content: { template: 'emergency', words: [{ language: 'zh' }, { language: 'en' }] },
    })
    expect(byRef.get('leave-robot-1')?.command['to']).toEqual({ place: 'rest-1', zone: 'hall' })
    expect(byRef.get('leave-robot-2')?.command['to']).toEqual({ place: 'charger-1', zone: 'hall' })
    expect(run.tasks.every((task) => task.priority === 9)).toBe(true)
  })

  it('moves nothing while movement is stopped, says so, and moves when it may', () => {
    const run = runFlow(emergency, { key: 'branch', rows: stopped })
    run.tell(begins)
    expect(refsOf(run.tasks)).toEqual(['show-kiosk-1', 'show-screen-1'])
    expect(run.intents).toContainEqual({ type: 'pass', because: { code: 'movement-stopped' }, subject: {} })
    run.set(alarm)
    expect(run.tell({ type: 'movement.changed', stopped: false, by: 'ann' })).toHaveLength(2)
  })

  it('tries again whom it could not reach, but not what a person cancelled', () => {
    const run = runFlow(emergency, { key: 'branch', rows: alarm })
    run.tell(begins)
    run.tell({ type: 'task.failed', ref: 'show-screen-1', task: 't1', member: null, reason: 'lost' })
    run.tell({ type: 'task.cancelled', ref: 'show-kiosk-1', task: 't2', reason: 'by-person' })
    run.tell({
      type: 'task.done',
      ref: 'leave-robot-1',
      task: 't3',
      member: 'robot-1',
      result: { arrived: true },
    })
    expect(refsOf(run.wait(5_000).filter((intent) => intent.type === 'task'))).toEqual(['show-screen-1'])
    expect(run.wait(60_000)).toEqual([])
  })

  it('ends by hand only, and releases the screens', () => {
    const run = runFlow(emergency, { key: 'branch', rows: alarm })
    run.tell(begins)
    run.wait(3_600_000)
    expect(run.state).toBe('leading')
    run.set(calm)
    expect(run.tell(ends)).toEqual([
      ...['leave-robot-1', 'leave-robot-2', 'show-kiosk-1', 'show-screen-1'].map((ref) => ({
        type: 'cancel',
        ref,
        reason: 'emergency-ended',
      })),
      { type: 'alert.clear', key: 'emergency:branch:mode' },
    ])
    expect(run.ended).toBe(true)
  })

  it('does nothing in any other mode, and runs in all of them', () => {
    const run = runFlow(emergency, { key: 'branch', rows: calm })
    run.tell({ type: 'mode.changed', mode: 'closing', was: 'open', by: 'calendar' })
    expect(run.intents).toEqual([])
    expect(run.ended).toBe(true)
    expect(emergency.pausable).toBe(false)
    expect(new Set(Object.values(emergency.modes))).toEqual(new Set(['run']))
  })
})
