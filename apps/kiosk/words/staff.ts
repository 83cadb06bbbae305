/** For staff: pairing, and the page behind the corner. */
import type { Words } from './word.ts'

export const staffWords = {
  pairingText: {
    zh: '请管理员在大堂平板的“屏幕与智能柜台”中输入此代码：',
    en: 'An administrator types this code under “Screens and kiosks” on the lobby tablet:',
  },
  noHub: {
    zh: '还连不上网点系统，会一直重试。',
    en: 'The branch system does not answer. It is tried again and again.',
  },
  doorClosed: {
    zh: '网点系统没有为网页设备开放接入，请联系管理员。',
    en: 'The branch system lets no pages in. An administrator has to open its door for pages.',
  },
  elsewhere: {
    zh: '这台机器已在另一个标签页中打开。',
    en: 'Another tab of this browser is this kiosk already.',
  },
  staff: { zh: '工作人员', en: 'Staff' },
  pin: { zh: '请输入密码', en: 'Enter the PIN' },
  pinWrong: { zh: '密码不正确', en: 'That is not the PIN' },
  pinWait: { zh: '尝试次数过多，请在 {seconds} 秒后再试', en: 'Too many tries. Try again in {seconds} s.' },
  noPin: {
    zh: '本机没有设置工作人员密码（settings.kiosk.staffPin）。',
    en: 'This kiosk has no PIN for staff (settings.kiosk.staffPin).',
  },
  device: { zh: '设备', en: 'Device' },
  branch: { zh: '网点', en: 'Branch' },
  link: { zh: '连接', en: 'Link' },
  linkUp: { zh: '已连接', en: 'the hub answers' },
  linkDown: { zh: '连不上', en: 'the hub does not answer' },
  version: { zh: '版本', en: 'Version' },
  unsent: { zh: '待送达的消息', en: 'Messages not delivered yet' },
  settings: { zh: '设置', en: 'Settings' },
  settingsGood: { zh: '正常', en: 'fit' },
  tickets: { zh: '取号', en: 'Tickets' },
  ticketsOff: { zh: '不由本机取号', en: 'not issued here' },
  ticketsOn: { zh: '前缀 {prefix}', en: 'series {prefix}' },
  restart: { zh: '重新载入页面', en: 'Restart the page' },
  testPrint: { zh: '打印测试', en: 'Print a test slip' },
  closeKiosk: { zh: '暂停服务', en: 'Put out of service' },
  openKiosk: { zh: '恢复服务', en: 'Put into service' },
  leave: { zh: '退出', en: 'Leave' },
  testSlip: { zh: '测试小票', en: 'Test slip' },
} as const satisfies Words
