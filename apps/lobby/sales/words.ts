/** What the tablet says of a sale that is recorded at the branch, without an expert. */
import type { Pair } from '../../ui/words.ts'

const pairs = {
  begin: { zh: '发起双录', en: 'Record a sale' },
  beginIn: { zh: '现场双录', en: 'Recorded sale at the branch' },
  whose: { zh: '{product} · {where}', en: '{product} · {where}' },
  atTablet: { zh: '本机', en: 'this tablet' },
  here: {
    zh: '本机的摄像头和麦克风已打开，录下您说的话和画面。不会放出声音。',
    en: 'The camera and microphone of this tablet are on, and record you. It plays no sound.',
  },
  hereAlone: {
    zh: '本机的摄像头和麦克风已打开，同时录下您和客户。请让两人都在画面中。',
    en: 'The camera and microphone of this tablet are on, and record you and the customer. Keep both of you in the picture.',
  },
  notHere: {
    zh: '这笔双录不在本页面录制。',
    en: 'This sale is not recorded by this page.',
  },
  takeOver: { zh: '改用本机录制', en: 'Record it with this tablet' },
  again: { zh: '再试一次', en: 'Try again' },
  notJoined: { zh: '没能开始录制。{why}', en: 'This tablet could not begin to record. {why}' },
  ticketOver: {
    zh: '录制凭证已失效，请再试一次。',
    en: 'The ticket for the recording is no longer good. Try again.',
  },
  cameraTrouble: {
    zh: '摄像头或麦克风打不开，无法录制。请在浏览器中允许使用，或检查是否被其他程序占用。',
    en: 'The camera or microphone cannot be used, so nothing is recorded here. Allow it in the browser, or see whether another program has it.',
  },
  lineLost: {
    zh: '与系统的连接中断。本机继续录制，恢复后补传。',
    en: 'The hub cannot be reached just now. This tablet records on, and hands it over once the hub is back.',
  },
  opening: { zh: '正在打开摄像头和麦克风…', en: 'The camera and microphone are being opened…' },
  seen: { zh: '画面', en: 'Who is recorded' },
  last: { zh: '上一笔双录', en: 'The last one' },
  open: { zh: '打开双录', en: 'Open the recording' },
} as const satisfies Record<string, Pair>

export const salesWords: Readonly<Record<keyof typeof pairs, Pair>> = pairs
