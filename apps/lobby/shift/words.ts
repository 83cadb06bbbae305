/** What the start of a shift says. */
import type { Pair } from '../../ui/words.ts'

const pairs = {
  title: { zh: '开始当班', en: 'Start your shift' },
  sound: { zh: '声音', en: 'Sound' },
  soundText: { zh: '紧急提醒会响铃，直到有人认领。', en: 'Urgent alerts ring until somebody claims them.' },
  soundTry: { zh: '试听', en: 'Try it' },
  soundReady: {
    zh: '可以听到吗？音量请用平板按键调节。',
    en: 'Did you hear it? Set the volume with the tablet’s keys.',
  },
  soundFailed: { zh: '浏览器不允许播放声音。', en: 'The browser does not let this page sound.' },
  link: { zh: '连接', en: 'Connection' },
  linkLive: { zh: '正常，数据实时更新。', en: 'Good, data are live.' },
  linkOff: {
    zh: '没有连接。可以先开始，恢复后会自动更新。',
    en: 'None. Start anyway: the page catches up by itself.',
  },
  duty: { zh: '今天谁在岗', en: 'Who is on duty' },
  dutyText: { zh: '任务和提醒只发给在岗人员。', en: 'Work and alerts go to who is on duty only.' },
  dutyNone: { zh: '网点文件中没有登记人员。', en: 'The branch file names nobody.' },
  begin: { zh: '开始', en: 'Start' },
} as const satisfies Record<string, Pair>

export const shiftWords: Readonly<Record<keyof typeof pairs, Pair>> = pairs
