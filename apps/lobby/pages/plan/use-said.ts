/** A difference between two plans in words: what, and how far. */
import type { Point } from '#protocol/desk/live/lobby-rows.ts'
import { useFormat } from '../../../ui/format.ts'
import { useSay } from '../../../ui/words.ts'
import { type Difference, thingIn, wayOf } from './model/differences.ts'
import { surfaceOf } from './model/grid.ts'
import { isSame, type Plan } from './model/plan.ts'
import { heardWith } from './model/sound.ts'
import type { Names } from './use-names.ts'
import { type PlanWord, planWords } from './words.ts'

type Values = Readonly<Record<string, unknown>>

const wordFor = (key: string) => (planWords as Readonly<Record<string, (typeof planWords)[PlanWord]>>)[key]

const isPoints = (value: unknown): value is readonly Point[] => Array.isArray(value)

export const useSaid = ({ was, is, names }: { was: Plan; is: Plan; names: Names }) => {
  const say = useSay()
  const { number } = useFormat()

  const value = (field: string, one: unknown, kind: Difference['kind']): string => {
    if (one === undefined || one === null) return say(planWords.none)
    if (typeof one === 'boolean') return say(one ? planWords.yes : planWords.no)
    if (typeof one === 'number') return number(one, Number.isInteger(one) ? 0 : 2)
    if (typeof one === 'string') {
      const pair = field === 'kind' ? wordFor(`${kind}.${one}`) : undefined
      if (pair !== undefined) return say(pair)
      return field === 'zone' ? names.zone(one) : one
    }
    const parts = Object.values(one).map(String)
    return parts.length === 0 ? say(planWords.none) : parts.join(' / ')
  }

  const way = ({ x, y }: Point) => say(planWords.moved, { x: number(x, 1), y: number(y, 1) })

  const outline = (before: unknown, after: unknown): string => {
    const [a, b] = [isPoints(before) ? before : [], isPoints(after) ? after : []]
    const moved = wayOf(a, b)
    if (moved !== undefined) return way(moved)
    return say(planWords.shape, { was: number(surfaceOf(a), 1), is: number(surfaceOf(b), 1) })
  }

  /** By the zones that share it: its own name says nothing to anybody. */
  const heard = ({ id }: Difference) => {
    const [before, after] = [was, is].map((plan) => {
      const zone = plan.zones.find((one) => one.id === id)
      const others = zone === undefined ? [] : heardWith(plan, zone)
      return others.length === 0
        ? say(planWords.soundOwn)
        : others.map((one) => names.zone(one.id)).join(' · ')
    })
    return say(planWords.fromTo, { what: say(planWords['field.sound']), was: before ?? '', is: after ?? '' })
  }

  const field = (one: Difference, name: string): string => {
    const [a, b] = [thingIn(was, one), thingIn(is, one)] as unknown as readonly (Values | undefined)[]
    if (name === 'sound') return heard(one)
    if (name === 'area') return outline(a?.[name], b?.[name])
    const pair = wordFor(`field.${name}`)
    return say(planWords.fromTo, {
      what: pair === undefined ? name : say(pair),
      was: value(name, a?.[name], one.kind),
      is: value(name, b?.[name], one.kind),
    })
  }

  /** A zone that moved as a whole is not said twice, by its outline and by its middle. */
  const told = ({ fields }: Difference) =>
    fields.includes('area') ? fields.filter((name) => name !== 'at') : fields

  return (one: Difference): readonly string[] => {
    if (one.what !== 'changed') return [say(planWords[`what.${one.what}`])]
    return told(one)
      .map((name) => field(one, name))
      .filter((words, nth, all) => all.findIndex((other) => isSame(other, words)) === nth)
  }
}
