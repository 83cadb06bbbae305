/** What a thing is called that has no title of its own: a word for its kind, with whatever of its id people know. */
import { capabilityNames, modeNames } from './names.ts'
import { type Pairs, pair, type Tongue } from './pair.ts'

const words = {
  counter: pair('Counter {n}', '{n} 号窗口'),
  visit: pair('the visitor', '访客'),
  visitWith: pair('Visitor {n}', '访客 {n}'),
  branch: pair('the branch', '网点'),
} as const satisfies Pairs

export const numberedCounter = (id: string, tongue: Tongue): string => {
  const number = /\d+$/.exec(id)?.[0]
  return number === undefined ? id : words.counter[tongue].replace('{n}', String(Number(number)))
}

/** @param ticket undefined: none is known. */
export const visitorName = (ticket: string | undefined, tongue: Tongue): string =>
  ticket === undefined ? words.visit[tongue] : words.visitWith[tongue].replace('{n}', ticket)

export const genericName = (what: string, id: string, tongue: Tongue): string => {
  switch (what) {
    case 'mode':
    case 'was':
      return modeNames[id]?.[tongue] ?? id
    case 'capability':
      return capabilityNames[id]?.[tongue] ?? id
    case 'counter':
      return numberedCounter(id, tongue)
    case 'visit':
    case 'into':
      return visitorName(undefined, tongue)
    case 'zone':
      return id === 'branch' ? words.branch[tongue] : id
    default:
      return id
  }
}
