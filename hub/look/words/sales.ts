/** What is said of recorded sales: what was asked, heard, found and put right, and what is left of it. */
import { type Pairs, pair } from './pair.ts'

/** What stands in a record. */
export const saleRecords: Pairs = {
  'sale.begun': pair(
    '{by} began to sell {product}, by script {script} version {version}',
    '{by} 发起 {product} 的双录，话术 {script} 第 {version} 版',
  ),
  'sale.consented': pair('the customer may be recorded, says {by}', '客户同意双录（{by}）'),
  'sale.not-started': pair('not every recorder began: {recorders}', '录制未能全部开始：{recorders}'),
  'sale.paused': pair('{by} paused the recording: {reason}', '{by} 暂停了双录：{reason}'),
  'sale.resumed': pair('{by} let the recording go on', '{by} 恢复了双录'),
  'sale.secret': pair('paused: something secret is typed at {by}', '客户正在输入保密内容（{by}），双录暂停'),
  'sale.secret-over': pair('nothing secret is typed any more at {by}', '保密内容输入结束（{by}）'),
  'sale.heard': pair('{item} was heard', '已听到 {item}'),
  'sale.unheard': pair('{item} is open again', '{item} 重新待说'),
  'sale.found': pair('found: {finding}, about {about}', '质检发现：{finding}，{about}'),
  'sale.cleared': pair('put right: {finding}, about {about}', '已更正：{finding}，{about}'),
  'sale.ticked': pair('{item} was ticked', '已勾选 {item}'),
  'sale.unticked': pair('the tick of {item} was taken back', '已取消勾选 {item}'),
  'sale.settled': pair('{by} settled {finding}: {note}', '{by} 处理了 {finding}：{note}'),
  'sale.sold': pair('{by} did the sale step; nothing was missing', '{by} 确认成交，无缺项'),
  'sale.ended': pair('the recording was ended by {by}: {cause}', '双录由 {by} 结束：{cause}'),
  'sale.sealed': pair('the recording is sealed: {manifest}', '录音录像已封存：{manifest}'),
  'sale.not-sealed': pair('the recording was not sealed in time', '录音录像未能按时封存'),
  'sale.over': pair('the sale is over: {outcome}', '双录结束：{outcome}'),
  'recorder.starting': pair('{recorder} begins to record', '{recorder} 开始录制'),
  'recorder.on': pair('{recorder} records', '{recorder} 录制中'),
  'recorder.lost': pair('{recorder} is gone', '{recorder} 已中断'),
  'recorder.done': pair('{recorder} has handed over all it has', '{recorder} 已交付全部内容'),
  'recorder.gap': pair('{recorder} lacks a part', '{recorder} 缺少一段'),
  'inspector.on': pair('the speech engine listens', '语音质检已连接'),
  'inspector.lost': pair('the speech engine is not heard of any more', '语音质检已中断'),
}

/** Why a sale ended, how, and what can be found. */
export const saleReasons: Pairs = {
  'cause.ended': pair('by hand', '人工结束'),
  'cause.refused': pair('the customer does not want to be recorded', '客户不同意双录'),
  'cause.unanswered': pair('the customer did not answer', '客户未回答'),
  'cause.call': pair('its call has ended, or is somebody else’s', '通话已结束或已转出'),
  'cause.not-started': pair('not every recorder began', '录制未能全部开始'),
  'cause.too-long': pair('nobody went on with it', '长时间无人继续'),
  'cause.alone': pair('whoever sold was gone', '销售人员已离开'),
  'cause.branch-file': pair('nothing is recorded at this branch any more', '本网点已停用双录'),
  'outcome.sold': pair('sold', '成交'),
  'outcome.not-sold': pair('not sold', '未成交'),
  'outcome.refused': pair('not recorded, as the customer wished', '客户不同意双录'),
  'outcome.broken': pair('the recording lacks something', '录音录像不完整'),
  'finding.forbidden': pair('a forbidden wording', '禁用语'),
  'finding.out-of-order': pair('said before its turn', '顺序有误'),
  'finding.declined': pair('the customer said no', '客户未同意'),
  'finding.silence': pair('a long silence', '长时间无声'),
  'finding.gap': pair('a gap in the recording', '录制中断'),
  'finding.inspector-lost': pair('nobody listened for a while', '语音质检中断'),
}
