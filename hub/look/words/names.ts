/** What things of a branch are called: what members can do, how far a task is, what a branch is doing. */
import { expertPartNames } from './calls.ts'
import { type Pairs, pair } from './pair.ts'

/** In a title; without who or where. */
export const capabilityNames: Pairs = {
  greet: pair('Greeting', '迎宾'),
  guide: pair('Guide', '引导'),
  announce: pair('Announcement', '语音播报'),
  display: pair('On a screen', '屏幕显示'),
  promote: pair('Promotion', '产品推荐'),
  'offer-service': pair('Invitation to a kiosk', '邀请使用智能柜台'),
  'call-staff': pair('Call for staff', '呼叫员工'),
  dock: pair('To its place', '机器人归位'),
  'manage-ticket': pair('Queue system', '通知排队系统'),
  'x-usher-identify': pair('Identify', '识别设备'),
  'x-usher-reload': pair('Load the page again', '重新加载页面'),
  'x-usher-volume': pair('Volume', '音量'),
  'x-usher-screenshot': pair('Screenshot', '截图'),
}

/** What a flow may want besides. */
export const wishNames: Pairs = {
  alert: pair('Alert', '提醒'),
  escalate: pair('Somebody elsewhere', '升级求助'),
}

/** By which somebody is known to be the same visitor. */
export const actNames: Pairs = {
  ticket: pair('took a ticket', '取号'),
  kiosk: pair('used a kiosk', '使用智能柜台'),
  staff: pair('a tap of the staff', '员工确认'),
  'check-in': pair('checked in', '签到'),
  intent: pair('said what brings them', '说明来意'),
}

export const phaseNames: Pairs = {
  queued: pair('waits for somebody', '等待执行者'),
  offered: pair('offered', '已派发'),
  accepted: pair('accepted', '已接受'),
  started: pair('under way', '执行中'),
  done: pair('done', '已完成'),
  failed: pair('failed', '失败'),
  refused: pair('nobody was sent', '未派出任何执行者'),
  cancelled: pair('cancelled', '已取消'),
  expired: pair('expired before anybody began', '无人开始即过期'),
  unknown: pair('unknown: nobody can know whether it was done', '结果不明，无法确认是否完成'),
}

export const modeNames: Pairs = {
  closed: pair('Closed', '停业'),
  opening: pair('Opening', '营业准备'),
  open: pair('Open', '营业中'),
  closing: pair('Closing', '结束营业'),
  'cash-delivery': pair('Cash delivery', '运钞'),
  emergency: pair('Emergency', '紧急情况'),
}

export const autonomyNames: Pairs = {
  off: pair('Off', '关闭'),
  suggest: pair('On suggestion', '建议'),
  automatic: pair('Automatic', '自动'),
}

export const linkNames: Pairs = {
  online: pair('online', '在线'),
  offline: pair('signed off', '已下线'),
  lost: pair('lost', '失联'),
  unknown: pair('not heard of yet', '尚无消息'),
}

export const healthNames: Pairs = {
  ok: pair('works', '正常'),
  degraded: pair('restricted', '功能受限'),
  faulted: pair('fault', '故障'),
  updating: pair('updating', '更新中'),
}

export const willingnessNames: Pairs = {
  open: pair('ready', '可调度'),
  held: pair('held by a person', '已接管'),
  'out-of-service': pair('out of service', '已停用'),
}

export const kindNames: Pairs = {
  robot: pair('Service robot', '服务机器人'),
  screen: pair('Smart screen', '智能屏'),
  kiosk: pair('Kiosk', '智能柜台'),
  camera: pair('Camera', '摄像头'),
  'ticket-machine': pair('Ticket machine', '取号机'),
  sensor: pair('Sensor', '传感器'),
  door: pair('Door', '门'),
  gateway: pair('Gateway', '网关'),
  other: pair('Other device', '其他设备'),
}

export const segmentNames: Pairs = {
  personal: pair('personal', '个人'),
  corporate: pair('corporate', '对公'),
  priority: pair('priority', '优先'),
}

export const priorityNames: Pairs = {
  urgent: pair('Urgent', '紧急'),
  high: pair('High', '重要'),
  normal: pair('Normal', '一般'),
  low: pair('Note', '提示'),
}

/** Why a candidate scored as it did. */
export const scorePartNames: Pairs = {
  distance: pair('near', '距离'),
  fit: pair('the right kind', '匹配'),
  load: pair('rarely asked lately', '近期派发少'),
  battery: pair('battery', '电量'),
  language: pair('language', '语言'),
  recency: pair('idle for long', '空闲时长'),
  probation: pair('firmware on probation', '固件试用'),
}

/** Why a campaign or an expert scored as it did. */
export const goalNames: Pairs = {
  ...expertPartNames,
  value: pair('value to the bank', '对银行的价值'),
  priority: pair('priority', '优先级'),
  freshness: pair('not seen too often', '新鲜度'),
  capacity: pair('free to show it', '渠道空闲'),
  ease: pair('little effort for the customer', '客户负担小'),
}
