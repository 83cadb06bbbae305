/** One choice over devices and people: who is passed over and why, who is preferred, and that it is fair. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { candidatesMax } from '#hub/dispatch/choose.ts'
import type { Candidate } from '#hub/dispatch/rows.ts'
import { canSpeak } from '#hub/dispatch/traits.ts'
import type { TaskIntent } from '#protocol/intents.ts'
import type { DeviceRow } from '#protocol/model.ts'
import {
  branchRow,
  createTestBranch,
  deviceRow,
  guideIntent,
  originOf,
  robotManifest,
  screenManifest,
  staffRow,
  start,
  taskIntent,
  zoneRow,
} from './support.ts'

const outOf = (change: Partial<DeviceRow>, intent: Partial<TaskIntent> = {}) => {
  const branch = createTestBranch()
  branch.state.devices.put('d', deviceRow('d', change))
  branch.want(taskIntent(intent))
  const told = branch.decisions.find((decision) => decision.candidates !== undefined)
  return told?.candidates?.[0]?.out
}

const promote = { capability: 'promote', command: {} }

describe('who is passed over, and why', () => {
  it.each([
    ['link-lost', { link: 'lost' }, {}],
    ['link-unknown', { link: 'unknown' }, {}],
    ['held', { willingness: 'held' }, {}],
    ['out-of-service', { willingness: 'out-of-service' }, {}],
    ['faulted', { health: 'faulted' }, {}],
    ['updating', { health: 'updating' }, {}],
    ['no-manifest', { manifest: null }, {}],
    ['silent', { heardAt: start - 100_000, manifest: { ...robotManifest, heartbeatMs: 10_000 } }, {}],
    ['battery-low', { battery: { percent: 10, charging: false } }, {}],
    ['charging', { battery: { percent: 20, charging: true } }, {}],
    ['blocked', { blockedSince: start }, {}],
    ['busy-itself', { state: { busy: true } }, {}],
    ['capability', {}, promote],
    ['kind', {}, { who: { members: 'devices', kinds: ['screen'] } }],
    ['not-named', {}, { who: { members: 'devices', only: ['other'] } }],
    ['excluded', {}, { who: { members: 'devices', except: ['d'] } }],
    ['elsewhere', { zone: 'kiosks' }, { who: { members: 'devices', zones: ['entrance'] } }],
    [
      'zone',
      { kind: 'screen', zone: 'kiosks' },
      { ...promote, who: { members: 'devices', zones: ['entrance'] } },
    ],
    [
      'language',
      { manifest: { ...robotManifest, languages: ['zh'] } },
      { who: { members: 'devices', language: 'en' } },
    ],
    [
      'in-use',
      {
        kind: 'kiosk',
        manifest: { ...screenManifest, kind: 'kiosk' },
        session: { since: start, ticket: null, service: null },
      },
      promote,
    ],
  ] satisfies readonly (readonly [string, Partial<DeviceRow>, Partial<TaskIntent>])[])(
    '%s',
    (reason, device, intent) => {
      expect(outOf(device, intent)).toBe(reason)
    },
  )

  it('lets a robot with an empty battery still go to its charger', () => {
    const dock = { capability: 'dock', command: { to: { zone: 'kiosks' }, charge: true } }
    expect(outOf({ battery: { percent: 5, charging: false } }, dock)).toBeNull()
  })

  it('has no voice in quiet hours, but a screen still greets', () => {
    const branch = createTestBranch()
    branch.state.branch.put('branch', branchRow({ quiet: [{ from: '00:00', to: '23:59' }] }))
    branch.state.devices.put('robot-1', deviceRow('robot-1'))
    branch.state.devices.put('screen-1', deviceRow('screen-1', { kind: 'screen' }))
    const task = branch.want(taskIntent())
    expect(task?.attempts[0]?.member).toBe('screen-1')
    const chosen = branch.decisions.find((decision) => decision.code === 'chosen')
    expect(chosen?.candidates?.find(({ member }) => member === 'robot-1')?.out).toBe('quiet-hours')
  })

  it('keeps a kiosk free for whoever is on the way to it', () => {
    const branch = createTestBranch()
    const manifest = { ...screenManifest, kind: 'kiosk' as const }
    branch.state.devices.put('k-1', deviceRow('k-1', { kind: 'kiosk', manifest }))
    const diversion = originOf('diversion')
    branch.decide({ kind: 'clock', stepMs: 0 }, [
      [
        diversion,
        {
          type: 'claim',
          claim: { key: 'kiosk:k-1', kind: 'lease', leaseMs: 30_000 },
          because: { code: 'test' },
        },
      ],
    ])
    const id = branch.want(taskIntent({ ...promote, expiresInMs: 60_000 }))?.id ?? ''
    expect(branch.task(id)).toMatchObject({ phase: 'queued', waitingFor: 'reserved' })
    branch.pass(30_000)
    expect(branch.task(id)?.phase).toBe('offered')
  })

  it('keeps no more candidates than it says, the telling ones first', () => {
    const branch = createTestBranch()
    for (let n = 0; n < 200; n++) {
      const id = `d-${String(n).padStart(3, '0')}`
      branch.state.devices.put(id, deviceRow(id, n === 199 ? { link: 'lost' } : { kind: 'screen' }))
    }
    branch.want(taskIntent({ who: { members: 'devices', kinds: ['robot'] } }))
    const candidates = branch.decisions.find((decision) => decision.code === 'nobody')?.candidates
    expect(candidates).toHaveLength(candidatesMax)
    expect(candidates?.[0]).toMatchObject({ member: 'd-199', out: 'link-lost' })
  })
})

describe('who is preferred', () => {
  const chosenOf = (devices: Record<string, Partial<DeviceRow>>, intent: Partial<TaskIntent> = {}) => {
    const branch = createTestBranch()
    branch.state.zones.put('entrance', zoneRow('entrance', { at: { x: 0, y: 0 } }))
    branch.state.zones.put('kiosks', zoneRow('kiosks', { at: { x: 20, y: 0 } }))
    for (const [id, change] of Object.entries(devices)) branch.state.devices.put(id, deviceRow(id, change))
    return branch.want(taskIntent(intent))?.attempts[0]?.member
  }

  it('the near one', () => {
    expect(chosenOf({ far: { zone: 'kiosks' }, near: { zone: 'entrance' } })).toBe('near')
    const spot = { pose: { map: 'm', x: 1, y: 1 } }
    expect(
      chosenOf({ far: { zone: 'entrance', spot: { zone: 'kiosks' } }, near: { zone: 'kiosks', spot } }),
    ).toBe('near')
  })

  it('the kind that the flow names first', () => {
    const kinds = ['robot', 'screen'] as const
    expect(chosenOf({ a: { kind: 'screen' }, b: {} }, { who: { members: 'devices', kinds } })).toBe('b')
  })

  it('a device before any person where the flow says so, and a person where no device can', () => {
    const asked = (devicesFirst: boolean, change: Partial<DeviceRow> = {}) => {
      const branch = createTestBranch()
      branch.state.zones.put('entrance', zoneRow('entrance', { at: { x: 0, y: 0 } }))
      branch.state.zones.put('kiosks', zoneRow('kiosks', { at: { x: 20, y: 0 } }))
      branch.state.devices.put('far', deviceRow('far', { zone: 'kiosks', ...change }))
      branch.state.staff.put('mei', staffRow('mei', { roles: ['lobby'], zone: 'entrance' }))
      const who = { members: 'any' as const, ...(devicesFirst && { devicesFirst: true as const }) }
      return branch.want(taskIntent({ who }))?.attempts[0]?.member
    }
    expect(asked(false)).toBe('person/mei')
    expect(asked(true)).toBe('far')
    expect(asked(true, { link: 'lost' })).toBe('person/mei')
  })

  it('a device before a person that is equal to it in everything, whatever chance says', () => {
    const branch = createTestBranch()
    branch.state.devices.put('robot-1', deviceRow('robot-1', { zone: 'entrance' }))
    branch.state.staff.put('mei', staffRow('mei', { roles: ['lobby'], zone: 'entrance' }))
    const who = { members: 'any', devicesFirst: true } as const
    const asked = Array.from({ length: 24 }, () => {
      branch.state.members.drop('robot-1')
      const task = branch.want(taskIntent({ who }))
      if (task !== undefined) branch.report('robot-1', task.id, 'done')
      return task?.attempts[0]?.member
    })
    expect(new Set(asked)).toEqual(new Set(['robot-1']))
  })

  it('the one with more battery, and the one that speaks the language', () => {
    const battery = (percent: number) => ({ percent, charging: false })
    expect(chosenOf({ a: { battery: battery(50) }, b: { battery: battery(90) } })).toBe('b')
    const speaks = { manifest: { ...robotManifest, languages: ['en-GB'] } }
    expect(chosenOf({ a: {}, b: speaks }, { who: { members: 'devices', language: 'en' } })).toBe('b')
    expect(canSpeak(['zh-CN'], 'zh')).toBe(true)
  })

  it('shares the work among equals', () => {
    const branch = createTestBranch()
    const counts = new Map<string, number>()
    for (const id of ['a', 'b', 'c']) branch.state.devices.put(id, deviceRow(id))
    for (let n = 0; n < 30; n++) {
      const task = branch.want(guideIntent(), originOf('diversion'))
      const member = task?.attempts[0]?.member ?? ''
      counts.set(member, (counts.get(member) ?? 0) + 1)
      branch.report(member, task?.id ?? '', 'done')
      branch.pass(60_000)
    }
    expect([...counts.values()]).toEqual([10, 10, 10])
  })

  it('never one who was passed over, and never one with a lower score', () => {
    const device = fc.record({
      kind: fc.constantFrom('robot' as const, 'screen' as const),
      link: fc.constantFrom('online' as const, 'lost' as const),
      zone: fc.constantFrom('entrance', 'kiosks'),
      battery: fc.option(fc.record({ percent: fc.integer({ min: 0, max: 100 }), charging: fc.boolean() })),
    })
    const best = (candidates: readonly Candidate[]) =>
      Math.max(...candidates.map(({ score }) => score ?? Number.NEGATIVE_INFINITY))
    fc.assert(
      fc.property(fc.array(device, { minLength: 1, maxLength: 8 }), (devices) => {
        const branch = createTestBranch()
        for (const [n, change] of devices.entries())
          branch.state.devices.put(`d-${n}`, deviceRow(`d-${n}`, change))
        const member = branch.want(taskIntent())?.attempts[0]?.member
        const told = branch.decisions.find((decision) => decision.candidates !== undefined)
        const candidates = told?.candidates ?? []
        expect(candidates).toHaveLength(devices.length)
        for (const { out, score, parts } of candidates) {
          expect(out === null).toBe(score !== null)
          if (score !== null)
            expect(Object.values(parts ?? {}).reduce((sum, part) => sum + part, 0)).toBeCloseTo(score, 1)
        }
        const chosen = candidates.find((candidate) => candidate.member === member)
        if (chosen === undefined) expect(candidates.every(({ out }) => out !== null)).toBe(true)
        else expect(chosen.score).toBe(best(candidates))
      }),
    )
  })
})

describe('what is more important', () => {
  const screens = () => {
    const branch = createTestBranch()
    branch.state.devices.put('screen-1', deviceRow('screen-1', { kind: 'screen' }))
    return branch
  }
  const display = (priority: number) => taskIntent({ capability: 'display', command: {}, priority })

  it('takes the screen at once; what is as important waits', () => {
    const branch = screens()
    const low = branch.want(display(2))?.id ?? ''
    const same = branch.want(display(2))?.id ?? ''
    expect(branch.task(same)).toMatchObject({ phase: 'queued', waitingFor: 'busy' })
    const high = branch.want(display(3))?.id ?? ''
    expect(branch.task(high)?.phase).toBe('offered')
    expect(branch.task(low)).toMatchObject({ phase: 'cancelled', endReason: 'preempted' })
    expect(branch.messages('screen-1').map(({ kind }) => kind)).toEqual(['cancel', 'offer'])
  })

  it('makes a robot stop what can be repeated, and waits until it has', () => {
    const branch = createTestBranch()
    branch.state.devices.put('robot-1', deviceRow('robot-1'))
    const low = branch.want(guideIntent({ priority: 3 }), originOf('diversion'))?.id ?? ''
    branch.report('robot-1', low, 'accepted')
    const close = branch.want(guideIntent({ priority: 4 }), originOf('diversion', '2'))?.id ?? ''
    expect(branch.task(close)?.waitingFor).toBe('busy')
    const high = branch.want(guideIntent({ priority: 5 }), originOf('diversion', '3'))?.id ?? ''
    expect(branch.task(low)?.phase).toBe('cancelled')
    expect(branch.task(high)).toMatchObject({ phase: 'queued', waitingFor: 'preempting' })
    branch.report('robot-1', low, 'cancelled')
    expect(branch.task(high)?.phase).toBe('offered')
  })

  it('does not interrupt a robot in a greeting that cannot be repeated', () => {
    const branch = createTestBranch()
    branch.state.devices.put('robot-1', deviceRow('robot-1'))
    const greeting = branch.want(taskIntent({ priority: 1 }))?.id ?? ''
    branch.report('robot-1', greeting, 'accepted')
    const high = branch.want(guideIntent({ priority: 8 }), originOf('diversion'))?.id ?? ''
    expect(branch.task(high)?.waitingFor).toBe('busy')
    expect(branch.task(greeting)?.phase).toBe('accepted')
  })

  it('is offered first when a member comes free, then the oldest', () => {
    const branch = createTestBranch()
    branch.state.devices.put('robot-1', deviceRow('robot-1', { link: 'lost' }))
    const [first, second, urgent] = [3, 3, 4].map(
      (priority) => branch.want(guideIntent({ priority }), originOf('diversion', `${priority}`))?.id ?? '',
    )
    branch.state.devices.put('robot-1', deviceRow('robot-1'))
    const order: string[] = []
    branch.decide({ kind: 'link', device: 'robot-1', link: 'online' }, [], (turn) => turn.stir())
    for (const _ of [1, 2, 3]) {
      const open = branch.state.tasks.values().find((task) => task.phase === 'offered')
      order.push(open?.id ?? '')
      branch.report('robot-1', open?.id ?? '', 'done')
    }
    expect(order).toEqual([urgent, first, second])
  })

  it('does not wait for people: staff are asked in an emergency whatever they do', () => {
    const branch = createTestBranch({ interruptionsMax: 0 })
    branch.state.staff.put('li', staffRow('li', { doNotDisturb: true, serving: 'counter-1' }))
    const intent = (priority: number) =>
      taskIntent({ capability: 'call-staff', command: {}, who: { members: 'people' }, priority })
    expect(branch.want(intent(8))?.phase).toBe('queued')
    expect(branch.want(intent(9))?.phase).toBe('offered')
  })
})
