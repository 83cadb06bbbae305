/** What things of the branch are called: the title of the branch file, else a word and what is left of the id. */
import { campaignName } from '#protocol/campaign-name.ts'
import { type Tongue, titleIn } from '../../ui/words.ts'
import type { Tables } from '../live/tables.ts'

export const personPrefix = 'person/'

export interface Names {
  readonly tongue: Tongue
  /** Of the branch file that the titles stand in; undefined: there is none yet. */
  readonly revision: number | undefined
  /** Of what stands under this name in a subject or in parameters: `zone`, `device`, `by`, `counter` … */
  of(what: string, id: string): string
  /** A device, or `person/<id>`. */
  member(id: string): string
  /** Somebody who did something: also the calendar and the like. */
  person(id: string): string
}

type Pair = Readonly<Record<Tongue, string>>

const doers: Readonly<Record<string, Pair>> = {
  calendar: { zh: '营业日历', en: 'the calendar' },
  operator: { zh: '命令行', en: 'the command line' },
  hub: { zh: '系统', en: 'the hub' },
  start: { zh: '系统启动', en: 'the start of the hub' },
  default: { zh: '出厂设置', en: 'as shipped' },
  'kiosk-gone': { zh: '系统（智能柜台无法连接）', en: 'the hub, as the kiosk was out of reach' },
  'branch-file': { zh: '网点文件', en: 'the branch file' },
}

const generic = {
  counter: { zh: '{n} 号窗口', en: 'Counter {n}' },
  visit: { zh: '访客', en: 'Visitor' },
  visitWith: { zh: '访客 {n}', en: 'Visitor {n}' },
} as const satisfies Record<string, Pair>

const tablesOf = {
  zone: 'zones',
  service: 'services',
  device: 'devices',
  kiosk: 'devices',
} as const

const hasTable = (what: string): what is keyof typeof tablesOf => Object.hasOwn(tablesOf, what)

/** Reads the rows as they are when it is asked. */
export const createNames = (
  tables: Pick<Tables, 'row'>,
  { tongue, revision }: Pick<Names, 'tongue' | 'revision'>,
): Names => {
  const person = (id: string): string => {
    const row = tables.row('people', id)
    return row === undefined ? (doers[id]?.[tongue] ?? id) : titleIn(row.title, tongue, id)
  }
  const titled = (what: keyof typeof tablesOf, id: string): string => {
    const row = tables.row(tablesOf[what], id)
    return row === undefined ? id : titleIn(row.title, tongue, id)
  }
  const member = (id: string): string =>
    id.startsWith(personPrefix) ? person(id.slice(personPrefix.length)) : titled('device', id)
  const others: Readonly<Record<string, (id: string) => string>> = {
    member,
    person,
    by: person,
    counter: (id) => {
      const number = /\d+$/.exec(id)?.[0]
      return number === undefined ? id : generic.counter[tongue].replace('{n}', String(Number(number)))
    },
    visit: (id) => {
      const ticket = tables.row('visits', id)?.tickets[0]
      return ticket === undefined ? generic.visit[tongue] : generic.visitWith[tongue].replace('{n}', ticket)
    },
    campaign: (id) => campaignName(titleIn(tables.row('campaigns', id)?.words ?? {}, tongue)) || id,
    place: (id) => {
      const place = tables.row('places', id)
      return place === undefined ? id : titled('zone', place.zone)
    },
  }
  return {
    tongue,
    revision,
    person,
    member,
    of: (what, id) => (hasTable(what) ? titled(what, id) : (others[what]?.(id) ?? id)),
  }
}
