/** What the console says to whoever leads experts. */
import type { Pair } from '../../ui/words.ts'

const pairs = {
  title: { zh: '您负责专家组', en: 'You lead the experts' },
  text: {
    zh: '右侧可查看排队、通话和专家状态，并进行调整。',
    en: 'Beside this you see who waits, who talks and who is there, and change it.',
  },
  moveTo: { zh: '将{where}转到', en: 'Move {where} to' },
  stay: { zh: '转到其他组…', en: 'Move to…' },
  setAway: { zh: '设为离开', en: 'Set away' },
  setAwayWho: { zh: '设为离开：{who}', en: 'Set away: {who}' },
  setBack: { zh: '设为可接听', en: 'Set back' },
  setBackWho: { zh: '设为可接听：{who}', en: 'Set back: {who}' },
  calls: { zh: '通话中', en: 'In a call' },
  none: { zh: '当前无通话', en: 'Nobody is in a call' },
  with: { zh: '与{who}，已 {time}', en: 'with {who}, for {time}' },
  listen: { zh: '旁听', en: 'Listen' },
  listenTo: { zh: '旁听：{where}', en: 'Listen: {where}' },
  listening: { zh: '您正在旁听', en: 'You listen' },
  listeningText: {
    zh: '您的摄像头和麦克风是关闭的。客户和专家都看到您在通话中。',
    en: 'Your camera and microphone are off. The customer and the experts see that you are there.',
  },
  passOn: { zh: '转出', en: 'Hand over' },
  passOnOf: { zh: '转出{where}的通话', en: 'Hand over the call of {where}' },
  passOnHint: {
    zh: '{who}将离开通话，客户优先等待下一位专家。共享记录一并转交。',
    en: '{who} leaves the call, and the customer waits first in line for the next expert. Shared notes go along.',
  },
  passOnGuest: {
    zh: '{guest}继续此通话，{who}随即离开，客户无需等待。双方的记录一并转交。',
    en: '{guest} goes on with the call and {who} leaves it. The customer does not wait. The notes of both go along.',
  },
  stop: { zh: '停止旁听', en: 'Stop listening' },
  today: { zh: '今日', en: 'Today' },
  group: { zh: '专家组', en: 'Group' },
  anyGroup: { zh: '不限', en: 'any' },
  all: { zh: '全部', en: 'all' },
  callCount: { zh: '呼叫', en: 'Calls' },
  level: { zh: '服务水平', en: 'In time' },
  lost: { zh: '放弃/无人', en: 'Gave up / nobody' },
  wait: { zh: '平均等候', en: 'Wait' },
} as const satisfies Record<string, Pair>

export const leadWords: Readonly<Record<keyof typeof pairs, Pair>> = pairs
