/** Reason codes of the dispatcher and the flows in the words of the people who read them. */
import { flowReasons } from '#flows/reasons.ts'
import type { MarkValue } from '#protocol/model.ts'
import { callReasons } from './calls.ts'
import { carriedReasons } from './carried-words.ts'
import { genericName } from './generic-names.ts'
import { phaseNames } from './names.ts'
import { type Pairs, pair, type Tongue } from './pair.ts'
import { saleReasons } from './sales.ts'

type Params = Readonly<Record<string, MarkValue>>

/** The dispatcher's own; those of the flows stand beside the flows. */
export const hubReasons: Pairs = {
  ...callReasons,
  ...saleReasons,
  // Why a candidate was passed over
  'not-named': pair('not among those named for it', '不在指定名单中'),
  excluded: pair('excluded for this task', '本任务已排除'),
  spent: pair('already asked for this task', '本任务已询问过'),
  kind: pair('not the right kind of device', '设备类型不符'),
  capability: pair('cannot do this', '不具备此能力'),
  zone: pair('stands in another zone', '不在该区域'),
  elsewhere: pair('is in another zone now', '此刻在其他区域'),
  role: pair('has another role', '岗位不符'),
  language: pair('does not speak the language', '不支持该语言'),
  held: pair('held by a person', '由人员接管'),
  'out-of-service': pair('out of service', '已停用'),
  unwilling: pair('asks for no tasks now', '暂不接受任务'),
  'link-offline': pair('switched off', '已下线'),
  'link-lost': pair('connection lost', '连接中断'),
  'link-unknown': pair('not heard of since the hub started', '中枢启动后尚无消息'),
  faulted: pair('has a fault', '设备故障'),
  updating: pair('is being updated', '正在更新'),
  'firmware-declined': pair('its firmware was declined by a person', '其固件版本已被人员否决'),
  // What a device that is a page says of itself
  'not-kept': pair('keeps nothing across a restart of the page', '页面重启后无法保留数据'),
  'proofs-dropped': pair('lost records of what it showed', '部分播放记录已丢失'),
  'proof-failed': pair('cannot record what it shows', '无法记录播放情况'),
  'loop-failed': pair('shows its default content: its programme failed', '节目单出错，正显示默认内容'),
  'unknown-time-zone': pair('does not know the time zone of the branch', '无法识别网点所在时区'),
  probation: pair('new firmware on probation: others go first', '新固件处于试用期，其他设备优先'),
  'firmware.changed': pair(
    'came back with firmware {firmware} instead of {wasFirmware}: {standing}',
    '固件由 {wasFirmware} 变为 {firmware}：{standing}',
  ),
  'probation.begun': pair(
    '{device} runs firmware {firmware} instead of {wasFirmware}: others go first until somebody approves or declines it',
    '{device} 的固件由 {wasFirmware} 变为 {firmware}：批准或否决之前，其他设备优先',
  ),
  'standing.known': pair('trusted already', '早已受信任'),
  'standing.probation': pair('on probation', '进入试用期'),
  'standing.approved': pair('approved', '已获批准'),
  'standing.declined': pair('declined', '已被否决'),
  'firmware.approved': pair('firmware {firmware} was approved by {by}', '{by} 已批准固件 {firmware}'),
  'firmware.declined': pair('firmware {firmware} was declined by {by}', '{by} 已否决固件 {firmware}'),
  'adapter.crash-loop': pair(
    'the adapter of {device} crashed {crashes} times and is not started any more',
    '{device} 的适配器已崩溃 {crashes} 次，不再启动',
  ),
  'adapter.refused-settings': pair(
    'the adapter of {device} does not accept its settings',
    '{device} 的适配器不接受其设置',
  ),
  'adapter.folder': pair(
    'the adapter of {device} cannot be started: {text}',
    '{device} 的适配器无法启动：{text}',
  ),
  'adapter.too-much-memory': pair(
    'the adapter of {device} used {usedMb} of {memoryMb} MB and was ended',
    '{device} 的适配器占用 {usedMb} MB（上限 {memoryMb} MB），已被结束',
  ),
  'adapter.silent': pair(
    'the adapter of {device} gave no sign of life and was ended',
    '{device} 的适配器无响应，已被结束',
  ),
  'adapter.crashed': pair('the adapter of {device} ended by itself', '{device} 的适配器意外结束'),
  'adapter.flood': pair(
    'the adapter of {device} sends more than it may and is read more slowly',
    '{device} 的适配器发送过多，已被减速',
  ),
  'messages.refused': pair('sent messages that were refused', '发送的消息被拒收'),
  reassigned: pair('given to another by a person', '已由人员改派'),
  'has-it': pair('has it already', '已在执行该任务'),
  'content-not-approved': pair('nothing of its content is approved now', '没有已审批的内容'),
  'cap-day': pair('was shown often enough today', '今日展示次数已满'),
  scored: pair('could have been chosen', '可选'),
  'campaign-off': pair('the campaign was switched off', '该活动已关闭'),
  'campaign.on': pair('{by} switched {campaign} on', '{by} 已开启活动 {campaign}'),
  'campaign.off': pair('{by} switched {campaign} off', '{by} 已关闭活动 {campaign}'),
  'capability-gone': pair('its device can no longer do this', '设备已不再具备此能力'),
  'no-manifest': pair('has not said what it can do', '尚未上报能力'),
  silent: pair('connected but silent', '在线但无响应'),
  'battery-low': pair('battery too low', '电量不足'),
  charging: pair('charging', '正在充电'),
  blocked: pair('cannot move on', '行进受阻'),
  'movement-stopped': pair('all movement is stopped', '已停止一切移动'),
  'quiet-hours': pair('quiet hours: no voice', '静音时段，不可出声'),
  'sound-zone': pair('somebody else speaks there', '该处正有其他声音'),
  'too-far': pair('would be there too late', '赶到时已太晚'),
  'in-use': pair('in use by a customer', '客户正在使用'),
  reserved: pair('kept free for somebody', '已为他人预留'),
  busy: pair('busy with another task', '正在执行其他任务'),
  'busy-itself': pair('busy on its own account', '设备自身繁忙'),
  clearing: pair('has not yet confirmed a cancel', '尚未确认取消'),
  'off-duty': pair('not on duty', '未当班'),
  'do-not-disturb': pair('asked not to be disturbed', '请勿打扰'),
  serving: pair('serving a customer', '正在服务客户'),
  'interrupted-enough': pair('interrupted often enough lately', '近期打扰次数已满'),
  // What a device says of itself
  unreachable: pair('nothing answers', '设备无响应'),
  unauthorised: pair('the device does not let its adapter in', '设备拒绝适配器访问'),
  unsupported: pair('the device cannot do this', '设备不支持此操作'),
  'mandatory-due': pair('content that must be shown is due first', '须先播放必播内容'),
  'device-fault': pair('the device has a fault', '设备故障，未能完成'),
  'adapter-error': pair('a mistake in the adapter', '适配器内部错误'),
  'bad-command': pair('the command does not fit', '指令不符合规范'),
  'bad-result': pair('the result does not fit', '结果不符合规范'),
  'memory-failed': pair('the device cannot write down what it begins', '设备无法记录执行状态'),
  interrupted: pair('the device restarted in the middle', '执行中设备重启'),
  restarted: pair('the device restarted before it began', '开始前设备重启'),
  'no-start': pair('the start did not come in time', '未及时收到开始指令'),
  'unknown-attempt': pair('the device did not know of the offer', '设备未收到任务邀约'),
  'stale-epoch': pair('a message of an earlier time of the hub', '来自中枢先前周期的消息'),
  'stop-unconfirmed': pair('stopped, but the device has not confirmed it', '已要求停止，设备尚未确认'),
  'adapter-stopping': pair('its adapter was stopped', '适配器正在停止'),
  // What robots say of their way
  'unknown-place': pair('the robot does not know this place', '机器人不认识该地点'),
  'no-route': pair('no way leads there', '没有可到达的路线'),
  'outside-map': pair('the place is outside the robot’s map', '地点在机器人地图之外'),
  'not-localised': pair('the robot does not know where it is', '机器人无法定位'),
  'navigation-failed': pair('the robot gave up on the way', '机器人途中放弃导航'),
  'navigation-timeout': pair('the robot’s navigation took too long', '机器人导航超时'),
  'wrong-place': pair('the robot stands somewhere else', '机器人停在了别处'),
  'stopped-by-hand': pair('somebody stopped the robot', '机器人被人叫停'),
  'driven-by-hand': pair('somebody drives the robot by hand', '机器人正被人工操控'),
  'taken-over': pair('somebody else gave the robot another order', '机器人已被他人接管'),
  'other-goal': pair('the robot drives for somebody else', '机器人正在执行他人的目标'),
  'own-journey': pair('the robot drives on its own account', '机器人正在自行移动'),
  diverted: pair('the robot went somewhere else', '机器人改去了别处'),
  following: pair('the robot follows somebody', '机器人正在跟随他人'),
  patrolling: pair('the robot patrols', '机器人正在巡逻'),
  lifted: pair('somebody lifted the robot', '机器人被抬起'),
  'goal-rejected': pair('the robot rejects the order', '机器人拒绝该指令'),
  'goal-lost': pair('the robot knows nothing of the order any more', '机器人已丢失该指令'),
  'not-charging': pair('the robot stands at its charger and does not charge', '机器人已到充电位但未充电'),
  'dock-not-found': pair('the robot does not find its charger', '机器人找不到充电位'),
  'speech-failed': pair('the robot did not say it', '机器人未能播报'),
  'speech-unconfirmed': pair('the robot did not report that it said it', '机器人未确认播报完成'),
  'bridge-failed': pair('the robot’s own software reports an error', '机器人自身软件报错'),
  'order-rejected': pair('the robot rejects the order', '机器人拒绝该指令'),
  'order-invalid': pair('the order is not one that the robot understands', '机器人无法识别该指令'),
  'order-lost': pair('the robot has another order now', '机器人已改为执行其他指令'),
  'other-order': pair('the robot carries out an order of somebody else', '机器人正在执行他人的指令'),
  'action-rejected': pair('the robot rejects the action', '机器人拒绝该动作'),
  'action-failed': pair('the robot could not carry out the action', '机器人未能完成该动作'),
  'position-unknown': pair('the robot does not say where it is', '机器人未上报所在位置'),
  'not-automatic': pair('the robot is not in automatic mode', '机器人不在自动模式'),
  'semi-automatic': pair('the robot is in semi-automatic mode', '机器人处于半自动模式'),
  'robot-paused': pair('somebody paused the robot', '机器人已被暂停'),
  'emergency-stop': pair('the emergency stop of the robot is pressed', '机器人已急停'),
  'protective-field': pair('somebody stands in the robot’s protective field', '机器人防护区内有人或障碍物'),
  'robot-error': pair('the robot reports an error', '机器人报告错误'),
  'robot-gone': pair('the robot was gone in the middle of it', '执行中与机器人失去联系'),
  'robot-offline': pair('the robot has signed off', '机器人已下线'),
  'robot-connection-lost': pair('the robot lost its connection to the fleet', '机器人与车队系统的连接中断'),
  'robot-silent': pair('the robot has not reported for too long', '机器人长时间未上报'),
  'fleet-broker-unreachable': pair('the fleet of the robots does not answer', '车队系统无响应'),
  'fleet-broker-refuses': pair('the fleet does not let its adapter in', '车队系统拒绝适配器访问'),
  // What doors, gates and plants say
  'server-unreachable': pair('the server of the device does not answer', '设备服务器无响应'),
  'server-not-running': pair('the server of the device is not in operation', '设备服务器未处于运行状态'),
  'server-certificate-untrusted': pair(
    'the certificate of the server is not trusted yet: somebody must look at it',
    '服务器证书尚未受信任，需人工确认',
  ),
  'server-certificate-expired': pair('the certificate of the server has expired', '服务器证书已过期'),
  'server-certificate-refused': pair('the certificate of the server is not good enough', '服务器证书不合格'),
  'adapter-certificate-refused': pair(
    'the server does not trust the certificate of the adapter',
    '服务器不信任适配器的证书',
  ),
  'security-not-offered': pair(
    'the server does not offer the encryption that is set',
    '服务器不提供所设置的加密方式',
  ),
  'login-refused': pair('the server does not let the adapter sign in', '服务器拒绝适配器登录'),
  'login-unreadable': pair('the adapter cannot read what it signs in with', '适配器无法读取登录凭据'),
  'method-failed': pair('the device did not carry it out', '设备未能执行'),
  'method-uncertain': pair('the device is not sure that it carried it out', '设备不确定是否已执行'),
  'not-confirmed': pair('it was not seen to be done', '未见到执行结果'),
  'no-job-control': pair('the device takes no such orders', '设备不接受此类作业'),
  'job-not-accepted': pair('the device does not accept the order now', '设备目前不接受作业'),
  'job-invalid-state': pair('the device cannot take the order in its state', '设备当前状态无法接受作业'),
  'job-refused': pair('the device refuses the order', '设备拒绝该作业'),
  'job-aborted': pair('the device broke the order off', '设备中止了该作业'),
  'job-lost': pair('the device knows nothing of the order any more', '设备已丢失该作业'),
  'no-job-response': pair('it ended, and the device does not say how', '作业已结束，设备未报告结果'),
  // What a queue system says
  'unknown-ticket': pair('the queue system does not know the ticket', '排队系统中没有该号'),
  'not-done': pair('the queue system did not do it', '排队系统未执行'),
  'tickets-missed': pair('some tickets were told of too late or not at all', '部分号票未及时上报或未上报'),
  'counts-differ': pair('the queue system counts others than it told of', '排队系统的人数与其上报不符'),
  'messages-not-understood': pair(
    'some messages of the queue system are not understood',
    '排队系统的部分消息无法理解',
  ),
  'vendor-broker-unreachable': pair('the queue system’s messages do not arrive', '无法接收排队系统的消息'),
  'vendor-broker-refuses': pair(
    'the queue system does not let its adapter read its messages',
    '排队系统拒绝适配器接收消息',
  ),
  'csv-file-missing': pair('the file of the queue system is not there', '排队系统的文件不存在'),
  'snapshot-unreachable': pair('the queue system does not answer', '排队系统无响应'),
  'snapshot-refused': pair('the queue system does not let its adapter in', '排队系统拒绝适配器访问'),
  'snapshot-unusable': pair(
    'the queue system answers with something else than its queues',
    '排队系统的应答不是排队数据',
  ),
  // What a signage system says of its screens
  'no-layout': pair('no layout stands for this content', '没有对应此内容的布局'),
  'layout-missing': pair('the signage system does not know the layout', '信息发布系统中没有该布局'),
  'no-command': pair('its settings name no such command', '设置中没有该命令'),
  'command-missing': pair('the signage system does not know the command', '信息发布系统中没有该命令'),
  'not-seen': pair('ordered, but no display reported it', '已下达，但没有屏幕报告已显示'),
  replaced: pair('something else was put on the screen', '屏幕内容被其他内容替换'),
  'display-offline': pair('the display is offline', '显示屏离线'),
  'some-displays-offline': pair('some of its displays are offline', '部分显示屏离线'),
  'display-silent': pair('the display was not heard of for long', '显示屏长时间无消息'),
  'display-not-ready': pair('the display takes no pushed commands', '显示屏未就绪，无法接收推送'),
  'display-not-authorised': pair('the display is not authorised', '显示屏未授权'),
  'no-display': pair('there is no display in its group', '显示组内没有显示屏'),
  'content-out-of-date': pair('the content of the display is out of date', '显示屏内容不是最新'),
  'cms-unreachable': pair('the signage system does not answer', '信息发布系统无响应'),
  'cms-no-answer': pair('no answer, and nobody saw it on the screen', '未得到应答，屏幕上也未见显示'),
  'cms-broken': pair('the signage system has an error', '信息发布系统出错'),
  'cms-odd-answer': pair('something else answers than the signage system', '应答方不是信息发布系统'),
  'cms-refuses': pair('the signage system does not let its adapter in', '信息发布系统拒绝适配器访问'),
  'cms-rejects': pair('the signage system rejects the order', '信息发布系统拒绝该指令'),
  'cms-limits': pair('the signage system asks for fewer requests', '信息发布系统限制请求频率'),
  'cms-time-zone': pair('the time zone of the signage system is set wrongly', '信息发布系统的时区设置有误'),
  // Why a task ended or waits
  nobody: pair('there is nobody who could do it', '没有可执行者'),
  paused: pair('automation was paused', '自动化已暂停'),
  'flow-off': pair('the flow is switched off', '该流程已关闭'),
  'effect.resting': pair(
    'it was a time without, for comparison: the effect is being measured',
    '对照时段：正在衡量效果，本时段暂不执行',
  ),
  'promotion.drawn': pair('compared for {campaign}: {arm}', '纳入 {campaign} 的效果对比：{arm}'),
  'promotion.ended': pair('promotion of {campaign}: {phase}', '{campaign} 的推荐：{phase}'),
  'promotion.asked': pair('asked for what {campaign} is about', '主动办理了 {campaign} 相关业务'),
  'promotion.same-visit': pair(
    'compared for {campaign} as one visitor',
    '{campaign} 的效果对比合并为同一来客',
  ),
  'arm.shown': pair('may be shown it', '可展示组'),
  'arm.held-out': pair('is shown nothing, for comparison', '对照组，不予展示'),
  'effect.planned': pair('a measuring plan was set for {flows}', '已设定效果衡量计划：{flows}'),
  'effect.plan-ended': pair('the measuring plan is through', '效果衡量计划已结束'),
  'effect.stopped': pair('the measuring plan was stopped', '效果衡量计划已停止'),
  'effect.block-on': pair('a time with {flows} begins', '启用时段开始：{flows}'),
  'effect.block-off': pair('a time without {flows} begins, for comparison', '对照时段开始，暂停：{flows}'),
  'effect.block-ended': pair('the time {arm} is over', '{arm}时段结束'),
  'arm.on': pair('with the flows', '启用'),
  'arm.off': pair('without the flows', '对照'),
  'effect.block-spoiled': pair('this time will not be compared: {reason}', '本时段不计入比较：{reason}'),
  // What spoils a block of a measuring plan
  stopped: pair('the plan was stopped', '计划已停止'),
  'flow-set': pair('a flow was set by hand', '流程设置被人工更改'),
  'flow-deployed': pair('another version of a flow came in force', '流程更换了版本'),
  'clock-step': pair('the clock was set', '时钟被调整'),
  'hub-away': pair('the hub was away', '中枢曾离线'),
  'effect.ticket': pair('counted for the comparison', '已计入比较'),
  'already-claimed': pair('already done once, or being done', '已执行过或正在执行'),
  'attempts-spent': pair('everyone who could be asked was asked', '可询问者均已询问'),
  'no-answer': pair('no answer in time', '未及时应答'),
  'not-begun': pair('no word of a beginning', '未收到开始消息'),
  'not-finished': pair('did not finish in time', '未按时完成'),
  'not-started': pair('did not begin', '未开始'),
  'too-late': pair('it became too late', '已超过时限'),
  preempted: pair('gave way to something more important', '让位于更重要的任务'),
  preempting: pair(
    'waits until the member has stopped something less important',
    '等待执行者停下较次要的任务',
  ),
  confirmation: pair('waits for a person to confirm it', '等待人员确认'),
  dismissed: pair('a person turned the suggestion down', '人员未采纳建议'),
  'visit-merged': pair('two visits turned out to be one', '两次到访确认为同一人'),
  'device-held': pair('a person took the device', '设备被人员接管'),
  'taken-up': pair('somebody else took it up', '已由他人接手'),
  'asked-to-cancel': pair('a person cancelled it', '人员取消'),
  confirmed: pair('a person confirmed it', '人员已确认'),
  suggested: pair('suggested to a person', '已向人员建议'),
  moved: pair('moved on', '转交'),
  'passed-over': pair('passed over', '未执行'),
  'began-early': pair('began without being told to', '未经许可即开始'),
  'report.late': pair('a report came too late', '报告迟到'),
  'report.foreign': pair('a report by somebody who was not asked', '非受派方的报告'),
  'instance.parked': pair(
    'what wanted this stopped working and is parked; the task goes on',
    '提出此任务的流程实例已停用搁置，任务继续执行',
  ),
  'answer.unheard': pair(
    'nobody waits for this end: what wanted it is parked',
    '提出此任务的流程实例已搁置，结果无人接收',
  ),
  restored: pair('the hub was restored from a backup', '中枢已从备份恢复'),
  refused: pair('refused', '拒绝'),
  done: pair('done', '完成'),
  failed: pair('failed', '失败'),
  cancelled: pair('cancelled', '取消'),
  unknown: pair('nobody can know', '无法得知'),
}

/** In which language, and what things are called: without names only what needs none is said in full. */
export interface Speaker {
  readonly tongue: Tongue
  /** Of what stands under this name in a reason. */
  of(what: string, id: string): string
}

const nobodysNames = (tongue: Tongue): Speaker => ({
  tongue,
  of: (what, id) => genericName(what, id, tongue),
})

const speakerOf = (whose: Tongue | Speaker): Speaker =>
  typeof whose === 'string' ? nobodysNames(whose) : whose

/** A reason within a reason, and a value that has words of its own under its parameter's name. */
const sayValue = (name: string, value: string, speaker: Tongue | Speaker): string => {
  const { tongue } = speakerOf(speaker)
  if (name === 'reason') return sayReason(value, speaker)
  const words = name === 'phase' ? phaseNames[value] : hubReasons[`${name}.${value}`]
  return words?.[tongue] ?? value
}

/** Between Chinese words there is no space; the words leave one around what may be a number or a Latin name. */
const gap = /(?<=\p{Script=Han}) (?=\p{Script=Han})/gu

/** `{name}` stands for the parameter of that name; one that was not recorded is left out. */
export const fillWords = (text: string, speaker: Tongue | Speaker, params: Params): string =>
  text
    .replaceAll(/\{(\w+)\}/g, (_, name: string) => sayValue(name, String(params[name] ?? '…'), speaker))
    .replaceAll(gap, '')

/** The reason in words, ours or a flow's; a code that is neither (a device's own) is given as it is. */
export const sayReason = (code: string, speaker: Tongue | Speaker, params: Params = {}): string => {
  const { tongue, of } = speakerOf(speaker)
  const known = [hubReasons, flowReasons].find((table) => Object.hasOwn(table, code))?.[code]
  if (known !== undefined) return fillWords(known[tongue], speaker, params)
  const rule = carriedReasons.find(({ prefix }) => code.startsWith(prefix))
  if (rule === undefined) return code
  const rest = code.slice(rule.prefix.length)
  return rule.words[tongue].replaceAll('{rest}', () => (rule.of === undefined ? '' : of(rule.of, rest)))
}
