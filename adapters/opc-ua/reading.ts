/**
 * What a value of a server means, with its quality. What is not surely known is `undefined` and stays so: never a false
 * "closed", never a false "no fire".
 */
import type { When } from './config.ts'

export interface Reading {
  /** By the severity of the status code (OPC 10000-4, 7.39). */
  readonly quality: 'good' | 'uncertain' | 'bad'
  /** The name of the status code. */
  readonly status: string
  /** A boolean, a number or a string; anything else is left out. */
  readonly value?: boolean | number | string
}

const typesOf = (when: When): ReadonlySet<string> =>
  new Set(
    Array.isArray(when) ? when.map((one) => typeof one) : [typeof when === 'object' ? 'number' : typeof when],
  )

const meets = (value: boolean | number | string, when: When): boolean => {
  if (Array.isArray(when)) return when.some((one) => one === value)
  if (typeof when !== 'object') return value === when
  const { above = Number.NEGATIVE_INFINITY, below = Number.POSITIVE_INFINITY } = when
  return typeof value === 'number' && value > above && value < below
}

const judgeValue = ({ value }: Reading, when: When): boolean | undefined => {
  if (value === undefined || Number.isNaN(value) || !typesOf(when).has(typeof value)) return undefined
  return meets(value, when)
}

/** @returns undefined: not known */
export const judge = (reading: Reading | undefined, when: When): boolean | undefined =>
  reading?.quality === 'good' ? judgeValue(reading, when) : undefined

/** An alarm counts even when its source is not quite sure; that there is none has to be certain. */
export const judgeAlarm = (reading: Reading | undefined, when: When): boolean | undefined => {
  const doubtful = reading?.quality === 'uncertain' && judgeValue(reading, when) === true
  return doubtful ? true : judge(reading, when)
}
