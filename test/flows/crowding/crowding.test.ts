import { describe, expect, it } from 'vitest'
import { crowding } from '#flows/crowding/flow.ts'
import { counted, hall, robotAt, stuck } from '#flows/crowding/samples.ts'
import { monday } from '#flows/samples/rows.ts'
import type { Intent } from '#protocol/intents.ts'
import { describeFlow } from '../kit/describe-flow.ts'
import { runFlow } from '../kit/run-flow.ts'
import { crowdingProof } from './proof.ts'

describeFlow(crowding, crowdingProof)

const refsOf = (intents: readonly Intent[]) =>
  intents.flatMap((intent) => (intent.type === 'task' ? [intent.ref] : [])).toSorted()

describe('crowding', () => {
  const crowded = () => {
    const run = runFlow(crowding, { key: 'zone:hall', rows: hall(21) })
    run.tell(counted(21))
    return run
  }

  it('waits for the hold, then clears robots, directs by screens and calls manager and guard', () => {
    const run = crowded()
    expect(run.wait(9_999)).toEqual([])
    const wanted = run.wait(1)
    expect(refsOf(wanted)).toEqual(['call-guard', 'call-manager', 'direct-screen-1', 'leave-robot-1'])
    expect(wanted[0]).toMatchObject({
      type: 'alert',
      priority: 'high',
      key: 'crowded:zone:hall',
      because: { params: { people: 21, limit: 20 } },
    })
    expect(run.tasks.find((task) => task.ref === 'leave-robot-1')?.command['to']).toEqual({
      place: 'rest-side',
      zone: 'side',
    })
  })

  it('does nothing for a peak shorter than the hold, or for a count nobody can trust', () => {
    const short = crowded()
    short.set(hall(20))
    short.tell(counted(20))
    expect(short.ended).toBe(true)
    const old = runFlow(crowding, { key: 'zone:hall', rows: hall(30, monday - 1) })
    old.tell(counted(30))
    expect(old.intents).toEqual([])
  })

  it('has hysteresis: it is over only well below the limit, for a while', () => {
    const run = crowded()
    run.wait(10_000)
    run.set(hall(18))
    run.tell(counted(18))
    expect(run.state).toBe('relieving.crowded')
    run.set(hall(16))
    run.tell(counted(16))
    expect(run.state).toBe('relieving.easing')
    run.set(hall(17))
    run.tell(counted(17))
    expect(run.state).toBe('relieving.crowded')
    run.set(hall(10))
    run.tell(counted(10))
    const wanted = run.wait(30_000)
    expect(wanted).toEqual([
      ...['call-guard', 'call-manager', 'direct-screen-1'].map((ref) => ({
        type: 'cancel',
        ref,
        reason: 'crowding-over',
      })),
      { type: 'alert.clear', key: 'crowded:zone:hall' },
    ])
    expect(run.ended).toBe(true)
  })

  it('ends, and says why, when the sensor falls silent', () => {
    const run = crowded()
    run.wait(10_000)
    run.set(hall(30, monday))
    run.wait(60_000)
    expect(run.ended).toBe(true)
    expect(run.intents).toContainEqual({
      type: 'pass',
      because: { code: 'count-unknown' },
      subject: { zone: 'hall' },
    })
  })

  it('leaves robots where they are in cash delivery and while movement is stopped', () => {
    for (const branch of [{ mode: 'cash-delivery' as const }, { stopped: { by: 'ann', at: monday } }]) {
      const run = runFlow(crowding, { key: 'zone:hall', rows: { ...hall(30), branch } })
      run.tell(counted(30))
      const wanted = run.wait(10_000)
      expect(refsOf(wanted)).toEqual(['call-guard', 'call-manager', 'direct-screen-1'])
      expect(wanted).toContainEqual({
        type: 'pass',
        because: { code: 'robots-may-not-move' },
        subject: { zone: 'hall' },
      })
    }
  })

  it('raises an urgent alert for a robot still in a keep-clear part after 10 s, and clears it when it has left', () => {
    const run = runFlow(crowding, { key: 'device:robot-1', rows: robotAt(monday), at: monday + 2_000 })
    run.tell(stuck(true))
    expect(run.wait(7_999)).toEqual([])
    const wanted = run.wait(1)
    expect(wanted[0]).toMatchObject({ type: 'alert', priority: 'urgent', key: 'keep-clear:device:robot-1' })
    expect(refsOf(wanted)).toEqual(['leave-robot-1'])
    run.set(robotAt(null))
    expect(run.tell(stuck(false))).toEqual([{ type: 'alert.clear', key: 'keep-clear:device:robot-1' }])
    expect(run.ended).toBe(true)
  })

  it('lets a robot pass through', () => {
    const run = runFlow(crowding, { key: 'device:robot-1', rows: robotAt(monday) })
    run.tell(stuck(true))
    run.wait(9_000)
    run.set(robotAt(null))
    run.tell(stuck(false))
    expect(run.intents).toEqual([])
    expect(run.ended).toBe(true)
  })
})
