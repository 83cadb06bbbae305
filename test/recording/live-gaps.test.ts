/** Whoever is not heard or seen while a sale is recorded: from when on, and until when. */
import { expect, test } from 'vitest'
import { type Heard, LiveGaps } from '#hub/recording/live-gaps.ts'

const one = 'kiosk:k-1'
const stage = (baseline: ReadonlyMap<string, number> = new Map()) => {
  const told: { from: number; to: number; isOver: boolean }[] = []
  const gaps = new LiveGaps({ onGap: ({ from, to, isOver }) => told.push({ from, to, isOver }) }, baseline)
  const heard = (at: number | null): readonly Heard[] => [{ participant: one, audioAt: at, videoAt: at }]
  return {
    gaps,
    told,
    /** Every half second, as far as `to`. */
    run: (from: number, to: number, heardAt: (ms: number) => readonly Heard[]) => {
      for (let ms = from; ms <= to; ms += 500) gaps.look(ms, [one], heardAt(ms))
    },
    heard,
  }
}

test('a recorder that knows nothing any more lacks what came after it was last heard, and no more', () => {
  const { gaps, told, run, heard } = stage()
  gaps.recording(0)
  run(0, 60_000, heard)
  // Its process died: there is nobody to be asked.
  run(60_500, 64_000, () => [])
  run(64_500, 66_000, () => heard(null))
  expect(told).toEqual([{ from: 60_000, to: 63_000, isOver: false }])
  run(66_500, 67_000, heard)
  expect(told.at(-1)).toEqual({ from: 60_000, to: 66_500, isOver: true })
  expect(gaps.isOpen).toBe(false)
})

test('what was missed before a pause is not missed after it', () => {
  const { gaps, told, run, heard } = stage()
  gaps.recording(0)
  run(0, 10_000, heard)
  gaps.recording(null)
  run(10_500, 60_000, () => [])
  gaps.recording(60_000)
  run(60_500, 63_000, () => [])
  run(63_500, 90_000, heard)
  expect(told).toEqual([
    { from: 60_000, to: 63_000, isOver: false },
    { from: 60_000, to: 63_500, isOver: true },
  ])
})

test('a hub that started again lacks what came after the last piece on disk', () => {
  const { gaps, told, run } = stage(new Map([[one, 40_000]]))
  gaps.recording(0)
  run(45_000, 45_500, () => [])
  expect(told).toEqual([{ from: 40_000, to: 45_000, isOver: false }])
})
