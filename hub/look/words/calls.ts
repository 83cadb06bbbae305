/** What is said of the expert desk: why somebody was rung or not, and what became of a call. */
import { type Pairs, pair } from './pair.ts'

/** What stands in a record. */
export const callRecords: Pairs = {
  'call.requested': pair('an expert was asked for: {reason}', '请求远程专家：{reason}'),
  'call.rings': pair('it rings for {expert}', '正在呼叫 {expert}'),
  'call.rings-named': pair('it rings for {expert}, who was named', '正在呼叫指定专家 {expert}'),
  'call.nobody': pair('no expert could be rung', '没有可呼叫的专家'),
  'call.missed': pair('{expert} did not answer', '{expert} 未接听'),
  'call.declined': pair('{expert} declined', '{expert} 未接受'),
  'call.snoozed': pair('{expert} asked to be rung later', '{expert} 请求稍后再呼叫'),
  'call.accepted': pair('{expert} accepted', '{expert} 已接听'),
  'call.expert-joined': pair('{expert} stands in the call', '{expert} 已进入通话'),
  'call.expert-fell-out': pair('the connection of {expert} broke', '{expert} 连接中断'),
  'call.expert-back': pair('{expert} is back in the call', '{expert} 已恢复通话'),
  'call.expert-lost': pair(
    '{expert} did not come back: the next one is called first of all',
    '{expert} 未能恢复，优先呼叫下一位专家',
  ),
  'call.expert-never-came': pair(
    '{expert} accepted and did not come: the next one is called first of all',
    '{expert} 接听后未进入通话，优先呼叫下一位专家',
  ),
  'call.handed-over': pair('{by} handed it over to {to}', '{by} 将通话转给 {to}'),
  'call.guest-rings': pair('{by} asks {expert} in: it rings', '{by} 邀请 {expert}，正在呼叫'),
  'call.guest-accepted': pair('{expert} comes as a guest', '{expert} 接受邀请'),
  'call.guest-joined': pair('{expert} is there as a guest', '{expert} 已作为受邀专家进入通话'),
  'call.guest-fell-out': pair('the connection of the guest {expert} broke', '受邀专家 {expert} 连接中断'),
  'call.guest-back': pair('the guest {expert} is back', '受邀专家 {expert} 已恢复通话'),
  'call.guest-mode-consult': pair(
    '{by} speaks with the guest alone: the customer waits',
    '{by} 与受邀专家单独商量，客户稍候',
  ),
  'call.guest-mode-invite': pair(
    '{by} speaks with the guest and the customer',
    '{by} 请受邀专家与客户一起通话',
  ),
  'call.guest-declined': pair('nobody who was asked in came: declined', '受邀专家未接受'),
  'call.guest-snoozed': pair('nobody who was asked in came: later', '受邀专家请求稍后'),
  'call.guest-missed': pair('nobody who was asked in answered', '受邀专家未接听'),
  'call.guest-taken-off': pair('the guest was taken off', '已请受邀专家离开'),
  'call.guest-left': pair('the guest {expert} left', '受邀专家 {expert} 已离开'),
  'call.guest-lost': pair('the guest {expert} did not come back', '受邀专家 {expert} 未能恢复'),
  'call.guest-never-came': pair('{expert} accepted and did not come as a guest', '{expert} 接受邀请后未进入'),
  'call.guest-ended': pair('the guest is free again', '受邀专家已结束'),
  'call.guest-stays': pair(
    '{by} did not come back: the guest {to} goes on with it',
    '{by} 未能恢复，由受邀专家 {to} 继续',
  ),
  'call.handed-over-here': pair('{by} handed it over to {to}, who was there', '{by} 将通话交给在场的 {to}'),
  'call.moved': pair('{by} moved it to the group {group}', '{by} 将呼叫转到专家组 {group}'),
  'call.to-staff': pair('{by} has people on the spot go on with it', '{by} 将其交回现场处理'),
  'call.identified': pair('{by} identified the customer', '{by} 已核实客户身份'),
  'call.page-shown': pair('the customer shows their page to {expert}', '客户同意 {expert} 查看页面'),
  'call.page-hidden': pair('the page is shown to nobody any more', '已停止查看页面'),
  'call.proposal-taken': pair(
    'the customer took over what {expert} proposed for {field}',
    '客户采用了 {expert} 对 {field} 的填写建议',
  ),
  'call.proposal-declined': pair(
    'the customer declined what {expert} proposed for {field}',
    '客户未采用 {expert} 对 {field} 的填写建议',
  ),
  'call.document-shown': pair(
    '{expert} showed {item}, version {version}',
    '{expert} 展示了 {item}（第 {version} 版）',
  ),
  'call.document-put-away': pair('{item} was put away by {by}', '{by} 收起了 {item}'),
  'call.hung-up': pair('the call was ended by {by}', '通话由 {by} 结束'),
  'call.kiosk-gone': pair(
    'the kiosk {device} stayed out of reach: nobody is called for it any more',
    '智能柜台 {device} 一直无法连接，停止呼叫',
  ),
  'call.withdrawn': pair('{by} called it off: {reason}', '{by} 取消了呼叫：{reason}'),
  'call.not-written-up': pair('{expert} did not say how it went', '{expert} 未填写通话结果'),
  'call.ended': pair('the call is over: {outcome}', '呼叫结束：{outcome}'),
  'call.desk-unreachable': pair(
    'no expert can be asked ({why}): somebody on the spot comes',
    '无法联系专家中心（{why}），由现场人员处理',
  ),
  'desk.reached': pair('the expert desk {desk} is reached', '已连接专家中心 {desk}'),
  'desk.unreachable': pair('the expert desk {desk} cannot be reached', '无法连接专家中心 {desk}'),
  'expert.available': pair('{expert} can be called', '{expert} 可接听'),
  'expert.break': pair('{expert} has a break', '{expert} 暂离'),
  'expert.offline': pair('{expert} is not there', '{expert} 已离线'),
  'expert.gone': pair('no page of {expert} is there any more', '{expert} 的页面已断开'),
  'expert.available-by': pair('{by} set {expert} to available', '{by} 将 {expert} 设为可接听'),
  'expert.away-by': pair('{by} set {expert} to away', '{by} 将 {expert} 设为离开'),
  'expert.set-away': pair(
    '{expert} missed {missed} rings: set to away',
    '{expert} 连续 {missed} 次未接，已设为离开',
  ),
}

/** Why an expert was passed over, and outcomes. */
export const callReasons: Pairs = {
  'expert-asked': pair('was asked already', '已询问过'),
  'expert-not-named': pair('another one was named', '已指定其他专家'),
  'expert-unqualified': pair('lacks a licence that is needed', '缺少所需资质'),
  'expert-declined': pair('declined it', '已拒绝此呼叫'),
  'expert-handed-over': pair('handed it over', '已将此通话转出'),
  'expert-offline': pair('is not there', '不在线'),
  'expert-break': pair('has a break', '暂离'),
  'expert-away': pair('away after missed rings', '多次未接，已离开'),
  'expert-busy': pair('is in another call', '通话中'),
  'expert-snoozed': pair('asked not to be rung for a while', '稍后再呼叫'),
  'expert-group': pair('of another group', '不在该专家组'),
  'expert-skills': pair('lacks the skill, and it is early', '技能不符，尚在等待更合适的专家'),
  'expert-language': pair('does not speak the language, and it is early', '语言不符，尚在等待更合适的专家'),
  'outcome.solved': pair('solved', '已解决'),
  'outcome.follow-up': pair('staff on the spot finish it', '由现场人员办完'),
  'outcome.call-back': pair('somebody calls back', '稍后回电'),
  'outcome.appointment': pair('comes again by appointment', '预约再来'),
  'outcome.not-solved': pair('could not be done', '未能办理'),
  'outcome.unanswered': pair('nobody came', '无人接听'),
  'outcome.withdrawn': pair('called off', '已取消'),
  'outcome.same-call': pair('asked for already', '已在呼叫中'),
}

/** Why an expert scored as they did. */
export const expertPartNames: Pairs = {
  skills: pair('skills', '技能'),
  language: pair('language', '语言'),
  again: pair('rung before', '此前已呼叫'),
  idle: pair('minutes idle', '空闲分钟'),
}
