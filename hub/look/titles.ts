/** What things are called on this branch's own pages: the title from the branch file, else the name. */
import { campaignName } from '#protocol/campaign-name.ts'
import { fileOf } from '../branch/rows.ts'
import { keptFlows } from '../branch/versions-kept.ts'
import { isPerson, personPrefix } from '../dispatch/traits.ts'
import type { BranchState } from '../engine/state.ts'
import { titleInSale } from './sale-titles.ts'
import { genericName, numberedCounter, visitorName } from './words/generic-names.ts'
import type { Tongue } from './words/pair.ts'

export interface Titles {
  readonly tongue: Tongue
  /** Of what a parameter of this name stands for; as it is for what has no title. */
  of(name: string, id: string): string
  /** Of what belongs to a sale; undefined: nothing of one. */
  inSale(sale: string, name: string, id: string): string | undefined
  /** A device, or `person/<id>`. */
  member(id: string): string
  /** Somebody who did something: also `calendar`, `operator` and the like, and who stands in a call (`expert:<id>`). */
  person(id: string): string
  /** Who set a flow as it was at this revision: beyond head office's bounds both, as long as that version is kept. */
  setters(setting: FlowSetting): string
}

export interface FlowSetting {
  readonly flow: string
  readonly revision: number
  readonly by: string
}

type Titled = { readonly title: Readonly<Record<string, string>> } | undefined

const byTable: Readonly<Record<string, 'zones' | 'services' | 'devices' | 'staff'>> = {
  zone: 'zones',
  service: 'services',
  device: 'devices',
  kiosk: 'devices',
  person: 'staff',
  by: 'staff',
  askedBy: 'staff',
  approvedBy: 'staff',
  addedBy: 'staff',
}

const doers: Readonly<Record<string, Readonly<Record<Tongue, string>>>> = {
  calendar: { en: 'the calendar', zh: '营业日历' },
  operator: { en: 'the command line', zh: '命令行' },
  default: { en: 'as shipped', zh: '出厂设置' },
  'branch-file': { en: 'the branch file', zh: '网点文件' },
  hub: { en: 'the hub', zh: '中枢' },
  customer: { en: 'the customer', zh: '客户' },
  line: { en: 'the line to the branch', zh: '网点连接' },
  branch: { en: 'the branch', zh: '网点' },
  'kiosk-gone': { en: 'the hub, as the kiosk was out of reach', zh: '中枢（智能柜台无法连接）' },
  start: { en: 'the start of the hub', zh: '中枢启动' },
}

/** In a call. */
const party = /^(expert|manager|kiosk):(.+)$/

export const createTitles = (state: BranchState, tongue: Tongue): Titles => {
  const titleOf = (row: Titled, id: string): string =>
    row?.title[tongue] ?? Object.values(row?.title ?? {})[0] ?? id
  const person = (named: string): string => {
    const [, side, id = named] = party.exec(named) ?? []
    if (side === 'kiosk') return titleOf(state.devices.get(id), id)
    const row = state.staff.get(id) ?? fileOf(state)?.experts?.people.find((one) => one.id === id)
    return row === undefined ? (doers[id]?.[tongue] ?? id) : titleOf(row, id)
  }
  const setters = ({ flow, revision, by }: FlowSetting) => {
    const second = keptFlows(state, flow).find((version) => version.revision === revision)?.approvedBy
    if (second == null) return person(by)
    return tongue === 'zh'
      ? `${person(by)}（${person(second)} 复核）`
      : `${person(by)}, approved by ${person(second)}`
  }
  const member = (id: string) =>
    isPerson(id) ? person(id.slice(personPrefix.length)) : titleOf(state.devices.get(id), id)
  const visitor = (id: string) => visitorName(state.visits.get(id)?.tickets[0], tongue)
  const others: Readonly<Record<string, (id: string) => string>> = {
    member,
    to: member,
    visit: visitor,
    into: visitor,
    counter: (id) => numberedCounter(id, tongue),
    campaign: (id) => {
      const { title = {}, words = {} } = state.campaigns.get(id) ?? {}
      return title[tongue] || campaignName(words[tongue] ?? '') || titleOf({ title }, id)
    },
    expert: person,
    item: (id) => titleOf(state.contentItems.get(id), id),
    playlist: (id) => titleOf(state.playlists.get(id), id),
    place: (id) => titleOf(state.zones.get(state.places.get(id)?.zone ?? ''), id),
  }
  return {
    tongue,
    person,
    setters,
    member,
    inSale: titleInSale(state, { tongue, person }),
    of: (name, id) => {
      const table = byTable[name]
      if (table === 'staff') return person(id)
      const row = table === undefined ? undefined : state[table].get(id)
      return row === undefined ? (others[name]?.(id) ?? genericName(name, id, tongue)) : titleOf(row, id)
    },
  }
}
