/** What somebody ordered in one line: `引导：访客 A012 → 2 号窗口`. */
import type { Ask } from '#protocol/desk/live/ask.ts'
import { useSay, useTongue } from '../../../ui/words.ts'
import type { Names } from '../../said/names.ts'
import { useNames } from '../../said/use-said.ts'
import { actWords } from './words.ts'

const shortMax = 16

const short = (text: string) => (text.length > shortMax ? `${text.slice(0, shortMax)}…` : text)

/** Whom and where, as far as it is said. */
export const targetOf = (ask: Ask, names: Names): string => {
  const whom = ask.ticket ?? (ask.visit === undefined ? undefined : names.of('visit', ask.visit))
  const there = (['counter', 'kiosk', 'place', 'zone'] as const).find((one) => ask[one] !== undefined)
  const where = there === undefined ? undefined : names.of(there, ask[there] ?? '')
  const robot = ask.what === 'dock' && ask.member !== undefined ? names.member(ask.member) : undefined
  return [whom, robot, where].filter((part) => part !== undefined).join(' → ')
}

export const useSummary = (): ((ask: Ask) => string) => {
  const say = useSay()
  const tongue = useTongue()
  const names = useNames()
  return (ask) => {
    const target = targetOf(ask, names)
    const words = ask.words?.[tongue] ?? Object.values(ask.words ?? {})[0]
    return [say(actWords[`what.${ask.what}`]), target, words === undefined ? '' : short(words)]
      .filter((part) => part !== '')
      .join(' · ')
  }
}
