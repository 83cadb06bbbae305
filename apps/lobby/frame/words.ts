/** What the frame says. */
import type { Pair } from '../../ui/words.ts'

const pairs = {
  pages: { zh: '页面', en: 'Pages' },
  recordings: { zh: '录制', en: 'Recordings' },
  noPage: { zh: '没有这个页面', en: 'There is no such page' },
  noPageText: { zh: '请从左侧选择。', en: 'Choose one from the rail.' },
  fault: { zh: '这里出了问题，无法显示', en: 'This cannot be shown' },
  faultText: {
    zh: '其他功能照常可用。请重新打开页面；若仍无法显示，请联系管理员。',
    en: 'Everything else still works. Start the page anew; if it stays like this, tell whoever looks after the hub.',
  },
  startAnew: { zh: '重新打开', en: 'Start anew' },

  live: { zh: '已连接', en: 'Live' },
  connecting: { zh: '连接中', en: 'Connecting' },
  offline: { zh: '已断开', en: 'No connection' },
  dataAge: { zh: '数据为 {age}前', en: 'Data {age} old' },

  automation: { zh: '自动调度', en: 'Automation' },
  automationRuns: { zh: '自动调度运行中', en: 'Automation on' },
  automationPaused: { zh: '自动调度已暂停', en: 'Automation paused' },
  pause: { zh: '暂停自动调度', en: 'Pause automation' },
  pauseText: {
    zh: '不再派出新任务，进行中的任务会完成。设备仍可手动调度。',
    en: 'No new work is given out; work under way is finished. Devices can still be sent by hand.',
  },
  pauseOpen: { zh: '直到手动恢复', en: 'Until resumed by hand' },
  resume: { zh: '恢复', en: 'Resume' },
  mode: { zh: '网点状态', en: 'Branch mode' },
  modeSet: { zh: '设为{mode}', en: 'Set to {mode}' },
  modeKeep: { zh: '保持不变', en: 'Keep as it is' },
  'mode.closed': {
    zh: '迎宾、推荐和疏导停止，进行中的迎宾、推荐和分流邀请会撤回。设备提醒降为提示。手动发起和求助仍可用。',
    en: 'Greeting, promotion and crowd control stop, and what is under way of greetings, promotions and invitations is withdrawn. Alerts about devices become notes. Acting by hand and calls for help still work.',
  },
  'mode.opening': {
    zh: '准备营业：进门者视为员工，不迎宾、不推荐。设备照常检查和充电。',
    en: 'Getting ready: who comes in is taken for staff, nobody is greeted and nothing is promoted. Devices are looked after as usual.',
  },
  'mode.open': {
    zh: '正常营业：全部流程按设置运行。',
    en: 'Business as usual: every flow does what it is set to.',
  },
  'mode.closing': {
    zh: '不再迎宾和推荐，已在网点的客户继续分流、引导和协助。',
    en: 'Nobody is greeted any more and nothing is promoted; who is here already is still diverted, guided and helped.',
  },
  'mode.cash-delivery': {
    zh: '机器人停在原处，不引导、不分流；迎宾和疏导只用屏幕。',
    en: 'Robots stay where they are, nobody is led or diverted; only screens greet and direct.',
  },
  modeSince: { zh: '{by} 于 {at} 设置', en: 'Set by {by} at {at}' },

  pausedUntil: { zh: '自动调度已暂停至 {until}', en: 'Automation is paused until {until}' },
  pausedOpen: { zh: '自动调度已暂停，直到手动恢复', en: 'Automation is paused until somebody resumes it' },
  pausedBy: { zh: '{who}，{at}', en: '{who}, {at}' },
  stopped: { zh: '所有移动已停止', en: 'All movement is stopped' },
  stopWaiting: {
    zh: '“全部停止”尚未送达：没有连接。请使用设备上的急停按钮。',
    en: '“Stop all” has not arrived: no connection. Use the stop buttons on the devices.',
  },
  allowMovement: { zh: '允许移动', en: 'Allow movement' },
  emergency: { zh: '紧急状态', en: 'Emergency' },
  emergencyText: {
    zh: '设备已让出通道，自动调度已停止。',
    en: 'Devices keep ways clear; automation has stopped.',
  },
  endEmergency: { zh: '结束紧急状态', en: 'End the emergency' },
  offlineTitle: { zh: '没有连接', en: 'No connection' },
  offlineText: {
    zh: '显示的是 {age}前的数据。您的操作会在恢复后发送。',
    en: 'Showing data from {age} ago. What you do is sent when the connection is back.',
  },
  offlineNoData: { zh: '正在等待第一批数据。', en: 'Waiting for the first data.' },
  waitingCount: { zh: '{count} 项操作待发送', en: '{count} to be sent' },

  sessionEnds: { zh: '{at} 将自动退出登录', en: 'You will be signed out at {at}' },
  sessionOfDay: {
    zh: '本次登录已到时限，届时请重新登录。',
    en: 'A sign-in lasts one working day; sign in again then.',
  },
  staySignedIn: { zh: '继续使用', en: 'Stay signed in' },

  stopAll: { zh: '全部停止', en: 'Stop all' },
  stopAllOn: { zh: '已停止', en: 'Stopped' },
  stopAllAnswer: {
    zh: '机器人立即停在原处，直到有人允许移动。',
    en: 'Robots stop where they are, until somebody allows movement again.',
  },
  stopAllQuestion: { zh: '停止所有设备的移动？', en: 'Stop all movement?' },
  stopAllHint: {
    zh: '按住 1 秒：机器人立即停止移动。',
    en: 'Hold for 1 second: all robots stop moving at once.',
  },

  settings: { zh: '设置', en: 'Settings' },
  language: { zh: '语言', en: 'Language' },
  theme: { zh: '外观', en: 'Appearance' },
  'theme.system': { zh: '跟随系统', en: 'System' },
  'theme.light': { zh: '浅色', en: 'Light' },
  'theme.dark': { zh: '深色', en: 'Dark' },
  'theme.contrast': { zh: '高对比度', en: 'High contrast' },
  account: { zh: '账户与密码', en: 'Account and password' },
  signOut: { zh: '退出登录', en: 'Sign out' },
  signOutFailed: {
    zh: '没有连接，尚未退出登录。请在恢复连接后再试。',
    en: 'No connection: you are still signed in. Try again once it is back.',
  },
  signOutRefused: { zh: '尚未退出登录：{why}', en: 'You are still signed in. {why}' },
  shiftAgain: { zh: '交接班检查', en: 'Shift start check' },
  signedInAs: { zh: '已登录：{who}', en: 'Signed in as {who}' },

  alerts: { zh: '提醒', en: 'Alerts' },
  alertsNone: { zh: '没有需要处理的事', en: 'Nothing wants you' },
  alertsNoneText: {
    zh: '设备或客户需要您时，会显示在这里。',
    en: 'When a device or a customer needs you, it stands here.',
  },
  claim: { zh: '认领', en: 'Claim' },
  claimedBy: { zh: '{who} 已认领', en: '{who} is on it' },
  claimedByMe: { zh: '您已认领', en: 'You are on it' },
  turnOf: { zh: '等待 {who} 认领', en: 'Waiting for {who}' },
  allAlerts: { zh: '全部 {count} 条', en: 'All {count}' },
  ago: { zh: '{age}前', en: '{age} ago' },
  times: { zh: '{count} 次', en: '{count}×' },
  work: { zh: '进行中', en: 'In progress' },
  workNone: { zh: '暂无进行中的任务', en: 'No work in progress' },
  workNoneText: { zh: '迎宾、引导和分流会显示在这里。', en: 'Greeting, guiding and diversion stand here.' },
  allWork: { zh: '全部 {count} 项', en: 'All {count}' },
  confirm: { zh: '执行', en: 'Do it' },
  dismiss: { zh: '不用', en: 'Not now' },
  suggestion: { zh: '建议', en: 'Suggestion' },
  left: { zh: '剩 {time}', en: '{time} left' },
  side: { zh: '提醒与任务', en: 'Alerts and work' },
  sideCounts: { zh: '提醒 {alerts} · 进行中 {work}', en: 'Alerts: {alerts} · In progress: {work}' },

  act: { zh: '发起', en: 'Act' },
  expert: { zh: '呼叫专家', en: 'Call an expert' },

  notDone: { zh: '未完成：{what}', en: 'Not done: {what}' },
  dismissToast: { zh: '知道了', en: 'Dismiss' },
  toasts: { zh: '未完成的操作', en: 'What was not done' },
  titleUrgent: { zh: '（{count}）紧急提醒', en: '({count}) Urgent' },
} as const satisfies Record<string, Pair>

export const frameWords: Readonly<Record<keyof typeof pairs, Pair>> = pairs
