/** Values of settings as people read them: minutes instead of milliseconds, names instead of codes. */
import { useCallback } from 'react'
import { type Format, useFormat } from '../../../ui/format.ts'
import { type Pair, useSay } from '../../../ui/words.ts'
import { type HubWords, useHubWords } from '../../live/hub-words.ts'
import { autonomyKey } from './model/draft.ts'
import { type Json, type Setting, type Span, toKept, toShown, type Unit } from './model/fields.ts'
import { type PolicyWord, pairFor, policyWords } from './words.ts'

type Say = (pair: Pair, params?: Readonly<Record<string, string | number>>) => string
interface Means {
  readonly say: Say
  readonly format: Format
  readonly words: HubWords
}

const digitsOf = (value: number): number => Math.min(2, `${value}`.split('.')[1]?.length ?? 0)

const numberIn = (value: number, unit: Unit, { say, format }: Means): string => {
  const shown = toShown(value, unit)
  const text = format.number(shown, digitsOf(shown))
  if (unit.name === 'none') return text
  if (unit.name === 'percent') return `${text}%`
  return say(policyWords.with, { value: text, unit: say(policyWords[`unit.${unit.name}`]) })
}

const memberOf = (id: string, { say, words }: Means): string => {
  const pair = pairFor('role', id) ?? pairFor('zone', id)
  if (pair !== undefined) return say(pair)
  const flow = words.flow(id).title
  return flow === id ? words.word('capabilities', id) : flow
}

const listOf = (value: readonly Json[], means: Means): string =>
  value.length === 0
    ? means.say(policyWords.nobody)
    : value.map((one) => (typeof one === 'string' ? memberOf(one, means) : JSON.stringify(one))).join(' · ')

const plain = (value: Json, means: Means): string => {
  if (typeof value === 'boolean') return means.say(value ? policyWords.on : policyWords.off)
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return listOf(value, means)
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([name, one]) => {
        const language = pairFor('language', name)
        return `${language === undefined ? name : means.say(language)}: ${typeof one === 'string' ? one : JSON.stringify(one)}`
      })
      .join(' / ')
  return value === null ? means.say(policyWords.nobody) : `${value}`
}

const unitOf = (setting: Pick<Setting, 'shape'> | undefined): Unit =>
  setting?.shape.kind === 'number' ? setting.shape.unit : { name: 'none', factor: 1 }

export interface SaidValue {
  readonly value: (setting: Pick<Setting, 'name' | 'shape'> | undefined, value: Json) => string
  readonly member: (id: string) => string
  /** Bounds in the unit of the setting, as parameters of a sentence. */
  readonly span: (setting: Setting, span: Span) => { readonly least: string; readonly most: string }
}

export const useSaidValue = (): SaidValue => {
  const say = useSay()
  const format = useFormat()
  const words = useHubWords()
  const means: Means = { say, format, words }
  const value: SaidValue['value'] = (setting, one) => {
    if (setting?.name === autonomyKey && typeof one === 'string')
      return say((policyWords as Record<string, Pair>)[`autonomy.${one}`] ?? { zh: one, en: one })
    return typeof one === 'number' ? numberIn(one, unitOf(setting), means) : plain(one, means)
  }
  return {
    value,
    member: (id) => memberOf(id, means),
    span: (setting, { least, most }) => ({
      // The unit is said once.
      least: unitOf(setting).name === 'percent' ? `${least}%` : format.number(least, digitsOf(least)),
      most: value(setting, toKept(most, unitOf(setting))),
    }),
  }
}

/** Who set something: a person of the branch, or what stands for one. */
const doers: Readonly<Record<string, PolicyWord>> = {
  default: 'shipped',
  'branch-file': 'branchFile',
  operator: 'commandLine',
}

export const useDoer = (): ((by: string) => string | undefined) => {
  const say = useSay()
  return useCallback(
    (by) => {
      const word = doers[by]
      return word === undefined ? undefined : say(policyWords[word])
    },
    [say],
  )
}
