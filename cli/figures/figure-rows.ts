/** What is shown of a day's figures, in which order, unit and words; the table, the page and the comparison agree. */
import { type Pair, pair, type Tongue } from '../io/language.ts'
import type { Unit } from '../report/values.ts'
import type { DayFigures } from './day-figures.ts'

/** In the order in which they are shown. */
export const figureGroups = {
  waiting: pair('Waiting', '等候'),
  greeting: pair('Greeting', '迎宾'),
  'self-service': pair('Self-service', '自助分流'),
  promotion: pair('Promotion', '产品推荐'),
  staff: pair('Staff', '员工'),
} as const

export interface FigureRow {
  readonly id: string
  readonly group: keyof typeof figureGroups
  readonly label: Pair<string>
  readonly unit: Unit
  readonly of: (figures: DayFigures) => number | null
  /** Which way is better; null: neither by itself. */
  readonly better: 'lower' | 'higher' | null
  /** One of the few that are shown large. */
  readonly isKey?: boolean
}

export const figureRows: readonly FigureRow[] = [
  {
    id: 'meanWait',
    group: 'waiting',
    label: pair('Mean wait', '平均等候时间'),
    unit: 'wait',
    better: 'lower',
    isKey: true,
    of: ({ wait }) => wait.ms?.mean ?? null,
  },
  {
    id: 'p90Wait',
    group: 'waiting',
    label: pair('Wait, 90 % within', '90% 的客户等候不超过'),
    unit: 'wait',
    better: 'lower',
    isKey: true,
    of: ({ wait }) => wait.ms?.p90 ?? null,
  },
  {
    id: 'p99Wait',
    group: 'waiting',
    label: pair('Wait, 99 % within', '99% 的客户等候不超过'),
    unit: 'wait',
    better: 'lower',
    of: ({ wait }) => wait.ms?.p99 ?? null,
  },
  {
    id: 'meanSinceArrival',
    group: 'waiting',
    label: pair('From the door to service', '进门至开始办理'),
    unit: 'wait',
    better: 'lower',
    of: ({ wait }) => wait.sinceArrivalMs?.mean ?? null,
  },
  {
    id: 'abandonedShare',
    group: 'waiting',
    label: pair('Left without service', '未办理即离开'),
    unit: 'share',
    better: 'lower',
    isKey: true,
    of: ({ visitors }) => visitors.abandonedShare,
  },
  {
    id: 'announcedError',
    group: 'waiting',
    label: pair('Error of the announced wait', '预计等候时间的误差'),
    unit: 'wait',
    better: 'lower',
    isKey: true,
    of: ({ announced }) => announced?.meanAbsErrorMs ?? null,
  },
  {
    id: 'announcedExceeded',
    group: 'waiting',
    label: pair('Waited longer than announced', '实际等候超过预计'),
    unit: 'share',
    better: 'lower',
    of: ({ announced }) => announced?.exceededShare ?? null,
  },
  {
    id: 'greetedShare',
    group: 'greeting',
    label: pair('Greeted', '迎宾覆盖率'),
    unit: 'share',
    better: null,
    isKey: true,
    of: ({ greeting }) => greeting.share,
  },
  {
    id: 'greetingP50',
    group: 'greeting',
    label: pair('Greeted after, half within', '迎宾响应时间，中位数'),
    unit: 'seconds',
    better: 'lower',
    of: ({ greeting }) => greeting.latencyMs?.p50 ?? null,
  },
  {
    id: 'greetingP95',
    group: 'greeting',
    label: pair('Greeted after, 95 % within', '95% 的迎宾响应不超过'),
    unit: 'seconds',
    better: 'lower',
    isKey: true,
    of: ({ greeting }) => greeting.latencyMs?.p95 ?? null,
  },
  {
    id: 'greetingP99',
    group: 'greeting',
    label: pair('Greeted after, 99 % within', '99% 的迎宾响应不超过'),
    unit: 'seconds',
    better: 'lower',
    of: ({ greeting }) => greeting.latencyMs?.p99 ?? null,
  },
  {
    id: 'greetingHeard',
    group: 'greeting',
    label: pair('Welcome heard after, 95 % within', '95% 的客户听到问候不超过'),
    unit: 'seconds',
    better: 'lower',
    of: ({ greeting }) => greeting.heardMs?.p95 ?? null,
  },
  {
    id: 'duplicateGreetings',
    group: 'greeting',
    label: pair('Visits greeted twice', '重复迎宾'),
    unit: 'count',
    better: 'lower',
    of: ({ greeting }) => greeting.duplicates,
  },
  {
    id: 'mistakenGreetings',
    group: 'greeting',
    label: pair('Greeted again because a sensor saw somebody else', '因传感器误认而再次迎宾'),
    unit: 'count',
    better: 'lower',
    of: ({ greeting }) => greeting.mistaken,
  },
  {
    id: 'selfServed',
    group: 'self-service',
    label: pair('Finished at a kiosk', '在智能柜台办结'),
    unit: 'count',
    better: null,
    isKey: true,
    of: ({ visitors }) => visitors.selfServed,
  },
  {
    id: 'invited',
    group: 'self-service',
    label: pair('Invited to a kiosk', '受邀使用智能柜台'),
    unit: 'count',
    better: null,
    of: ({ diversion }) => diversion.invited,
  },
  {
    id: 'accepted',
    group: 'self-service',
    label: pair('Accepted the invitation', '接受邀请'),
    unit: 'count',
    better: null,
    of: ({ diversion }) => diversion.accepted,
  },
  {
    id: 'divertedFinished',
    group: 'self-service',
    label: pair('Diverted and finished', '分流成功'),
    unit: 'count',
    better: null,
    isKey: true,
    of: ({ diversion }) => diversion.finished,
  },
  {
    id: 'divertedShare',
    group: 'self-service',
    label: pair('Diverted and finished, of those who could', '分流成功率（占可分流客户）'),
    unit: 'share',
    better: 'higher',
    of: ({ diversion }) => diversion.finishedShare,
  },
  {
    id: 'returned',
    group: 'self-service',
    label: pair('Came back to the counter', '分流后返回窗口'),
    unit: 'count',
    better: 'lower',
    of: ({ diversion }) => diversion.returned,
  },
  {
    id: 'promotionsPerVisit',
    group: 'promotion',
    label: pair('Promotions per visit', '每次到访的产品推荐'),
    unit: 'number',
    better: null,
    of: ({ promotion }) => promotion.perVisit,
  },
  {
    id: 'promotionsMost',
    group: 'promotion',
    label: pair('Promotions, most in one visit', '单次到访最多产品推荐'),
    unit: 'count',
    better: null,
    of: ({ promotion }) => promotion.perVisitMax,
  },
  {
    id: 'promotionRepeats',
    group: 'promotion',
    label: pair('Promotions repeated beyond their cap', '超出上限的重复推荐'),
    unit: 'count',
    better: 'lower',
    of: ({ promotion }) => promotion.repeats,
  },
  {
    id: 'interested',
    group: 'promotion',
    label: pair('Showed interest', '表示感兴趣'),
    unit: 'count',
    better: null,
    of: ({ promotion }) => promotion.interested,
  },
  {
    id: 'alerts',
    group: 'staff',
    label: pair('Alerts to staff', '发给员工的提醒'),
    unit: 'count',
    better: 'lower',
    of: ({ staff }) => staff.alerts,
  },
  {
    id: 'asked',
    group: 'staff',
    label: pair('Tasks people were asked to do', '派给员工的任务'),
    unit: 'count',
    better: null,
    of: ({ staff }) => staff.asked,
  },
  {
    id: 'taken',
    group: 'staff',
    label: pair('Tasks people took', '员工认领的任务'),
    unit: 'count',
    better: null,
    of: ({ staff }) => staff.taken,
  },
  {
    id: 'claimP50',
    group: 'staff',
    label: pair('Time until somebody took it, half within', '员工认领用时，中位数'),
    unit: 'seconds',
    better: 'lower',
    of: ({ staff }) => staff.claimMs?.p50 ?? null,
  },
  {
    id: 'claimP95',
    group: 'staff',
    label: pair('Time until somebody took it, 95 % within', '95% 的员工认领不超过'),
    unit: 'seconds',
    better: 'lower',
    of: ({ staff }) => staff.claimMs?.p95 ?? null,
  },
]

/** Group by group, as every list of figures shows them. */
export const groupedRows = (
  tongue: Tongue,
): readonly { readonly title: string; readonly rows: readonly FigureRow[] }[] =>
  Object.entries(figureGroups).map(([id, title]) => ({
    title: title[tongue],
    rows: figureRows.filter(({ group }) => group === id),
  }))
