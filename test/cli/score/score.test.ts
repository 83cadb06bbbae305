/** The scorecard as it is read: shares with intervals, honest about small numbers, safe for terminals and tables. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scoreReport } from '#cli/score/score-report.ts'
import { scoreCsv, scoreText } from '#cli/score/score-text.ts'
import { areApart, isEnough, shareOf } from '#cli/score/shares.ts'
import type { ScoreAnswer } from '#hub/ops/methods/score.ts'
import { type Counts, noCounts } from '#hub/ops/score/counts.ts'
import type { ScoreRow } from '#hub/ops/score/scorecard.ts'

const rowOf = (model: string, counts: Partial<Counts>, rest: Partial<ScoreRow> = {}): ScoreRow => ({
  kind: 'robot',
  vendor: 'Acme',
  model,
  firmware: '1.0',
  devices: ['r-1'],
  onProbation: false,
  counts: { ...noCounts(), upMs: 3_600_000, ...counts },
  ...rest,
})

const answerOf = (...rows: readonly ScoreRow[]): ScoreAnswer => ({
  from: Date.UTC(2026, 2, 2),
  to: Date.UTC(2026, 2, 9),
  entries: 1_000,
  erased: 0,
  rows,
})

describe('a share', () => {
  it('has Wilson’s interval, as textbooks have it', () => {
    // Newcombe 1998, table I: 81 of 263.
    expect(shareOf(81, 263)).toMatchObject({
      low: expect.closeTo(0.2553, 4),
      high: expect.closeTo(0.3662, 4),
    })
    expect(shareOf(0, 20)).toMatchObject({ value: 0, low: 0, high: expect.closeTo(0.1611, 4) })
    expect(shareOf(0, 0)).toBeUndefined()
  })

  it('lies within its interval, which narrows with more of the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(500), (of, some) => {
        const count = Math.min(some, of)
        const [few, many] = [shareOf(count, of), shareOf(count * 4, of * 4)]
        if (few === undefined || many === undefined) throw new Error('there is something to count')
        expect(few.low).toBeLessThanOrEqual(few.value + 1e-12)
        expect(few.high).toBeGreaterThanOrEqual(few.value - 1e-12)
        expect(few.low).toBeGreaterThanOrEqual(0)
        expect(few.high).toBeLessThanOrEqual(1)
        expect(many.high - many.low).toBeLessThan(few.high - few.low)
        expect(areApart(few, many)).toBe(false)
        expect(isEnough(few)).toBe(of >= 20)
      }),
    )
  })
})

describe('the report', () => {
  const healthy = rowOf('Good', { offers: 200, done: 190, missedAnswers: 10 })
  const poor = rowOf('Poor', { offers: 200, done: 100, refused: { busy: 60 }, failed: { blocked: 40 } })

  it('tells two models apart only where their intervals do', () => {
    expect(scoreReport(answerOf(healthy, poor)).differences).toEqual([
      { worse: 'Poor 1.0', better: ['Good 1.0'] },
    ])
    const near = rowOf('Near', { offers: 200, done: 186, missedAnswers: 14 })
    expect(scoreReport(answerOf(healthy, near)).differences).toEqual([])
  })

  it('compares nothing with too few of its kind, nor with another kind', () => {
    const few = rowOf('Few', { offers: 15, refused: { busy: 15 } })
    expect(scoreReport(answerOf(healthy, few))).toMatchObject({
      differences: [],
      models: [{ tooFew: false }, { tooFew: true, judged: 15 }],
    })
    expect(scoreReport(answerOf(healthy, { ...poor, kind: 'screen' })).differences).toEqual([])
  })

  it('does not count against a device what the hub took back', () => {
    const taken = rowOf('Taken', { offers: 100, done: 30, withdrawn: 60, open: 5, unclear: 5 })
    expect(scoreReport(answerOf(taken)).models[0]).toMatchObject({ judged: 30, kept: { value: 1 } })
  })

  it('leaves out what was never there, and knows no availability of what was never expected', () => {
    const absent = rowOf('Absent', { upMs: 0 })
    const away = rowOf('Away', { upMs: 0, awayMs: 5_000, invalid: { 'payload.invalid': 1 } })
    const { models } = scoreReport(answerOf(absent, away))
    expect(models).toMatchObject([{ model: 'Away', availability: null, kept: null, tooFew: true }])
  })

  it('is read in English and in Chinese', () => {
    const report = scoreReport({
      ...answerOf(healthy, { ...poor, onProbation: true }, rowOf('Few', { offers: 3, done: 3 })),
      erased: 12,
    })
    const english = scoreText(report, 'en')
    expect(english).toContain('95 % (91 to 97)')
    expect(english).toContain('too few (3)')
    expect(english).toContain('1.0 (probation)')
    expect(english).toContain('Poor 1.0: refused: busy 60; failed: blocked 40')
    expect(english).toContain('Poor 1.0 gets less done of what it is asked than Good 1.0')
    expect(english).toContain('12 of 1000 journal entries')
    const chinese = scoreText(report, 'zh')
    expect(chinese).toContain('95%（91～97）')
    expect(chinese).toContain('样本不足（3）')
    expect(chinese).toContain('Poor 1.0 的完成率低于 Good 1.0')
    expect(scoreText(scoreReport(answerOf()), 'en')).toContain('No device was asked or seen')
  })

  it('has the same columns in every line of its CSV, and no cell that a spreadsheet would run', () => {
    const hostile = rowOf('=cmd("x"),1\u001b[2J', { offers: 1, refused: { busy: 1 } }, { vendor: '+1' })
    const [head, ...lines] = scoreCsv(scoreReport(answerOf(healthy, hostile))).split('\n')
    const columns = (line: string | undefined) =>
      line?.match(/("(?:[^"]|"")*"|[^,]*)(,|$)/g)?.filter((cell) => cell !== '').length
    expect(lines).toHaveLength(2)
    for (const line of lines) expect(columns(line)).toBe(columns(head))
    expect(lines[1]).toContain(`"'+1","'=cmd(""x""),1`)
    expect(lines.join('')).not.toContain('\u001b')
    expect(scoreText(scoreReport(answerOf(hostile)), 'en')).not.toContain('\u001b')
  })
})
