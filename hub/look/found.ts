/** What a record or an entry of the journal is found as: a thing of the branch, and what happened to it then. */
import type { Found } from '#protocol/desk/look/search.ts'
import type { MarkValue } from '#protocol/model.ts'
import type { FlowSet } from '../engine/flow-set.ts'
import { type DecisionRecord, measuredKinds } from '../engine/turn.ts'
import type { StoredDecision, StoredEntry } from '../store/port.ts'
import { sayCode } from './say.ts'
import type { Titles } from './titles.ts'
import { alertWords } from './words/alerts.ts'
import { eventWords } from './words/causes.ts'
import { type Pairs, pair } from './words/pair.ts'
import { fillWords } from './words/reason-words.ts'

export interface Namer {
  readonly titles: Titles
  /** In the other language: words are found in either. */
  readonly other: Titles
  readonly flows: FlowSet
}

export interface Told {
  readonly found: Found
  /** Everything about it that words may be found in, in small letters. */
  readonly told: string
}

type What = Pick<Found, 'kind' | 'id' | 'ask'>

/** Of what is set the latest is found; of two items or versions, and of two campaigns, each. */
const setting = (code: string, params: DecisionRecord['params'] = {}): string => {
  const { item, version, playlist, campaign } = params
  return [code, campaign ?? playlist ?? item, version].filter((part) => part !== undefined).join('/')
}

const whatOf = ({ kind, code, task, ticket, visit, device, params }: DecisionRecord): What | undefined => {
  // An alert is found when it was raised: its life after that is told by what explains it.
  if (kind === 'alert' && code.startsWith('alert.')) return undefined
  if (kind === 'alert') {
    const ask = device !== undefined ? ({ what: 'device', id: device } as const) : null
    return { kind: 'alert', id: String(params?.['key'] ?? code), ask }
  }
  if (task !== undefined && !measuredKinds.has(kind))
    return { kind: 'task', id: task, ask: { what: 'task', id: task } }
  if (ticket !== undefined) return { kind: 'ticket', id: ticket, ask: { what: 'ticket', id: ticket } }
  if (visit !== undefined) return { kind: 'visit', id: visit, ask: { what: 'visit', id: visit } }
  if (device !== undefined) return { kind: 'device', id: device, ask: { what: 'device', id: device } }
  if (kind === 'mode' || kind === 'policy') return { kind: 'branch', id: setting(code, params), ask: null }
  return undefined
}

const flowOf = (id: string | undefined, { flows, titles }: Namer): Found['flow'] =>
  id === undefined ? null : { id, title: flows.get(id)?.title[titles.tongue] ?? id }

const zoneOf = (id: unknown, titles: Titles): Found['zone'] =>
  typeof id === 'string' ? { id, title: titles.of('zone', id) } : null

const sentenceOf = ({ kind, code, params = {} }: DecisionRecord, titles: Titles): string => {
  const alert = kind === 'alert' ? alertWords[code] : undefined
  if (alert === undefined) return sayCode(code, params, titles)
  const named = Object.fromEntries(
    Object.entries(params).map(([name, value]): [string, MarkValue] => [
      name,
      typeof value === 'string' ? titles.of(name, value) : value,
    ]),
  )
  return fillWords(alert.text[titles.tongue], titles, named)
}

const taskTitle = pair('Task', '任务')

/** What was set for all of it, by how its codes begin. */
const branchTitles: Pairs = {
  mode: pair('Branch mode', '网点状态'),
  pause: pair('Automation', '自动调度'),
  movement: pair('Movement', '移动'),
  config: pair('Branch file', '网点文件'),
  content: pair('Content', '内容'),
  playlist: pair('Playlist', '播放列表'),
  campaign: pair('Campaign', '活动'),
}

const branchTitle = (code: string) => branchTitles[code.split('.')[0] ?? ''] ?? pair('The branch', '网点')

const titleOf = ({ kind, id }: What, record: DecisionRecord, { titles, flows }: Namer): string => {
  const { tongue } = titles
  if (kind === 'alert') return alertWords[record.code]?.title[tongue] ?? sayCode(record.code, {}, titles)
  if (kind === 'task' || kind === 'branch') {
    const flow = record.flow === undefined ? undefined : flows.get(record.flow)
    return flow?.title[tongue] ?? (kind === 'task' ? taskTitle : branchTitle(record.code))[tongue]
  }
  // A ticket is called by its number.
  return kind === 'ticket' ? id : titles.of(kind, id)
}

const wordsOf = (record: DecisionRecord, namer: Namer): string => {
  const { task, visit, ticket, device, zone, service, flow, params = {} } = record
  const names = Object.entries({ ...params, task, visit, ticket, device, zone, service, flow }).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  )
  const titles = [namer.titles, namer.other].flatMap((one) => names.map(([name, id]) => one.of(name, id)))
  return [
    ...names.map(([, id]) => id),
    ...titles,
    sentenceOf(record, namer.titles),
    sentenceOf(record, namer.other),
    ...Object.values(alertWords[record.code]?.title ?? {}),
    ...Object.values((flow === undefined ? undefined : namer.flows.get(flow)?.title) ?? {}),
  ]
    .join('\n')
    .toLowerCase()
}

export const fromRecord = ({ seq, at, record }: StoredDecision, namer: Namer): Told | undefined => {
  const what = whatOf(record)
  if (what === undefined) return undefined
  return {
    found: {
      ...what,
      at,
      seq,
      title: titleOf(what, record, namer),
      sentence: sentenceOf(record, namer.titles),
      zone: zoneOf(record.zone, namer.titles),
      flow: flowOf(record.flow, namer),
    },
    told: wordsOf(record, namer),
  }
}

/** Nothing was decided about most tickets: they are found by what the queue system told of them. */
export const fromEntry = ({ seq, at, kind, body, device }: StoredEntry, namer: Namer): Told | undefined => {
  if (kind !== 'event' || body === null || !body.includes('"ticket"')) return undefined
  const { name, data } = (JSON.parse(body) as { body: { name: string; data: Record<string, unknown> } }).body
  const id = data['ticket']
  if (typeof id !== 'string') return undefined
  const say = (titles: Titles) => {
    const values = Object.entries({ ...data, device }).filter(
      (pair): pair is [string, string] => typeof pair[1] === 'string',
    )
    const named = Object.fromEntries(values.map(([key, value]) => [key, titles.of(key, value)]))
    return fillWords(eventWords[name]?.[titles.tongue] ?? name, titles, named)
  }
  const sentence = say(namer.titles)
  return {
    found: {
      kind: 'ticket',
      id,
      at,
      seq,
      title: id,
      sentence,
      zone: zoneOf(data['zone'], namer.titles),
      flow: null,
      ask: { what: 'ticket', id },
    },
    told: [id, sentence, say(namer.other), ...Object.values(data).filter((one) => typeof one === 'string')]
      .join('\n')
      .toLowerCase(),
  }
}
