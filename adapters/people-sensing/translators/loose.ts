/**
 * Sensors write numbers as strings, truth as 1, and leave fields out. These schemas read what is meant and refuse what
 * means nothing. Only what a schema names is ever read: everything else of a message ends here.
 */
import { z } from 'zod'
import type { Findings } from './outcome.ts'

const numeral = /^[+-]?\d{1,18}(\.\d{1,9})?$/

const asNumber = (value: unknown): unknown =>
  typeof value === 'string' && numeral.test(value.trim()) ? Number(value.trim()) : value

/** People at one place at one time; the contract knows no more. */
export const countMax = 10_000

/** Some write 5 as 5.0. */
export const Count = z.preprocess(asNumber, z.int().min(0).max(countMax))

/** A counter that only grows, up to whatever its register holds. */
export const Cumulative = z.preprocess(asNumber, z.int().min(0).max(Number.MAX_SAFE_INTEGER))

/** Not everything that calls itself an id: only whole numbers, so that nothing else hides in it. */
export const NumberId = z
  .preprocess(asNumber, z.int().min(0).max(Number.MAX_SAFE_INTEGER))
  .transform((id) => String(id))

const truths: Readonly<Record<string, boolean>> = { true: true, '1': true, false: false, '0': false }

export const Truth = z.preprocess(
  (value) =>
    typeof value === 'string' || typeof value === 'number'
      ? truths[String(value).trim().toLowerCase()]
      : value,
  z.boolean(),
)

/** A name from the vendor's side: only ever compared with those of the configuration, never passed on. */
export const VendorName = z.preprocess(
  (value) => (typeof value === 'number' ? String(value) : value),
  z.string().max(256),
)

/** Epoch seconds as a fraction. */
export const EpochSeconds = z
  .preprocess(asNumber, z.number().min(0).max(1e11))
  .transform((seconds) => Math.round(seconds * 1_000))

/** A list whose spoilt elements do not spoil the others. */
export const readEach = <T>(schema: z.ZodType<T>, values: readonly unknown[], findings: Findings): T[] => {
  const good: T[] = []
  let bad = 0
  for (const value of values) {
    const parsed = schema.safeParse(value)
    if (parsed.success) good.push(parsed.data)
    else bad += 1
  }
  if (bad > 0) findings.trouble('bad-shape', bad)
  return good
}

export const listMax = 5_000
export const List = z.array(z.unknown()).max(listMax)

/** @returns undefined, and says so, when it is not JSON or not of that shape. */
export const readJson = <T>(schema: z.ZodType<T>, payload: string, findings: Findings): T | undefined => {
  let value: unknown
  try {
    value = JSON.parse(payload)
  } catch {
    findings.trouble('not-json')
    return undefined
  }
  const parsed = schema.safeParse(value)
  if (!parsed.success) findings.trouble('bad-shape')
  return parsed.data
}
