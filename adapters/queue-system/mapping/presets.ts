/** Mappings that come along. What a branch calls its services and counters is always told by its own tables. */
import type { RuleInput } from './rules.ts'

/**
 * Qmatic Orchestra: `{eventName, eventTime, parameters}` of its web hooks; `parameterMap` is what its REST interface calls
 * the same. Snapshots are what it answers under `managementinformation/v2/branches/{id}/queues`.
 */
const orchestraFields = (name: string) => [`parameters.${name}`, `parameterMap.${name}`]
const orchestra = {
  at: ['eventTime'],
  ticket: orchestraFields('ticket'),
  key: orchestraFields('visitId'),
}
const service = [...orchestraFields('serviceOrigId'), ...orchestraFields('service')]
const queue = { path: orchestraFields('queueId'), table: 'queues' }
const counter = {
  path: [
    ...orchestraFields('servicePointId'),
    'unitId',
    ...orchestraFields('servicePointLogicId'),
    ...orchestraFields('servicePointName'),
  ],
}
const named = (...eventName: string[]) => ({ when: { eventName } })

const qmaticOrchestra: RuleInput[] = [
  { tells: 'issued', ...named('VISIT_CREATE'), ...orchestra, service },
  { tells: 'called', ...named('VISIT_CALL'), ...orchestra, service, counter },
  { tells: 'waits-again', ...named('VISIT_RECYCLE'), ...orchestra, service },
  { tells: 'no-show', ...named('VISIT_NOSHOW'), ...orchestra },
  { tells: 'withdrawn', ...named('VISIT_REMOVE'), ...orchestra },
  { tells: 'transferred', ...named('VISIT_TRANSFER_TO_QUEUE'), ...orchestra, service: queue },
  // It waits for one counter or one person now; to the customer it is the same queue.
  {
    tells: 'transferred',
    ...named('VISIT_TRANSFER_TO_SERVICE_POINT_POOL', 'VISIT_TRANSFER_TO_USER_POOL'),
    ...orchestra,
  },
  { tells: 'served', ...named('VISIT_END'), ...orchestra },
  { tells: 'counter', ...named('SERVICE_POINT_OPEN'), at: orchestra.at, counter, state: 'open' },
  { tells: 'counter', ...named('SERVICE_POINT_CLOSE'), at: orchestra.at, counter, state: 'closed' },
  {
    tells: 'counter',
    ...named('USER_SERVICE_POINT_SESSION_START'),
    at: orchestra.at,
    counter,
    state: 'open',
    staffed: true,
  },
  {
    tells: 'counter',
    ...named('USER_SERVICE_POINT_SESSION_END'),
    at: orchestra.at,
    counter,
    state: 'paused',
    staffed: false,
  },
  // Whatever else it tells of visits, users and units.
  { tells: 'nothing', when: { eventName: { present: true } } },
  {
    tells: 'snapshot',
    when: { customersWaiting: { present: true } },
    service: { path: ['id'], table: 'queues' },
    waiting: 'customersWaiting',
  },
]

/**
 * What Chinese systems send where they send JSON: one object for each change of a ticket (号子, 队列, 窗口, 状态), and the
 * queue as its number of people waiting (等待人数). Field names differ from vendor to vendor: the usual ones are all tried.
 */
const chineseTicket = {
  ticket: ['number', 'ticketNo', 'ticket_no', '号码', '票号', '号子'],
  key: ['id', 'ticketId', 'ticket_id'],
  at: ['time', 'updateTime', 'update_time', '时间'],
}
const chineseQueue = ['queueId', 'queue_id', 'queue', '队列', '业务类型', '业务']
const chineseCounter = ['serviceWindow', 'window', 'windowNo', 'window_no', '窗口', '窗口号']
const inState = (...words: string[]) => [
  { when: { status: words } },
  { when: { state: words } },
  { when: { 状态: words } },
]
type TicketRule = Exclude<RuleInput, { tells: 'counter' | 'snapshot' | 'nothing' }>
const rulesFor = (rule: TicketRule, ...words: string[]): RuleInput[] =>
  inState(...words).map((when) => ({ ...rule, ...chineseTicket, ...when }))

const chinese: RuleInput[] = [
  ...rulesFor(
    { tells: 'issued', service: chineseQueue, segment: ['vip', 'isVip', 'VIP', '客户类型'] },
    '等待',
    '排队',
    '排队中',
    '取号',
    '已取号',
    'waiting',
  ),
  ...rulesFor(
    { tells: 'called', counter: chineseCounter, service: chineseQueue },
    '叫号',
    '呼叫',
    '已叫号',
    '重呼',
    '办理中',
    'called',
    'serving',
  ),
  ...rulesFor({ tells: 'no-show' }, '过号', '弃号', 'passed'),
  ...rulesFor({ tells: 'withdrawn' }, '取消', '作废', '退号', 'cancelled'),
  ...rulesFor({ tells: 'served' }, '办结', '完成', '已完成', '已办理', '结束', 'finished'),
  ...rulesFor({ tells: 'transferred', service: ['toQueue', '转入队列', ...chineseQueue] }, '转移', '转队列'),
  ...['waiting_people', 'waitingPeople', 'waitCount', '等待人数'].flatMap((waiting): RuleInput[] => [
    {
      tells: 'snapshot',
      when: { [waiting]: { present: true } },
      service: [...chineseQueue, 'id'],
      waiting,
      at: chineseTicket.at,
    },
    ...['data[*]', 'data[*].list[*].counters[*]'].map(
      (each): RuleInput => ({
        tells: 'snapshot',
        each,
        when: { [waiting]: { present: true } },
        service: [...chineseQueue, 'id'],
        waiting,
      }),
    ),
  ]),
]

export const presetNames = ['qmatic-orchestra', 'chinese', 'none'] as const
export type PresetName = (typeof presetNames)[number]

export const presets: Readonly<
  Record<
    PresetName,
    { readonly vendor: string; readonly model: string; readonly rules: readonly RuleInput[] }
  >
> = {
  'qmatic-orchestra': { vendor: 'Qmatic', model: 'Orchestra', rules: qmaticOrchestra },
  chinese: { vendor: 'Queue system', model: '叫号机', rules: chinese },
  none: { vendor: 'Queue system', model: 'Generic', rules: [] },
}
