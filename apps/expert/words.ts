/** What the console says outside of a call. */
import type { Pair } from '../ui/words.ts'

const pairs = {
  title: { zh: '专家工作台', en: 'Expert desk' },
  now: { zh: '当前', en: 'Now' },
  nobody: { zh: '您尚未被列为专家', en: 'You are not listed as an expert' },
  nobodyText: {
    zh: '请管理员在网点文件的 experts 中加入与您账号同名的专家。加入后本页自动更新。',
    en: 'Ask whoever looks after the branch file to list your account name under experts. This page follows by itself.',
  },

  available: { zh: '可接听', en: 'Available' },
  offline: { zh: '离线', en: 'Offline' },
  break: { zh: '暂离', en: 'On a break' },
  away: { zh: '已离开', en: 'Away' },
  ringing: { zh: '来电', en: 'Ringing' },
  inCall: { zh: '通话中', en: 'In a call' },
  wrapUp: { zh: '整理中', en: 'Wrapping up' },
  goAvailable: { zh: '开始接听', en: 'Become available' },
  goBreak: { zh: '暂离', en: 'Take a break' },
  goOffline: { zh: '下线', en: 'Go offline' },
  presence: { zh: '在岗状态', en: 'Presence' },
  breakWhy: { zh: '暂离原因', en: 'Why a break' },
  breakHint: {
    zh: '暂离时不会有来电。同事会看到原因。',
    en: 'It does not ring during a break. Colleagues see the reason.',
  },
  'reason.pause': { zh: '休息', en: 'Pause' },
  'reason.meal': { zh: '用餐', en: 'Meal' },
  'reason.meeting': { zh: '会议', en: 'Meeting' },
  'reason.training': { zh: '培训', en: 'Training' },
  'reason.follow-up': { zh: '处理后续事务', en: 'Finishing a case' },
  'reason.idle': { zh: '长时间无操作', en: 'Nobody at the desk' },
  afterwards: { zh: '{now}，之后{next}', en: '{now}, then {next}' },
  since: { zh: '自 {at} 起', en: 'since {at}' },

  waitTitle: { zh: '等待来电', en: 'Waiting for a call' },
  waitText: {
    zh: '有客户需要您时，本页会响铃并显示情况说明。可以切换到其他窗口。',
    en: 'It rings here when a customer needs you, with the story before you accept. You may work in another window.',
  },
  snoozedText: { zh: '{at} 前不会有来电。', en: 'It does not ring here before {at}.' },
  awayTitle: { zh: '您已被设为离开', en: 'You were set to away' },
  awayText: {
    zh: '有来电未接听。回来后请开始接听。',
    en: 'Rings went unanswered. Become available when you are back.',
  },
  breakTitle: { zh: '您正在暂离', en: 'You are on a break' },
  offTitle: { zh: '您尚未开始接听', en: 'You are offline' },
  offText: {
    zh: '检查摄像头和麦克风，然后开始接听。',
    en: 'Check the camera and the microphone, then become available.',
  },
  silent: { zh: '铃声尚未启用', en: 'The tone is off' },
  silentText: {
    zh: '浏览器在您点击或按键后才允许播放声音。',
    en: 'A browser lets a page sound only after a click or a key.',
  },
  calledOff: {
    zh: '{where}的呼叫已取消，无需接听。',
    en: 'The call from {where} was called off. There is nothing to do.',
  },
  calledOffGone: {
    zh: '{where}无法连接，呼叫已结束。',
    en: 'The call from {where} is over: the kiosk is out of reach.',
  },
  soundOn: { zh: '启用铃声', en: 'Turn the tone on' },

  idleTitle: { zh: '您还在吗？', en: 'Are you still there?' },
  idleText: {
    zh: '{left}后将设为暂离，以免客户等待无人接听的呼叫。',
    en: 'You are set to a break in {left}, so that no customer waits for an empty chair.',
  },
  idleHere: { zh: '我在', en: 'I am here' },

  queue: { zh: '等待的客户', en: 'Who waits' },
  queueNone: { zh: '没有客户在等待', en: 'Nobody waits' },
  queueNoneText: {
    zh: '等待专家的客户会显示在这里，等待最久的在前。',
    en: 'Customers who wait for an expert stand here, the longest first.',
  },
  waited: { zh: '已等 {time}', en: '{time}' },
  rings: { zh: '正在呼叫 {who}', en: 'rings {who}' },
  promised: { zh: '承诺 {at} 前', en: 'promised by {at}' },
  level: { zh: '{within} 内接听', en: 'Answered within {within}' },
  levelOf: {
    zh: '{counted} 通中 {count} 通，目标 {target}',
    en: '{count} of {counted}, target {target}',
  },
  levelNone: { zh: '近十分钟没有呼叫，目标 {target}', en: 'No calls in ten minutes, target {target}' },
  longest: { zh: '最长等待', en: 'Longest wait' },
  waitingCount: { zh: '等待人数', en: 'Waiting' },
  team: { zh: '专家', en: 'Experts' },
  'standing.free': { zh: '空闲', en: 'Free' },
  'standing.busy': { zh: '忙碌', en: 'Busy' },
  'standing.paused': { zh: '暂离', en: 'Break' },
  'standing.gone': { zh: '离线', en: 'Offline' },
  you: { zh: '您', en: 'you' },
  anyService: { zh: '未指明业务', en: 'No service named' },

  settings: { zh: '设置', en: 'Settings' },
  keys: { zh: '单键快捷键', en: 'Single keys' },
  keysHint: {
    zh: '关闭后，用 Ctrl+K 打开命令面板仍可完成所有操作。',
    en: 'Off: everything is still in the palette, with Ctrl+K.',
  },
  palette: { zh: '命令面板', en: 'Commands' },
  paletteFind: { zh: '查找操作', en: 'Find a command' },
  paletteNone: { zh: '没有匹配的操作', en: 'No such command now' },
  keySheet: { zh: '快捷键', en: 'Keys' },
  keySheetText: {
    zh: '此处列出当前可用的操作。Ctrl+K 随时打开命令面板；在输入框中单键不起作用。',
    en: 'What can be done now. Ctrl+K opens the palette at any time; single keys do nothing while you type.',
  },
  signedInAs: { zh: '已登录：{who}', en: 'Signed in as {who}' },
  account: { zh: '账户与密码', en: 'Account and password' },
  cancel: { zh: '取消', en: 'Cancel' },

  check: { zh: '摄像头和麦克风', en: 'Camera and microphone' },
  checkStart: { zh: '检查', en: 'Check' },
  checking: { zh: '正在打开…', en: 'Opening…' },
  camera: { zh: '摄像头', en: 'Camera' },
  microphone: { zh: '麦克风', en: 'Microphone' },
  levelMeter: { zh: '麦克风音量', en: 'Microphone level' },
  speak: { zh: '请说话，音量条应随之移动。', en: 'Say something: the bar should move.' },
  preview: { zh: '您的画面', en: 'Your picture' },
  noCamera: { zh: '没有画面：对方只能听到您', en: 'No picture: the others will only hear you' },
  denied: {
    zh: '浏览器不允许使用麦克风。请点击地址栏旁的图标，选择允许，然后再次检查。',
    en: 'The browser does not allow the microphone. Allow it with the sign beside the address, then check again.',
  },
  missing: {
    zh: '没有可用的麦克风。请插好耳机，并关闭正在使用它的程序，然后再次检查。',
    en: 'There is no microphone to use. Plug the headset in, close programs that hold it, then check again.',
  },
  insecure: {
    zh: '此地址不安全，浏览器不提供摄像头。请用 https 打开本页。',
    en: 'This address is not secure, so the browser gives no camera. Open the page over https.',
  },
  checkFirst: { zh: '麦克风可用后才能开始接听。', en: 'You can become available once the microphone works.' },
} as const satisfies Record<string, Pair>

export const expertWords: Readonly<Record<keyof typeof pairs, Pair>> = pairs
export type ExpertWord = keyof typeof pairs
