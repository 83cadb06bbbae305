/** The scorecard on journals written by hand: what began before the window, what was erased, and what is nobody's fault. */
import { describe, expect, it } from 'vitest'
import { deviceRow } from '#flows/samples/rows.ts'
import type { EntryBody } from '#hub/engine/entry.ts'
import type { DecisionRecord } from '#hub/engine/turn.ts'
import { addCode, type Counts, noCounts } from '#hub/ops/score/counts.ts'
import { createScorecard, type ScoreEntry } from '#hub/ops/score/scorecard.ts'
import type { DeviceRow } from '#protocol/model.ts'

const manifest = { kind: 'robot' as const, vendor: 'Acme', model: 'R1', firmware: '1', capabilities: {} }
const robot = (change: Partial<DeviceRow> = {}): DeviceRow =>
  deviceRow({ id: 'r-1', kind: 'robot', manifest, link: 'online', health: 'ok', ...change })

const entry = (at: number, body: EntryBody, records: readonly DecisionRecord[] = []): ScoreEntry => ({
  at,
  kind: body.kind,
  device: 'device' in body ? body.device : null,
  cause: body.kind === 'report' ? `${body.task}/${body.report.attempt}` : null,
  body: () => body,
  records,
})

const linkRecord = (link: string, was: string, device = 'r-1'): DecisionRecord => ({
  kind: 'device',
  device,
  code: `device.${link}`,
  params: { was },
})
const presence = (status: 'online' | 'lost', boot?: string, device = 'r-1'): EntryBody => ({
  kind: 'presence',
  device,
  presence: { status, ...(boot !== undefined && { boot }) },
})
const restarted: DecisionRecord = { kind: 'device', device: 'r-1', code: 'device.restarted' }
const clock: EntryBody = { kind: 'clock', stepMs: 0 }
const started: EntryBody = {
  kind: 'start',
  versions: { hub: '1', xstate: '5', flows: {} },
  reason: 'restart',
}

const countsOf = (
  entries: readonly ScoreEntry[],
  { now = robot(), until = 1_000 }: { now?: DeviceRow; until?: number } = {},
): Counts => {
  const card = createScorecard(0, [now.id])
  for (const one of entries) card.take(one)
  const [row] = card.end([now], until)
  if (row === undefined) throw new Error('no row')
  return row.counts
}

describe('time', () => {
  it('without any change is as it is now', () => {
    expect(countsOf([entry(500, clock)])).toMatchObject({ upMs: 1_000, downMs: 0 })
    expect(countsOf([], { now: robot({ link: 'lost' }) })).toMatchObject({ upMs: 0, downMs: 1_000 })
    expect(countsOf([], { now: robot({ health: 'faulted' }) })).toMatchObject({ downMs: 1_000 })
    expect(countsOf([], { now: robot({ link: 'unknown' }) })).toMatchObject({ upMs: 0, downMs: 0 })
  })

  it('before the first change is as that change says it was', () => {
    const back = entry(400, presence('online', 'b1'), [linkRecord('online', 'lost')])
    expect(countsOf([back])).toMatchObject({ downMs: 400, upMs: 600, lostLinks: 0, falseOffline: 0 })
    const mended: DecisionRecord = {
      kind: 'device',
      device: 'r-1',
      code: 'device.ok',
      params: { was: 'faulted' },
    }
    const state: EntryBody = { kind: 'state', device: 'r-1', state: {} }
    expect(countsOf([back, entry(700, state, [mended])])).toMatchObject({ downMs: 700, upMs: 300 })
  })

  it('in which the hub was away counts for nobody', () => {
    const journal = [
      entry(200, clock),
      entry(700, started, [linkRecord('unknown', 'online')]),
      entry(800, presence('online', 'b1'), [linkRecord('online', 'unknown')]),
    ]
    expect(countsOf(journal)).toMatchObject({ upMs: 400, downMs: 0, lostLinks: 0 })
  })

  it('in which it had said that it is updating or switched off counts as away, whatever its line does', () => {
    for (const link of ['online', 'lost', 'offline'] as const)
      expect(countsOf([], { now: robot({ health: 'updating', link }) })).toMatchObject({
        awayMs: 1_000,
        upMs: 0,
        downMs: 0,
      })
    expect(countsOf([], { now: robot({ link: 'offline' }) })).toMatchObject({ awayMs: 1_000, downMs: 0 })
  })

  it('lost with its gateway is not its own doing', () => {
    const journal = [
      entry(300, { kind: 'link', device: 'gateway-1', link: 'lost' }, [linkRecord('lost', 'online')]),
      entry(500, presence('online', 'b1'), [linkRecord('online', 'lost')]),
    ]
    expect(countsOf(journal)).toMatchObject({ upMs: 800, downMs: 0, lostLinks: 0, falseOffline: 0 })
  })

  it('not back after a restart of the hub, it is missing', () => {
    const timer: EntryBody = { kind: 'timer', owner: 'branch/device/r-1', name: 'not-back', deadline: 400 }
    const journal = [
      entry(100, started, [linkRecord('unknown', 'online')]),
      entry(400, timer, [linkRecord('lost', 'unknown')]),
    ]
    expect(countsOf(journal, { now: robot({ link: 'lost' }) })).toMatchObject({ downMs: 600, lostLinks: 0 })
  })
})

describe('lost and back', () => {
  const lostAt = (at: number) => entry(at, presence('lost'), [linkRecord('lost', 'online')])
  const back = (at: number, boot: string | undefined, ...more: readonly DecisionRecord[]) =>
    entry(at, presence('online', boot), [linkRecord('online', 'lost'), ...more])

  it.each([
    ['the same start of it, after long', [lostAt(0), back(500_000, 'b1')], { falseOffline: 1, restarts: 0 }],
    ['another start of it', [lostAt(0), back(1_000, 'b2', restarted)], { falseOffline: 0, restarts: 1 }],
    [
      'no word of its starts, at once',
      [lostAt(0), back(30_000, undefined)],
      { falseOffline: 1, restarts: 0 },
    ],
    [
      'no word of its starts, after long',
      [lostAt(0), back(30_001, undefined)],
      { falseOffline: 0, restarts: 0 },
    ],
    [
      'a restart of the hub between',
      [lostAt(0), entry(10, started), back(1_000, 'b1')],
      { falseOffline: 0, restarts: 0 },
    ],
  ])('%s', (_, journal, expected) => {
    expect(countsOf(journal, { until: 600_000 })).toMatchObject({ lostLinks: 1, ...expected })
  })
})

const chosen: DecisionRecord = {
  kind: 'task',
  task: 't1',
  device: 'r-1',
  code: 'chosen',
  params: { member: 'r-1', attempt: 1 },
}
const moved = (reason: string): DecisionRecord => ({
  kind: 'task',
  task: 't1',
  device: 'r-1',
  code: 'moved',
  params: { reason },
})
const report = (status: 'refused' | 'accepted' | 'started', task = 't1'): EntryBody => ({
  kind: 'report',
  device: 'r-1',
  task,
  report: { attempt: 1, epoch: 1, status, code: 'no-answer' },
})
const timer = (name: string): EntryBody => ({ kind: 'timer', owner: 'task/t1', name, deadline: 0 })

describe('the end of an offer', () => {
  it('is told by the entry, whatever code a device gives for it', () => {
    const journal = [entry(1, clock, [chosen]), entry(2, report('refused'), [moved('no-answer')])]
    expect(countsOf(journal)).toMatchObject({ refused: { 'no-answer': 1 }, missedAnswers: 0 })
  })

  it('of another task in the same entry is not this device’s word', () => {
    const journal = [entry(1, clock, [chosen]), entry(2, report('refused', 't2'), [moved('preempted')])]
    expect(countsOf(journal)).toMatchObject({ withdrawn: 1, refused: {}, cancels: 1 })
  })

  it('that denies a beginning is a failure', () => {
    const journal = [
      entry(1, clock, [chosen]),
      entry(2, report('started')),
      entry(3, report('refused'), [{ ...moved('x'), code: 'unknown' }]),
    ]
    expect(countsOf(journal)).toMatchObject({ failed: { denied: 1 }, refused: {} })
  })

  it('whose entry was erased is unclear, not guessed', () => {
    const erased = { ...entry(2, report('refused'), [moved('busy')]), body: () => null }
    const journal = [entry(1, clock, [chosen]), erased]
    expect(countsOf(journal)).toMatchObject({ unclear: 1, refused: {} })
  })

  it('that began before the window is not counted, and one that is still open is open', () => {
    expect(countsOf([entry(2, report('refused'), [moved('busy')])])).toMatchObject({ offers: 0, refused: {} })
    expect(countsOf([entry(1, clock, [chosen])])).toMatchObject({ offers: 1, open: 1 })
  })

  it('for want of an answer is not blamed on one that was not there', () => {
    const lost = entry(2, presence('lost'), [linkRecord('lost', 'online')])
    const journal = [entry(1, clock, [chosen]), lost, entry(3, timer('ack'), [moved('no-answer')])]
    expect(countsOf([...journal, entry(4, timer('cancel-1'))])).toMatchObject({
      lost: 1,
      missedAnswers: 0,
      cancels: 1,
      cancelsIgnored: 0,
    })
  })

  it('by a cancel is honoured by a last word, and ignored when its time passes without', () => {
    const taken = [entry(1, clock, [chosen]), entry(2, clock, [moved('preempted')])]
    expect(countsOf([...taken, entry(3, timer('cancel-1'))])).toMatchObject({ cancels: 1, cancelsIgnored: 1 })
    const honoured = [...taken, entry(3, report('refused')), entry(4, timer('cancel-1'))]
    expect(countsOf(honoured)).toMatchObject({ cancels: 1, cancelsIgnored: 0, withdrawn: 1 })
  })
})

describe('what is kept', () => {
  it('of codes is bounded, and none is lost', () => {
    const codes: Record<string, number> = {}
    for (let index = 0; index < 1_000; index++) addCode(codes, `code-${index}`)
    expect(Object.keys(codes).length).toBeLessThanOrEqual(25)
    expect(Object.values(codes).reduce((sum, count) => sum + count, 0)).toBe(1_000)
  })

  it('of firmware is bounded: one that changes it without end has its last ones joined', () => {
    const card = createScorecard(0, ['r-1'])
    for (let version = 1; version <= 500; version++)
      card.take(
        entry(version, { kind: 'manifest', device: 'r-1', manifest }, [
          {
            kind: 'device',
            device: 'r-1',
            code: 'firmware.changed',
            params: {
              vendor: 'A',
              model: 'M',
              firmware: `${version}`,
              wasVendor: 'A',
              wasModel: 'M',
              wasFirmware: `${version - 1}`,
            },
          },
          { ...chosen, task: `t${version}` },
        ]),
      )
    const rows = card.end([robot()], 1_000)
    expect(rows.length).toBeLessThanOrEqual(16)
    expect(rows.reduce((sum, { counts }) => sum + counts.offers, 0)).toBe(500)
  })

  it('of open offers is bounded, and those given up are unclear', () => {
    const journal = Array.from({ length: 20_100 }, (_, index) =>
      entry(index, clock, [{ ...chosen, task: `t-${index}` }]),
    )
    expect(countsOf(journal)).toMatchObject({ offers: 20_100, unclear: 100, open: 20_000 })
  })

  it('begins with nothing', () => {
    expect(Object.values(noCounts()).every((value) => value === 0 || Object.keys(value).length === 0)).toBe(
      true,
    )
  })
})
