import { describe, expect, it } from 'vitest'
import { greeting } from '#flows/greeting/flow.ts'
import { lobby } from '#flows/greeting/samples.ts'
import type { Rows } from '#flows/samples/model.ts'
import { deviceRow, monday, zoneRow } from '#flows/samples/rows.ts'
import type { FlowEvent } from '#protocol/flow-events.ts'
import { runFlow } from '../kit/run-flow.ts'
import { capabilitiesOf, greets, passesOf, start, visitor } from './steps.ts'

describe('greeting who comes in', () => {
  it('asks for one greeting, robots first, that holds the visit for good and its attention for now', () => {
    const run = start()
    expect(run.tasks).toHaveLength(1)
    expect(run.tasks[0]).toMatchObject({
      capability: 'greet',
      command: { visit: 'v1', at: { zone: 'entrance' }, party: 1, askIntent: true },
      who: { members: 'devices', kinds: ['robot', 'kiosk', 'screen'], nearZone: 'entrance' },
      claims: [
        { key: 'greet:visit:v1', kind: 'once' },
        { key: 'attention:visit:v1', kind: 'lease' },
      ],
      priority: 4,
    })
  })

  it('counts the time from being seen, and greets nobody late', () => {
    expect(start(lobby, { lateByMs: 9_000 }).tasks[0]).toMatchObject({ expiresInMs: 6_000, wayCounts: true })
    const late = start(lobby, { lateByMs: 15_000 })
    expect(late.tasks).toEqual([])
    expect(passesOf(late.intents)).toEqual(['too-late'])
  })

  it('speaks the visitor’s language, and every language of the branch to who has none', () => {
    const wordsOf = (rows: Rows) =>
      JSON.stringify(start(rows).tasks[0]?.command['words']).match(/(?<="language":")\w+/g)
    expect(wordsOf(visitor({ language: 'en-US' }))).toEqual(['en'])
    expect(wordsOf(visitor({ language: null }))).toEqual(['zh', 'en'])
    expect(wordsOf(visitor({ language: 'fr' }))).toEqual(['zh', 'en'])
  })

  it('greets a party as a party', () => {
    const command = start(visitor({ party: 4 })).tasks[0]?.command
    expect(command).toMatchObject({ party: 4 })
    expect(JSON.stringify(command)).toContain('Hello everyone')
  })

  it('covers who comes in close behind, with their own claim and a reason on record', () => {
    expect(start().intents).toContainEqual({
      type: 'claim',
      claim: { key: 'greet-group:zone:entrance', kind: 'lease', leaseMs: 4_000, keep: true },
      because: { code: 'group-window' },
    })
    const second = start({ ...lobby, claims: ['greet-group:zone:entrance'] })
    expect(second.tasks).toEqual([])
    expect(second.intents).toMatchObject([
      { type: 'claim', claim: { key: 'greet:visit:v1', kind: 'once' } },
      { type: 'pass', because: { code: 'greeted-with-group' }, subject: { visit: 'v1' } },
    ])
  })

  it('greets a counted burst once, then cools down', () => {
    const counted: FlowEvent = { type: 'arrivals.counted', zone: 'entrance', count: 3, visit: 'v1' }
    const first = runFlow(greeting, { key: 'v1', rows: visitor({ grade: 'counted', party: 3 }) })
    first.tell(counted)
    expect(capabilitiesOf(first.intents)).toEqual(['greet'])
    expect(first.intents).toContainEqual({
      type: 'claim',
      claim: { key: 'greet-burst:zone:entrance', kind: 'lease', leaseMs: 20_000, keep: true },
      because: { code: 'group-window' },
    })
    const second = runFlow(greeting, {
      key: 'v1',
      rows: visitor({ grade: 'counted' }, { claims: ['greet-burst:zone:entrance'] }),
    })
    second.tell(counted)
    expect(passesOf(second.intents)).toEqual(['burst-cool-down'])
    // More of the same burst says nothing new.
    second.set(visitor({ grade: 'counted' }, { claims: ['greet:visit:v1'] }))
    expect(second.tell(counted)).toEqual([])
  })

  it.each([
    ['in quiet hours', { branch: { quiet: [{ from: '22:00', to: '10:30' }] } }, 'quiet-hours'],
    ['in cash delivery', { branch: { mode: 'cash-delivery' as const } }, 'cash-delivery'],
    [
      'when many come in',
      {
        zones: [
          zoneRow({
            id: 'entrance',
            kind: 'entrance',
            arrivals: { minute: monday / 60_000, count: 15, before: 6 },
          }),
        ],
      },
      'many-arrivals',
    ],
  ])('leaves it to screens %s', (_, rows, why) => {
    const run = start({ ...lobby, ...rows })
    expect(capabilitiesOf(run.intents)).toEqual(['display'])
    expect(run.tasks[0]?.because.code).toBe(why)
    expect(run.tasks[0]?.who).toMatchObject({ kinds: ['screen', 'kiosk'], zones: ['entrance'] })
  })

  it('counts arrivals over a sliding minute', () => {
    const zone = (arrivals: { minute: number; count: number; before: number }) =>
      start({ ...lobby, zones: [zoneRow({ id: 'entrance', kind: 'entrance', arrivals })] }, { lateByMs: 1 })
        .tasks[0]?.capability
    const minute = monday / 60_000
    expect(zone({ minute, count: 1, before: 20 })).toBe('display')
    expect(zone({ minute: minute - 1, count: 20, before: 90 })).toBe('greet')
    expect(zone({ minute: minute - 2, count: 90, before: 90 })).toBe('greet')
  })

  it('greets nobody twice, nobody who appears elsewhere, and nobody who is gone already', () => {
    for (const rows of [
      { ...lobby, claims: ['greet:visit:v1'] },
      visitor({ zone: 'waiting' }),
      { ...lobby, visits: [] },
    ]) {
      const run = start(rows)
      expect(run.intents).toEqual([])
      expect(run.ended).toBe(true)
    }
  })

  it('does not ask fixed devices that stand elsewhere', () => {
    const screen = (id: string, zone: string) => deviceRow({ id, kind: 'screen', zone, can: ['greet'] })
    const devices = [screen('screen-far', 'waiting'), screen('screen-near', 'entrance')]
    expect(start({ ...lobby, devices }).tasks[0]?.who.except).toEqual(['screen-far'])
  })
})

describe('when nobody can greet', () => {
  it('lets a screen do it while there is time', () => {
    for (const type of ['task.refused', 'task.failed'] as const) {
      const run = start()
      const wanted = run.tell({ type, ref: 'greet', task: 't1', member: null, reason: 'busy' })
      expect(capabilitiesOf(wanted)).toEqual(['display'])
      expect(run.tasks[1]?.claims).toEqual([{ key: 'greet:visit:v1', kind: 'once' }])
    }
  })

  it('does not wait for busy robots until it is too late for a screen', () => {
    const run = start()
    const wanted = run.wait(6_000)
    expect(wanted[0]).toEqual({ type: 'cancel', ref: 'greet', reason: 'nobody-took-it-up' })
    expect(capabilitiesOf(wanted)).toEqual(['display'])
    expect(run.tasks[1]?.expiresInMs).toBe(9_000)
  })

  it('keeps waiting for a device that is on its way', () => {
    const run = start()
    run.tell({ type: 'task.accepted', ...greets })
    expect(run.wait(14_000)).toEqual([])
  })

  it.each(['mode.closing', 'paused', 'already-claimed'])('asks for nothing more when told %s', (reason) => {
    const run = start()
    expect(capabilitiesOf(run.tell({ type: 'task.refused', ref: 'greet', task: 't1', reason }))).toEqual([])
    expect(run.ended).toBe(true)
  })

  it('does not repeat what may have happened', () => {
    for (const type of ['task.unknown', 'task.failed'] as const) {
      const run = start()
      run.tell({ type: 'task.started', ...greets })
      expect(run.tell({ type, ...greets, reason: 'lost' } as FlowEvent)).toEqual([])
      expect(run.ended).toBe(true)
    }
  })
})

describe('a greeting that is no longer wanted', () => {
  it.each([
    [{ type: 'visit.ended', visit: 'v1', reason: 'left' }, 'visitor-left'],
    [{ type: 'visit.ended', visit: 'v1', reason: 'role' }, 'not-a-visitor'],
    [{ type: 'visit.merged', visit: 'v1', into: 'v2' }, 'same-visitor'],
    [{ type: 'ticket.called', ticket: 'A1', service: 'cash', visit: 'v1', counter: 'c1' }, 'visitor-called'],
  ] satisfies [FlowEvent, string][])('is taken back: %o', (event, reason) => {
    const run = start()
    expect(run.tell(event)).toEqual([
      { type: 'cancel', ref: 'greet', reason },
      // Who comes in next is not taken for part of a group that nobody greeted.
      { type: 'release', claim: 'greet-group:zone:entrance' },
    ])
    expect(run.ended).toBe(true)
  })

  it('does not release a cover that is another’s by now', () => {
    const run = start()
    run.wait(4_000)
    expect(run.tell({ type: 'visit.ended', visit: 'v1', reason: 'left' })).toHaveLength(1)
  })

  it('yields to a device that greeted by itself, which takes the claim', () => {
    const performed: FlowEvent = {
      type: 'behaviour.performed',
      device: 'robot-9',
      behaviour: 'greet',
      zone: 'entrance',
      visit: 'v1',
    }
    const run = start()
    expect(run.tell(performed)).toMatchObject([
      { type: 'claim', claim: { key: 'greet:visit:v1', kind: 'once' } },
      { type: 'cancel', ref: 'greet' },
      { type: 'release' },
    ])
    const fresh = runFlow(greeting, { key: 'v1', rows: lobby })
    expect(fresh.tell(performed)).toMatchObject([{ type: 'claim', claim: { key: 'greet:visit:v1' } }])
    expect(fresh.ended).toBe(true)
    expect(greeting.key({ ...performed, visit: null })).toBe('zone:entrance')
  })
})
