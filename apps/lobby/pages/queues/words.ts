/** What the page of the queues says. */
import type { Pair } from '../../../ui/words.ts'

const pairs = {
  title: { zh: '排队', en: 'Queues' },
  people: { zh: '{count} 人等候', en: '{count} waiting' },
  empty: { zh: '还没有业务', en: 'No services yet' },
  emptyText: {
    zh: '网点文件中登记业务和窗口后，每个队列会显示在这里。',
    en: 'Once the branch file names services and counters, each queue stands here.',
  },

  waiting: { zh: '等候人数', en: 'Waiting' },
  longest: { zh: '最长等候', en: 'Longest wait' },
  announced: { zh: '预计等候', en: 'Announced wait' },
  within: { zh: '±{error}', en: '±{error}' },
  errorNone: { zh: '误差未知', en: '± not known' },
  unknown: { zh: '未知', en: 'Not known' },
  old: { zh: '{age}前', en: '{age} ago' },
  lastHour: { zh: '近 1 小时等候人数', en: 'Waiting, last hour' },
  trendNow: {
    zh: '近 1 小时等候人数：现在 {now}，最多 {most}',
    en: 'Waiting in the last hour: {now} now, {most} at most',
  },

  'pressure.high': { zh: '压力大', en: 'Under pressure' },
  'pressure.between': { zh: '偏忙', en: 'Busy' },
  'pressure.calm': { zh: '平稳', en: 'Calm' },
  'pressure.unknown': { zh: '情况未知', en: 'Not known' },

  advice: { zh: '建议', en: 'Advice' },
  adviceOpen: { zh: '开放 {counter}', en: 'Open {counter}' },
  adviceEffect: {
    zh: '{service}的预计等候将由 {now}降至 {less}',
    en: 'The wait for {service} falls from {now} to {less}',
  },
  askTo: { zh: '请{who}开放', en: 'Ask {who}' },
  counters: { zh: '窗口', en: 'Counters' },
  countersNone: { zh: '没有窗口办理此业务', en: 'No counter serves this' },
  'stand.serving': { zh: '办理中', en: 'Serving' },
  'stand.open': { zh: '空闲', en: 'Free' },
  'stand.vacant': { zh: '无人', en: 'Nobody there' },
  'stand.paused': { zh: '暂停', en: 'Paused' },
  'stand.closed': { zh: '未开', en: 'Closed' },

  kiosks: { zh: '智能柜台', en: 'Kiosks' },
  kioskFree: { zh: '{count} 空闲', en: '{count} free' },
  kioskBusy: { zh: '{count} 使用中', en: '{count} in use' },
  kioskOut: { zh: '{count} 不可用', en: '{count} out' },

  invited: { zh: '正在邀请 {count} 人到智能柜台', en: '{count} invited to kiosks' },
  held: { zh: '{count} 人在智能柜台或途中', en: '{count} at a kiosk or on the way' },
  callAsked: { zh: '已请{who}开放 {counter}', en: '{who} is asked to open {counter}' },
  callAccepted: { zh: '{who}正在开放 {counter}', en: '{who} is opening {counter}' },
  callWaiting: { zh: '正在找人开放 {counter}', en: 'Looking for somebody to open {counter}' },
  callSuggested: { zh: '建议开放 {counter}', en: 'Suggests to open {counter}' },
  idleHigh: { zh: '目前未邀请任何人', en: 'Nobody is invited just now' },
  off: { zh: '分流已关闭', en: 'Diversion is off' },
  resting: { zh: '分流暂停，用于效果对照', en: 'Diversion rests, to measure its effect' },
  paused: { zh: '自动调度已暂停', en: 'Automation is paused' },
  confirm: { zh: '执行', en: 'Do it' },

  tickets: { zh: '{count} 张排队号', en: 'Tickets: {count}' },
  ticketsOf: { zh: '{service}的排队号', en: 'Tickets: {service}' },
  ticketsNone: { zh: '没有人在排队', en: 'Nobody is in this queue' },
  ticketsNoneText: { zh: '取号后会显示在这里。', en: 'Whoever takes a ticket stands here.' },
  'state.waiting': { zh: '等候中', en: 'Waiting' },
  'state.held': { zh: '在智能柜台', en: 'At a kiosk' },
  'state.called': { zh: '已叫号', en: 'Called' },
  invitedNow: { zh: '邀请中', en: 'Being invited' },
  assisted: { zh: '需要协助', en: 'Needs help' },
  waitedFor: { zh: '已等 {wait}', en: '{wait} so far' },
  announcedWas: { zh: '取号时预计 {wait}', en: '{wait} announced' },
  calledTo: { zh: '{counter}，{at}', en: '{counter}, {at}' },
} as const satisfies Record<string, Pair>

export const queueWords: Readonly<Record<keyof typeof pairs, Pair>> = pairs
