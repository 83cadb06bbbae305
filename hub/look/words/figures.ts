/** The key figures of a day, as a tablet shows them: their names, and why one is not known. */
import type { KeyFigures } from '../../figures/day-book.ts'
import { type Pair, pair } from './pair.ts'

export interface FigureWords {
  readonly id: string
  readonly label: Pair
  readonly unit: 'count' | 'share' | 'ms'
  readonly better: 'lower' | 'higher' | null
  readonly of: (figures: KeyFigures) => number | null
  /** Said where there is no value. */
  readonly whyNot: Pair
  /** Left out altogether otherwise. */
  readonly isTold?: (figures: KeyFigures) => boolean
}

const nobodyYet = pair('Nobody has waited to the end yet.', '尚无客户等候结束。')
const nothingAnnounced = pair(
  'No wait was announced to anybody who was served.',
  '尚无已办理客户获得预计等候时间。',
)
const nobodyClaimed = pair('Nobody has taken an alert yet.', '尚无提醒被认领。')
const noCallYet = pair('No expert has answered yet.', '尚无专家接听。')
/** Of a branch that calls experts. */
const hasCalls = ({ calls }: KeyFigures) => calls.calls > 0
/** Counts are always known. */
const known = pair('', '')

export const figureWords: readonly FigureWords[] = [
  {
    id: 'came',
    label: pair('Came in', '到访'),
    unit: 'count',
    better: null,
    of: ({ came }) => came,
    whyNot: known,
  },
  {
    id: 'tickets',
    label: pair('Tickets', '取号'),
    unit: 'count',
    better: null,
    of: ({ tickets }) => tickets,
    whyNot: known,
  },
  {
    id: 'served',
    label: pair('Served at a counter', '窗口办理'),
    unit: 'count',
    better: null,
    of: ({ served }) => served,
    whyNot: known,
  },
  {
    id: 'waitMean',
    label: pair('Wait, mean', '平均等候'),
    unit: 'ms',
    better: 'lower',
    of: ({ waitMs }) => waitMs?.mean ?? null,
    whyNot: nobodyYet,
  },
  {
    id: 'waitP90',
    label: pair('Wait, nine of ten within', '九成客户等候不超过'),
    unit: 'ms',
    better: 'lower',
    of: ({ waitMs }) => waitMs?.p90 ?? null,
    whyNot: nobodyYet,
  },
  {
    id: 'abandoned',
    label: pair('Left without service', '未办理离开'),
    unit: 'share',
    better: 'lower',
    of: ({ abandonedShare }) => abandonedShare,
    whyNot: pair('Nobody has been served or has left yet.', '尚无客户办结或离开。'),
  },
  {
    id: 'announcedError',
    label: pair('Waited longer than announced, mean', '实际比预计多等（平均）'),
    unit: 'ms',
    better: null,
    of: ({ announced }) => announced?.meanErrorMs ?? null,
    whyNot: nothingAnnounced,
  },
  {
    id: 'announcedOff',
    label: pair('Announced wait is off by, mean', '预计等候误差（平均）'),
    unit: 'ms',
    better: 'lower',
    of: ({ announced }) => announced?.meanAbsErrorMs ?? null,
    whyNot: nothingAnnounced,
  },
  {
    id: 'greeted',
    label: pair('Greeted', '已迎宾'),
    unit: 'share',
    better: 'higher',
    of: ({ greetedShare }) => greetedShare,
    whyNot: pair('Nobody has come in yet.', '尚无客户到访。'),
  },
  {
    id: 'divertedFinished',
    label: pair('Invited to a kiosk, and finished there', '分流并办结'),
    unit: 'count',
    better: 'higher',
    of: ({ divertedFinished }) => divertedFinished,
    whyNot: known,
  },
  {
    id: 'promotions',
    label: pair('Promotions', '产品推荐'),
    unit: 'count',
    better: null,
    of: ({ promotions }) => promotions,
    whyNot: known,
  },
  {
    id: 'alerts',
    label: pair('Alerts', '提醒'),
    unit: 'count',
    better: 'lower',
    of: ({ alerts }) => alerts,
    whyNot: known,
  },
  {
    id: 'claimMean',
    label: pair('Until somebody takes an alert, mean', '提醒认领用时（平均）'),
    unit: 'ms',
    better: 'lower',
    of: ({ claimMs }) => claimMs?.mean ?? null,
    whyNot: nobodyClaimed,
  },
  {
    id: 'claimP90',
    label: pair('Until somebody takes an alert, nine of ten within', '九成提醒认领不超过'),
    unit: 'ms',
    better: 'lower',
    of: ({ claimMs }) => claimMs?.p90 ?? null,
    whyNot: nobodyClaimed,
  },
  {
    id: 'expertCalls',
    label: pair('Calls for an expert', '呼叫专家'),
    unit: 'count',
    better: null,
    of: ({ calls }) => calls.calls,
    whyNot: known,
    isTold: hasCalls,
  },
  {
    id: 'expertLevel',
    label: pair('Answered within the service level', '服务水平内接听'),
    unit: 'share',
    better: 'higher',
    of: ({ calls }) => calls.level,
    whyNot: noCallYet,
    isTold: hasCalls,
  },
  {
    id: 'expertAbandoned',
    label: pair('Called off before an answer', '接听前放弃'),
    unit: 'count',
    better: 'lower',
    of: ({ calls }) => calls.abandoned,
    whyNot: known,
    isTold: hasCalls,
  },
  {
    id: 'expertUnanswered',
    label: pair('No expert came', '无专家接听'),
    unit: 'count',
    better: 'lower',
    of: ({ calls }) => calls.unanswered,
    whyNot: known,
    isTold: hasCalls,
  },
  {
    id: 'expertWait',
    label: pair('Until an expert answers, mean', '专家接听用时（平均）'),
    unit: 'ms',
    better: 'lower',
    of: ({ calls }) => calls.waitMs,
    whyNot: noCallYet,
    isTold: hasCalls,
  },
  {
    id: 'expertTalk',
    label: pair('With an expert, mean', '专家通话时长（平均）'),
    unit: 'ms',
    better: null,
    of: ({ calls }) => calls.talkMs,
    whyNot: noCallYet,
    isTold: hasCalls,
  },
  {
    id: 'expertWrapUp',
    label: pair('Writing a call up, mean', '整理时长（平均）'),
    unit: 'ms',
    better: 'lower',
    of: ({ calls }) => calls.wrapUpMs,
    whyNot: noCallYet,
    isTold: hasCalls,
  },
]

export const usualWhyNot = {
  'being-read': pair(
    'The days before are being read; ask again in a moment.',
    '正在读取此前的记录，请稍后再看。',
  ),
  'none-kept': pair('No day like this one is on record any more, or yet.', '暂无同类日期的记录。'),
} as const
