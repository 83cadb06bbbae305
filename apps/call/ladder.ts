/**
 * How much picture goes to one other party: less before it breaks, and more again only after it went well for a while. A
 * browser lowers its rate by itself, but not the size and the frames that the rate is spread over, and it tries again too
 * soon on lines that are full.
 */
export interface Step {
  readonly maxBitrate: number
  readonly maxFramerate: number
  readonly scaleResolutionDownBy: number
}

/** Of a picture of 640 by 480. The last is still a face. */
export const steps: readonly Step[] = [
  { maxBitrate: 700_000, maxFramerate: 15, scaleResolutionDownBy: 1 },
  { maxBitrate: 400_000, maxFramerate: 15, scaleResolutionDownBy: 1.5 },
  { maxBitrate: 220_000, maxFramerate: 12, scaleResolutionDownBy: 2 },
  { maxBitrate: 110_000, maxFramerate: 8, scaleResolutionDownBy: 3 },
  { maxBitrate: 50_000, maxFramerate: 5, scaleResolutionDownBy: 4 },
]

/** As the other side reports it, since the last look; null: it has not. */
export interface Measured {
  readonly loss: number | null
  readonly rttMs: number | null
}

export interface Rung {
  readonly step: number
  /** Good looks in a row. */
  readonly good: number
  /** So many are needed before it is tried higher: more after each try that failed. */
  readonly patience: number
  /** Looks since it went up; a fall soon after is a try that failed. */
  readonly sinceUp: number
}

export const patienceMin = 5
const patienceMax = 60
/** A fall within so many looks is the fault of the step up. */
const tryLooks = 10

export const firstRung: Rung = { step: 0, good: 0, patience: patienceMin, sinceUp: tryLooks }

/** Loss that a voice survives with its repairs is 5 to 10 %; a conversation stalls at about 400 ms one way (ITU-T G.114). */
const bad = { loss: 0.08, rttMs: 800 }
const awful = { loss: 0.25, rttMs: 2_000 }
const good = { loss: 0.02, rttMs: 400 }

const isWorse = ({ loss, rttMs }: Measured, than: typeof bad) =>
  (loss ?? 0) > than.loss || (rttMs ?? 0) > than.rttMs

const isGood = (measured: Measured) => measured.loss !== null && !isWorse(measured, good)

const lower = (rung: Rung, by: number): Rung => {
  const hasFailed = rung.sinceUp < tryLooks
  return {
    step: Math.min(steps.length - 1, rung.step + by),
    good: 0,
    patience: hasFailed ? Math.min(patienceMax, rung.patience * 2) : rung.patience,
    sinceUp: tryLooks,
  }
}

/** One look, every two seconds. */
export const nextRung = (rung: Rung, measured: Measured): Rung => {
  if (isWorse(measured, awful)) return lower(rung, 2)
  if (isWorse(measured, bad)) return lower(rung, 1)
  const sinceUp = Math.min(tryLooks, rung.sinceUp + 1)
  if (!isGood(measured)) return { ...rung, good: 0, sinceUp }
  const seen = rung.good + 1
  if (seen < rung.patience || rung.step === 0)
    return { ...rung, good: Math.min(seen, rung.patience), sinceUp }
  return { ...rung, step: rung.step - 1, good: 0, sinceUp: 0 }
}
