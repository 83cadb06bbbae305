import { describe, expect, it } from 'vitest'
import { histogram } from '#cli/report/histogram.ts'

const minute = 60_000

interface Drawn {
  readonly lineX: number
  readonly lineFrom: number
  readonly from: number
  readonly to: number
  readonly baseline: number
}

/** Labels as drawn, at six points for a letter. */
const meansOf = (page: string): readonly Drawn[] =>
  [
    ...page.matchAll(
      /<line x1="([\d.]+)" x2="[\d.]+" y1="([\d.]+)" y2="[\d.]+"\/><text class="tick( end)?" x="([\d.]+)" y="([\d.]+)">([^<]*mean[^<]*)</g,
    ),
  ].map(([, lineX, lineFrom, end, textX, y, text = '']) => {
    const width = text.length * 6
    const x = Number(textX)
    return {
      lineX: Number(lineX),
      lineFrom: Number(lineFrom),
      from: end === undefined ? x : x - width,
      to: end === undefined ? x + width : x,
      baseline: Number(y),
    }
  })

describe('the means in the histogram of the waits', () => {
  it.each([
    ['the first is less', [4, 30], [5, 40]],
    ['the first is more', [5, 40], [4, 30]],
    ['both the same', [4, 30], [4, 30]],
    ['both at the right edge', [30, 30], [29, 29]],
    ['one at each edge', [0, 0, 0], [30, 30]],
  ])('no line crosses a label, and no label leaves the drawing: %s', (_, first, second) => {
    const inMs = (minutes: readonly number[]) => minutes.map((one) => one * minute)
    const means = meansOf(
      histogram(
        [
          { title: 'on', ms: inMs(first) },
          { title: 'off', ms: inMs(second) },
        ],
        'en',
      ).text,
    )
    expect(means).toHaveLength(2)
    for (const label of means) {
      expect(label.from).toBeGreaterThanOrEqual(0)
      expect(label.to).toBeLessThanOrEqual(960)
      for (const { lineX, lineFrom } of means)
        expect(lineX > label.from && lineX < label.to && lineFrom < label.baseline).toBe(false)
    }
  })
})
