/** What the console says about another expert in a call: to who asks, and to who is asked. */
import type { Pair } from '../../ui/words.ts'

const pairs = {
  bar: { zh: '与客户一起', en: 'With the customer' },
  askIn: { zh: '邀请专家', en: 'Ask an expert in' },
  askInHint: {
    zh: '对方接听后进入此通话，您仍负责此通话。',
    en: 'They come into this call when they accept. It stays yours.',
  },
  whom: { zh: '邀请谁', en: 'Whom' },
  why: { zh: '原因（对方接听前可见）', en: 'Why (they read it before they accept)' },
  how: { zh: '方式', en: 'How' },
  consult: { zh: '先单独商量，客户稍候', en: 'First alone: the customer waits' },
  invite: { zh: '与客户一起通话', en: 'With the customer, all together' },

  'host.ringing': { zh: '正在呼叫{who}…', en: 'Ringing {who}…' },
  'host.coming': { zh: '{who}已接听，正在进入', en: '{who} has accepted and is coming' },
  'host.consult': {
    zh: '与{who}单独通话，客户等候中',
    en: 'Alone with {who}: the customer waits',
  },
  'host.invite': { zh: '{who}与您和客户一起通话', en: '{who} is with you and the customer' },
  'host.resuming': { zh: '{who}连接中断，等待恢复', en: 'The connection of {who} broke and is waited for' },
  somebody: { zh: '{n} 位专家', en: '{n} experts' },
  together: { zh: '一起通话', en: 'All together' },
  alone: { zh: '单独商量', en: 'Speak alone' },
  takeOff: { zh: '请其离开', en: 'Take them off' },
  callOff: { zh: '取消呼叫', en: 'Stop ringing' },
  giveOver: { zh: '交给{who}', en: 'Hand over to {who}' },
  giveOverHint: {
    zh: '{who}继续此通话，您随即离开，客户无需等待。双方的记录一并转交。',
    en: '{who} goes on with the call and you leave it. The customer does not wait. The notes of both go along.',
  },

  'guest.asked': { zh: '{who}邀请您加入通话', en: '{who} asks you into a call' },
  'guest.why': { zh: '原因：{why}', en: 'Why: {why}' },
  'guest.mode.consult': {
    zh: '先与您单独商量，客户稍候。',
    en: 'First with you alone: the customer waits.',
  },
  'guest.mode.invite': { zh: '客户会看到、听到您。', en: 'The customer sees and hears you.' },
  'guest.consult': {
    zh: '您受{who}邀请，现在单独通话，客户等候中',
    en: 'You are a guest of {who}, alone: the customer waits',
  },
  'guest.invite': {
    zh: '您受{who}邀请，与客户一起通话。',
    en: 'You are a guest of {who}, with the customer',
  },
  'guest.hostLost': {
    zh: '{who}连接中断。若不能恢复，由您继续此通话。',
    en: 'The connection of {who} broke. If it does not come back, the call is yours.',
  },
  leave: { zh: '离开', en: 'Leave' },
  guestNotes: { zh: '给{who}的记录', en: 'Notes for {who}' },
  guestNotesHint: {
    zh: '{who}和网点可见。若由您继续，会并入共享记录。',
    en: '{who} and the branch read them. If you go on with the call they join the shared notes.',
  },
  notesOf: { zh: '{who}的记录', en: 'Notes of {who}' },

  'end.declined': { zh: '{who}未接受', en: '{who} declined' },
  'end.snoozed': { zh: '{who}请求稍后', en: '{who} cannot just now' },
  'end.missed': { zh: '{who}未接听', en: '{who} did not answer' },
  'end.left': { zh: '{who}已离开', en: '{who} has left' },
  'end.lost': { zh: '{who}未能恢复连接', en: '{who} dropped out and did not come back' },
  'end.never-came': { zh: '{who}接听后未进入', en: '{who} accepted and did not come' },
  nobody: { zh: '受邀专家', en: 'Who was asked' },
  waits: { zh: '等候中', en: 'Waits' },
} as const satisfies Record<string, Pair>

export const guestWords: Readonly<Record<keyof typeof pairs, Pair>> = pairs
