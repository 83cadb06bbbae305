/** What an alert is called, and what it tells: what happened and what can be done. */
import { type Pair, pair } from './pair.ts'

export interface AlertWords {
  readonly title: Pair
  readonly text: Pair
}

const alert = (title: Pair, text: Pair): AlertWords => ({ title, text })

const lobby: Readonly<Record<string, AlertWords>> = {
  emergency: alert(
    pair('Emergency', '紧急情况'),
    pair(
      'Everything else was called off, and robots stand aside. Follow the emergency plan; end it here when it is over.',
      '其他任务均已撤销，机器人已避让。请按应急预案处置，结束后在此解除。',
    ),
  ),
  'zone-crowded': alert(
    pair('Too many people', '区域人数超限'),
    pair(
      '{people} people in {zone}, {limit} are allowed. Lead some elsewhere.',
      '{zone}现有 {people} 人，上限 {limit} 人，请疏导。',
    ),
  ),
  'robot-in-keep-clear': alert(
    pair('A robot is in the way', '机器人占用通道'),
    pair(
      '{device} stands where the way must be kept clear. Move it by hand if it does not move by itself.',
      '{device} 停在须保持畅通处。如未自行离开，请人工移开。',
    ),
  ),
  'counter-vacancy.unstaffed': alert(
    pair('Nobody at an open counter', '窗口无人值守'),
    pair(
      '{counter} is open, nobody is there, and people wait.',
      '{counter} 已开放但无人值守，有客户在等候。',
    ),
  ),
  'counter-vacancy.idle': alert(
    pair('A counter calls nobody', '窗口长时间未叫号'),
    pair(
      '{counter} has called nobody for a while, and people wait.',
      '{counter} 长时间未叫号，有客户在等候。',
    ),
  ),
  'assistance.unclaimed': alert(
    pair('Nobody answers a call for help', '求助无人应答'),
    pair('Help is wanted: {reason}. Nobody has taken it yet.', '需要协助：{reason}，尚无人认领。'),
  ),
  'assistance.escalated': alert(
    pair('Nobody here could help in time', '求助已升级'),
    pair('Somebody elsewhere is wanted: {reason}.', '{reason}：现场未能及时处理，需要远程人员。'),
  ),
  'escalation.nobody-came': alert(
    pair('No expert came', '远程专家无人接听'),
    pair(
      'A customer waits for a remote expert and none came: {reason}. Somebody on the spot is needed.',
      '客户请求远程专家但无人接听：{reason}。需要现场人员协助。',
    ),
  ),
  'escalation.finish-here': alert(
    pair('An expert leaves the rest to you', '专家已处理，请现场办完'),
    pair(
      'A remote expert has helped a customer; somebody on the spot finishes it.',
      '远程专家已协助客户，余下请现场人员办完。',
    ),
  ),
  'escalation.expert-lost': alert(
    pair('An expert was lost in a call', '远程专家掉线'),
    pair(
      'The customer waits; the next expert is called first of all. Stay near.',
      '客户正在等候，已优先呼叫下一位专家，请留意。',
    ),
  ),
  'assistance.long': alert(
    pair('Help takes long', '协助时间较长'),
    pair(
      'Somebody has been helping for longer than usual: {reason}.',
      '{reason}：已有人协助，用时超出平常。',
    ),
  ),
}

const devices: Readonly<Record<string, AlertWords>> = {
  'device-care.lost': alert(
    pair('Connection lost', '设备失联'),
    pair(
      '{device} does not answer and gets no new work. Check its power and network.',
      '{device} 无应答，不再派发任务。请检查电源和网络。',
    ),
  ),
  'device-care.many-lost': alert(
    pair('Many devices are lost', '多台设备失联'),
    pair(
      '{lost} devices are lost at once: probably a switch, a router or the power.',
      '{lost} 台设备同时失联，可能是交换机、路由器或供电问题。',
    ),
  ),
  'device-care.faulted': alert(
    pair('A device has a fault', '设备故障'),
    pair('{device} has a fault and gets no new work.', '{device} 发生故障，不再派发任务。'),
  ),
  'device-care.stuck': alert(
    pair('A robot is stuck', '机器人受阻'),
    pair('{device} cannot move on. Clear its way.', '{device} 无法前行，请清理通路。'),
  ),
  'device-care.battery': alert(
    pair('Low battery', '电量不足'),
    pair(
      '{device} should be charged, and did not get to a charger by itself.',
      '{device} 需要充电，且未能自行前往充电。',
    ),
  ),
  'device-care.updating': alert(
    pair('An update takes long', '更新时间过长'),
    pair('{device} has been updating for longer than usual.', '{device} 更新时间超出平常。'),
  ),
  'device-care.silent': alert(
    pair('A device says nothing', '设备无消息'),
    pair(
      '{device} is connected but says nothing. Restart it if it stays so.',
      '{device} 在线但无消息。如持续，请重启。',
    ),
  ),
  'probation.begun': alert(
    pair('New firmware on probation', '新固件试用'),
    pair(
      '{device} runs firmware {firmware} instead of {wasFirmware}. Others go first until somebody approves or declines it.',
      '{device} 的固件由 {wasFirmware} 变为 {firmware}。批准或否决之前，其他设备优先。',
    ),
  ),
}

const adapters: Readonly<Record<string, AlertWords>> = {
  'adapter.crash-loop': alert(
    pair('An adapter keeps crashing', '适配器反复崩溃'),
    pair(
      'The adapter of {device} crashed {crashes} times and is not started any more. Ask its vendor.',
      '{device} 的适配器已崩溃 {crashes} 次，不再启动。请联系厂商。',
    ),
  ),
  'adapter.refused-settings': alert(
    pair('An adapter refuses its settings', '适配器设置有误'),
    pair(
      'The adapter of {device} does not accept its settings. Correct them in the branch file.',
      '{device} 的适配器不接受其设置，请在网点文件中更正。',
    ),
  ),
  'adapter.folder': alert(
    pair('An adapter cannot be started', '适配器无法启动'),
    pair('The adapter of {device} cannot be started: {text}', '{device} 的适配器无法启动：{text}'),
  ),
  'adapter.too-much-memory': alert(
    pair('An adapter used too much memory', '适配器占用内存过多'),
    pair(
      'The adapter of {device} used {usedMb} of {memoryMb} MB and is started anew.',
      '{device} 的适配器占用 {usedMb} MB（上限 {memoryMb} MB），正在重新启动。',
    ),
  ),
  'adapter.silent': alert(
    pair('An adapter gave no sign of life', '适配器无响应'),
    pair(
      'The adapter of {device} gave no sign of life and is started anew.',
      '{device} 的适配器无响应，正在重新启动。',
    ),
  ),
  'adapter.crashed': alert(
    pair('An adapter ended by itself', '适配器意外结束'),
    pair(
      'The adapter of {device} ended by itself and is started anew.',
      '{device} 的适配器意外结束，正在重新启动。',
    ),
  ),
  'adapter.flood': alert(
    pair('An adapter sends too much', '适配器发送过多'),
    pair(
      'The adapter of {device} sends more than it may and is read more slowly.',
      '{device} 的适配器发送过多，已被减速。',
    ),
  ),
}

/** By code. Where a condition has no words of its own (a deployed flow's), the words of its reason serve as both. */
export const alertWords: Readonly<Record<string, AlertWords>> = { ...lobby, ...devices, ...adapters }
