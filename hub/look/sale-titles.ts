/** What the items, the wordings and the recorders of a sale are called: by its own script, or by the one that is in force. */
import { fileOf } from '../branch/rows.ts'
import type { BranchState } from '../engine/state.ts'
import type { Tongue } from './words/pair.ts'

const recorders: Readonly<Record<string, Readonly<Record<Tongue, string>>>> = {
  hub: { en: 'the hub', zh: '中枢' },
  page: { en: 'a page', zh: '页面' },
  speech: { en: 'speech', zh: '语音' },
}

const pagePrefix = 'page:'

interface Naming {
  readonly tongue: Tongue
  /** Of somebody in a call. */
  readonly person: (id: string) => string
}

/** @returns undefined: it is nothing of a sale. */
export const titleInSale = (
  state: BranchState,
  { tongue, person }: Naming,
): ((sale: string, name: string, id: string) => string | undefined) => {
  const scripts = (sale: string) => {
    const own = state.saleScripts.get(sale)
    return own === undefined ? (fileOf(state)?.recording?.scripts ?? []) : [own]
  }
  const titled = (rows: readonly { id: string; title: Readonly<Record<string, string>> }[], id: string) => {
    const title = rows.find((row) => row.id === id)?.title
    return title?.[tongue] ?? Object.values(title ?? {})[0]
  }
  const recorder = (id: string) => {
    if (!id.startsWith(pagePrefix)) return recorders[id]?.[tongue]
    const whose = person(id.slice(pagePrefix.length))
    return tongue === 'zh' ? `${whose}的页面` : `the page of ${whose}`
  }
  const heard = (sale: string, id: string) =>
    titled(
      scripts(sale).flatMap(({ items, forbidden }) => [...items, ...forbidden]),
      id,
    )
  const naming: Readonly<Record<string, (sale: string, id: string) => string | undefined>> = {
    script: (sale, id) => titled(scripts(sale), id),
    item: heard,
    about: (sale, id) => heard(sale, id) ?? recorder(id),
    recorder: (_, id) => recorder(id),
    recorders: (_, ids) =>
      ids
        .split(', ')
        .map((id) => recorder(id) ?? id)
        .join(tongue === 'zh' ? '、' : ', '),
  }
  return (sale, name, id) => naming[name]?.(sale, id)
}
