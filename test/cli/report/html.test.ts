import { describe, expect, it } from 'vitest'
import { html } from '#adapters/conformance/report/markup.ts'
import { ticksTo } from '#cli/report/scale.ts'
import { differenceText, intervalText, timeOfDay, valueText } from '#cli/report/values.ts'

describe('a page made of templates', () => {
  it('takes every value for text, however it was put in', () => {
    const evil = '<script>alert("1")</script>'
    expect(html`<p title="${evil}">${[evil, html`<b>${evil}</b>`]}</p>`.text).not.toContain('<script')
    expect(html`${'a & b'} ${"it's"}`.text).toBe('a &amp; b it&#39;s')
    expect(html`${'\u0000\u001b[2J'}`.text).toBe('\ufffd\ufffd[2J')
  })

  it('leaves out what is not there', () => {
    expect(html`a${null}${undefined}${false}b${0}`.text).toBe('ab0')
  })
})

describe('values', () => {
  it('are shown with their unit and no false precision', () => {
    expect(valueText(426_000, 'wait', 'en')).toBe('7:06 min')
    expect(valueText(59_700, 'wait', 'en')).toBe('1:00 min')
    expect(valueText(1_234, 'seconds', 'en')).toBe('1.2 s')
    expect(valueText(12, 'seconds', 'en')).toBe('12 ms')
    expect(valueText(0.0525, 'share', 'en')).toBe('5.3 %')
    expect(valueText(12, 'count', 'en')).toBe('12')
    expect(valueText(12.25, 'count', 'en')).toBe('12.3')
    expect(valueText(null, 'wait', 'en')).toBe('–')
  })

  it('differ with a sign, and shares in points', () => {
    expect(differenceText(-61_000, 'wait', 'en')).toBe('\u22121:01 min')
    expect(differenceText(0.02, 'share', 'en')).toBe('+2.0 points')
    expect(differenceText(-0.0001, 'share', 'en')).toBe('0.0 points')
    expect(intervalText({ low: -1_000, high: 2_000 }, 'wait', 'en')).toBe('\u22120:01 min to +0:02 min')
  })

  it('have times of the day', () => {
    expect(timeOfDay(9 * 3_600_000 + 5 * 60_000 + 59_000)).toBe('09:05')
  })
})

describe('ticks', () => {
  it('are round, begin at zero and reach the most', () => {
    expect(ticksTo(37, 4)).toEqual([0, 10, 20, 30, 40])
    expect(ticksTo(2, 4, true)).toEqual([0, 1, 2])
    expect(ticksTo(0.3, 3)).toEqual([0, 0.1, 0.2, 0.3])
  })
})
