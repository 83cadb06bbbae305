/** What the floor says. */
import type { LiveRow } from '#protocol/desk/live/tables.ts'
import type { Pair } from '../../../ui/words.ts'
import type { Trouble } from './model/trouble.ts'

type Pairs<Name extends string> = Readonly<Record<Name, Pair>>

export const troubleWords: Pairs<Trouble> = {
  lost: { zh: '失联', en: 'Lost' },
  faulted: { zh: '故障', en: 'Fault' },
  'keep-clear': { zh: '占用通道', en: 'In the way' },
  offline: { zh: '离线', en: 'Offline' },
  degraded: { zh: '部分可用', en: 'Limited' },
  blocked: { zh: '被挡住', en: 'Blocked' },
  battery: { zh: '电量低', en: 'Battery low' },
  updating: { zh: '升级中', en: 'Updating' },
}

export const counterWords: Pairs<LiveRow<'counters'>['state']> = {
  open: { zh: '开放', en: 'Open' },
  paused: { zh: '暂停', en: 'Paused' },
  closed: { zh: '关闭', en: 'Closed' },
}

export const kindWords: Pairs<LiveRow<'devices'>['kind']> = {
  robot: { zh: '机器人', en: 'Robots' },
  screen: { zh: '屏幕', en: 'Screens' },
  kiosk: { zh: '智能柜台', en: 'Kiosks' },
  camera: { zh: '摄像头', en: 'Cameras' },
  'ticket-machine': { zh: '取号机', en: 'Ticket machines' },
  sensor: { zh: '传感器', en: 'Sensors' },
  door: { zh: '门', en: 'Doors' },
  gateway: { zh: '网关', en: 'Gateways' },
  other: { zh: '其他', en: 'Other' },
}

const pairs = {
  title: { zh: '平面图', en: 'Floor' },
  plan: { zh: '平面图', en: 'Plan' },
  list: { zh: '设备列表', en: 'Devices' },
  views: { zh: '显示方式', en: 'View' },
  comma: { zh: '，', en: ', ' },
  keys: {
    zh: '用方向键移动，加号和减号缩放，0 显示全部，Tab 依次选择区域和设备。',
    en: 'Arrow keys move it, plus and minus zoom, 0 shows all of it, Tab goes through zones and devices.',
  },
  nearer: { zh: '放大', en: 'Zoom in' },
  further: { zh: '缩小', en: 'Zoom out' },
  fit: { zh: '显示全部', en: 'Show all' },
  heat: { zh: '人流密度', en: 'Density' },
  heatScale: { zh: '人/平方米', en: 'people per m²' },
  heatNone: { zh: '没有人员位置，无法显示密度', en: 'No positions of people: no density to show' },
  signs: { zh: '图例', en: 'Signs' },
  people: { zh: '{count} 人', en: '{count} people' },
  peopleOf: { zh: '{count} / {limit} 人', en: '{count} of {limit}' },
  unplaced: { zh: '{count} 人无位置', en: '{count} not placed' },
  crowded: { zh: '已满', en: 'Crowded' },
  nearlyFull: { zh: '快满了', en: 'Nearly full' },
  countOld: { zh: '{at} 的数据', en: 'as of {at}' },
  counter: { zh: '{name} 号窗口', en: 'Counter {name}' },
  serving: { zh: '正在办理 {ticket}', en: 'serving {ticket}' },
  door: { zh: '门', en: 'Door' },
  charger: { zh: '充电位', en: 'Charger' },
  positionsOld: { zh: '人员位置已有 {age} 未更新', en: 'Positions are {age} old' },
  noPlan: { zh: '还没有平面图', en: 'There is no plan yet' },
  noPlanText: {
    zh: '网点文件中没有坐标。管理员补充区域位置后，这里会显示区域、设备和人员。设备列表仍可使用。',
    en: 'The branch file has no coordinates. Once an admin gives the zones positions, zones, devices and people show here. The list of devices works meanwhile.',
  },
  noDevices: { zh: '还没有设备', en: 'There are no devices yet' },
  noDevicesText: {
    zh: '网点文件中列出设备后，它们会显示在这里：是否在线、是否正常、正在做什么。',
    en: 'Devices of the branch file show here: whether they are online, well, and what they do.',
  },
  noneSuch: { zh: '没有符合条件的设备', en: 'No device fits' },
  filter: { zh: '筛选设备', en: 'Which devices' },
  all: { zh: '全部 {count}', en: 'All {count}' },
  troubled: { zh: '需处理 {count}', en: 'Attention {count}' },
  kindCount: { zh: '{kind} {count}', en: '{kind} {count}' },
  since: { zh: '{at} 起{what}', en: '{what} since {at}' },
  sinceOnly: { zh: '{at} 起', en: 'since {at}' },
  doing: { zh: '{what}：{phase}', en: '{what}: {phase}' },
  idle: { zh: '空闲', en: 'No task' },
  battery: { zh: '电量 {share}', en: 'Battery {share}' },
  charging: { zh: '电量 {share}，充电中', en: 'Battery {share}, charging' },
  lastSaid: { zh: '断线前：{what}', en: 'Before that: {what}' },
  inUse: { zh: '{at} 起使用中', en: 'In use since {at}' },
  signOnline: { zh: '在线', en: 'Online' },
  signOffline: { zh: '离线：已正常断开', en: 'Offline: it said goodbye' },
  signLost: { zh: '失联：没有回应', en: 'Lost: it does not answer' },
  signDegraded: { zh: '部分可用', en: 'Limited' },
  signFaulted: { zh: '故障', en: 'Fault' },
  signHeld: { zh: '由工作人员接管', en: 'Held by a person' },
  signOut: { zh: '停用', en: 'Out of service' },
  signBusy: { zh: '有任务', en: 'Has a task' },
  signPerson: { zh: '到访客户', en: 'Visitor' },
  signPriority: { zh: '优先客户', en: 'Priority' },
  signServed: { zh: '正在办理', en: 'Being served' },
  signFree: { zh: '未确认为客户', en: 'Seen, not counted as a visitor' },
  signCalls: { zh: '需要工作人员', en: 'Wants a person' },
  signTrail: { zh: '引导路线和目的地', en: 'Way of a guide, and where to' },
} as const satisfies Record<string, Pair>

export const floorWords: Pairs<keyof typeof pairs> = pairs
