/** What is done on arrival is done in time or not at all: the way there counts when somebody is asked, and when they set out. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sayReason } from '#hub/look/words/reason-words.ts'
import type { TaskIntent } from '#protocol/intents.ts'
import type { DeviceRow } from '#protocol/model.ts'
import {
  createTestBranch,
  deviceRow,
  originOf,
  robotManifest,
  start,
  type TestBranch,
  taskIntent,
  zoneRow,
} from './support.ts'

describe('a member whose way is too long to be there in time', () => {
  const plan = (view: TestBranch) =>
    view.state.zones.put('entrance', zoneRow('entrance', { at: { x: 0, y: 0 } }))
  const robot = (x: number, metresPerSecond: number | null = 1): Partial<DeviceRow> => ({
    spot: { pose: { map: 'hall', x, y: 0 } },
    manifest: { ...robotManifest, ...(metresPerSecond !== null && { metresPerSecond }) },
  })
  const welcome = (change: Partial<TaskIntent> = {}) =>
    taskIntent({ wayCounts: true, expiresInMs: 10_000, ...change })
  const withRobots = (robots: Readonly<Record<string, Partial<DeviceRow>>>) => {
    const branch = createTestBranch()
    plan(branch)
    for (const [id, row] of Object.entries(robots)) branch.state.devices.put(id, deviceRow(id, row))
    return branch
  }
  const outs = (branch: TestBranch) =>
    Object.fromEntries(
      branch.decisions
        .findLast(({ candidates }) => candidates !== undefined)
        ?.candidates?.map(({ member, out }) => [member, out]) ?? [],
    )

  it('is passed over, with the reason', () => {
    const branch = withRobots({
      far: robot(9.5),
      near: robot(8),
      slow: robot(3, 0.2),
      unknown: robot(40, null),
    })
    expect(branch.want(welcome())?.attempts[0]?.member).toBe('near')
    expect(outs(branch)).toEqual({ near: null, unknown: null, far: 'too-far', slow: 'too-far' })
    expect(sayReason('too-far', 'en')).toBe('would be there too late')
  })

  it('is not, where only the beginning counts, or where nothing has to move', () => {
    const branch = withRobots({ far: robot(9.5) })
    expect(branch.want(taskIntent({ expiresInMs: 10_000 }))?.attempts[0]?.member).toBe('far')
    const lobby = withRobots({ pane: { ...robot(9.5), kind: 'screen' } })
    expect(lobby.want(welcome())?.attempts[0]?.member).toBe('pane')
  })

  it('leaves nobody: the flow hears at once, not when the time is over', () => {
    const branch = withRobots({ far: robot(9.5), farther: robot(12) })
    branch.state.devices.put('pane', deviceRow('pane', { kind: 'screen', zone: 'kiosks' }))
    const id = branch.want(welcome({ who: { members: 'devices', kinds: ['robot'] } }))?.id ?? ''
    expect(branch.task(id)).toMatchObject({ phase: 'refused', endReason: 'too-far' })
  })

  it('does not hide that another may still come free', () => {
    const branch = withRobots({ far: robot(9.5), near: robot(2) })
    branch.want(welcome({ wayCounts: undefined } as never))
    const id = branch.want(welcome())?.id ?? ''
    expect(branch.task(id)).toMatchObject({ phase: 'queued' })
  })

  it('is asked for what has the time, though nobody was there for the like of it', () => {
    const branch = withRobots({ far: robot(15) })
    branch.decide({ kind: 'clock', stepMs: 0 }, [
      [originOf('greeting', 'a'), welcome()],
      [originOf('greeting', 'b'), welcome({ expiresInMs: 30_000 })],
    ])
    expect(
      branch
        .tasks()
        .map(({ phase }) => phase)
        .sort(),
    ).toEqual(['offered', 'refused'])
  })

  it('is let go again when it took too long to accept, and somebody nearer is asked', () => {
    const branch = withRobots({ far: robot(8) })
    const id = branch.want(welcome({ ackWithinMs: 3_000 }))?.id ?? ''
    branch.state.devices.put('near', deviceRow('near', robot(1)))
    branch.pass(2_000)
    branch.report('far', id, 'accepted')
    expect(branch.task(id)?.attempts[0]).toMatchObject({
      startSentAt: null,
      end: 'not-started',
      code: 'too-far',
    })
    expect(branch.task(id)?.attempts[1]?.member).toBe('near')
    expect(branch.messages('far').map(({ kind }) => kind)).toContain('cancel')
    expect(branch.messages('far').map(({ kind }) => kind)).not.toContain('start')
  })

  it('never sets out so late that it is there after the time', () => {
    const reached = new Set<string>()
    fc.assert(
      fc.property(
        fc.record({
          metres: fc.integer({ min: 0, max: 20 }),
          speed: fc.constantFrom(0.4, 0.7, 1, 2),
          keepsTime: fc.boolean(),
          acceptsAfterMs: fc.integer({ min: 0, max: 900 }),
          expiresInMs: fc.integer({ min: 1_000, max: 20_000 }),
        }),
        ({ metres, speed, keepsTime, acceptsAfterMs, expiresInMs }) => {
          const row = robot(metres, speed)
          const manifest = { ...robotManifest, ...row.manifest, guarantees: { keepsTime } }
          const branch = withRobots({ one: { ...row, manifest } })
          const id = branch.want(welcome({ expiresInMs }))?.id ?? ''
          branch.pass(acceptsAfterMs)
          if (branch.task(id)?.phase === 'offered') branch.report('one', id, 'accepted')
          const begun = branch.messages('one').find(({ kind }) => kind === 'start')
          reached.add(begun === undefined ? 'stays' : 'goes')
          if (begun?.kind !== 'start') return
          const sentUntil = branch.state.outbox.values().find(({ kind }) => kind === 'start')?.expiresAt ?? 0
          const latest = keepsTime ? begun.sentAt + begun.startWithinMs : sentUntil + begun.startWithinMs
          expect(latest + (metres / speed) * 1_000).toBeLessThanOrEqual(start + expiresInMs)
        },
      ),
    )
    expect([...reached].sort()).toEqual(['goes', 'stays'])
  })
})
