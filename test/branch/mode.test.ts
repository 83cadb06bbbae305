import { describe, expect, test } from 'vitest'
import { branchYaml, createTestBranch } from '../support/branch.ts'

const withCalendar = `${branchYaml}
calendar:
  week:
    1: [{ at: '08:30', mode: opening }, { at: '09:00', mode: open }, { at: '17:00', mode: closed }]
    2: [{ at: '09:00', mode: open }, { at: '17:00', mode: closed }]
`

const mode = (branch: ReturnType<typeof createTestBranch>) => branch.view().branch.mode

describe('the calendar', () => {
  test('changes the mode when its time comes', () => {
    const branch = createTestBranch({ yaml: withCalendar })
    branch.advance(8 * 3_600_000 - 1)
    expect(mode(branch)).toBe('open')
    branch.advance(1)
    expect(mode(branch)).toBe('closed')
    branch.advance(16 * 3_600_000)
    expect(mode(branch)).toBe('open')
    expect(branch.told('mode.changed').map((fact) => [fact.mode, fact.by])).toEqual([
      ['closed', 'calendar'],
      ['open', 'calendar'],
    ])
  })

  test('a change that came due while the hub was down is made up for, and a missed minute too', () => {
    const branch = createTestBranch({ yaml: withCalendar, at: Date.parse('2026-03-02T00:00:00Z') })
    branch.advance(1)
    const before = branch.view().branch.mode
    branch.restart(13 * 3_600_000)
    const minutes = branch.told('minute.passed').length
    branch.advance(1)
    expect(before).not.toBe('closed')
    expect(branch.view().branch).toMatchObject({ mode: 'closed', modeBy: 'calendar' })
    expect(branch.told('minute.passed').length).toBe(minutes + 1)
  })

  test('a person’s mode holds until the calendar’s next change', () => {
    const branch = createTestBranch({ yaml: withCalendar })
    branch.command({ name: 'mode', mode: 'cash-delivery', by: 'li' })
    expect(branch.view().branch).toMatchObject({ mode: 'cash-delivery', modeBy: 'li' })
    branch.advance(8 * 3_600_000)
    expect(mode(branch)).toBe('closed')
  })

  test('changes missed while the hub was down are one change: what holds now', () => {
    const branch = createTestBranch({ yaml: withCalendar })
    const timer = branch.state.timers.get('branch/calendar#next')
    if (timer === undefined) throw new Error('no calendar timer')
    branch.state.timers.drop(timer.id)
    branch.advance(26 * 3_600_000)
    branch.send({ kind: 'timer', owner: timer.owner, name: timer.name, deadline: timer.deadline })
    expect(branch.told('mode.changed')).toEqual([])
    expect(mode(branch)).toBe('open')
    branch.advance(6 * 3_600_000)
    expect(mode(branch)).toBe('closed')
  })

  test('follows the wall clock when it steps while the hub runs, and a start forgets the step', () => {
    const branch = createTestBranch({ yaml: withCalendar })
    branch.send({ kind: 'clock', stepMs: 7 * 3_600_000 })
    expect(branch.view().branch.utcOffsetMinutes).toBe(15 * 60)
    branch.advance(3_600_000)
    expect(mode(branch)).toBe('closed')
    branch.send({ kind: 'start', versions: { hub: '1', xstate: '5', flows: {} }, reason: 'restart' })
    expect(branch.view().branch.utcOffsetMinutes).toBe(8 * 60)
  })
})

describe('emergency', () => {
  test('is begun by a local input and ended by hand only, where the calendar has got to meanwhile', () => {
    const branch = createTestBranch({ yaml: withCalendar })
    branch.event('camera-1', 'alarm.raised', { alarm: 'fire', zone: 'waiting' })
    expect(branch.view().branch).toMatchObject({
      mode: 'emergency',
      modeBy: 'input:camera-1',
      modeBefore: 'open',
    })
    branch.event('camera-1', 'alarm.cleared', { alarm: 'fire' })
    branch.advance(8 * 3_600_000)
    expect(branch.view().branch).toMatchObject({ mode: 'emergency', modeBefore: 'closed' })
    branch.command({ name: 'end-emergency', by: 'li' })
    expect(branch.view().branch).toMatchObject({ mode: 'closed', modeBy: 'li', modeBefore: null })
    expect(branch.told('mode.changed').map((fact) => fact.mode)).toEqual(['emergency', 'closed'])
  })

  test('a silent alarm is told to the flows and shown to nobody else', () => {
    const branch = createTestBranch()
    branch.event('camera-1', 'alarm.raised', { alarm: 'hold-up' })
    expect(branch.told('alarm.raised')).toEqual([
      { type: 'alarm.raised', device: 'camera-1', alarm: 'hold-up', zone: null },
    ])
    expect(mode(branch)).toBe('open')
  })
})

describe('pause and movement', () => {
  test('a pause ends by itself when its time is over', () => {
    const branch = createTestBranch()
    branch.command({ name: 'pause', by: 'li', untilMs: 60_000 })
    expect(branch.view().branch.paused).toMatchObject({ by: 'li', until: branch.at() + 60_000 })
    branch.advance(60_000)
    expect(branch.view().branch.paused).toBeNull()
    expect(branch.told('pause.changed').map((fact) => fact.paused)).toEqual([true, false])
  })

  test('a pause without end outlives the end of the one before', () => {
    const branch = createTestBranch()
    branch.command({ name: 'pause', by: 'li', untilMs: 60_000 })
    branch.command({ name: 'pause', by: 'li', untilMs: null })
    branch.advance(600_000)
    expect(branch.view().branch.paused).not.toBeNull()
    branch.command({ name: 'resume', by: 'li' })
    branch.command({ name: 'resume', by: 'li' })
    expect(branch.told('pause.changed')).toHaveLength(2)
  })

  test('movement stops and goes on, told once each', () => {
    const branch = createTestBranch()
    for (const name of ['stop-movement', 'stop-movement', 'allow-movement', 'allow-movement'] as const)
      branch.command({ name, by: 'li' })
    expect(branch.told('movement.changed').map((fact) => fact.stopped)).toEqual([true, false])
  })
})

test('a minute passes every minute', () => {
  const branch = createTestBranch()
  branch.advance(600_000)
  expect(branch.told('minute.passed')).toHaveLength(10)
})
