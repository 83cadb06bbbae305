/** What the desk answers about recorded sales: status by code, and the words in Chinese. */
import type { saleErrors } from '../sale-errors.ts'

type SaleCodes = keyof typeof saleErrors

export const saleStatus = {
  'sale.off': 409,
  'sale.no-script': 422,
  'sale.open': 409,
  'sale.unknown': 404,
  'sale.over': 409,
  'sale.not-yours': 403,
  'sale.state': 409,
  'sale.blocked': 409,
  'sale.sold': 409,
  'sale.item': 422,
  'sale.no-tick': 409,
  'sale.finding': 409,
  'sale.gap': 409,
  'sale.kiosk-asks': 409,
  'sale.kiosk-in-call': 409,
  'sale.secret': 409,
  'sale.elsewhere': 409,
  'speech.token': 401,
  'speech.line': 400,
  'speech.too-large': 413,
  'speech.too-fast': 429,
  'speech.not-recorded': 409,
} as const satisfies Record<SaleCodes, number>

export const saleChinese: Readonly<Record<SaleCodes, string>> = {
  'sale.off': '本网点未启用销售双录。请在网点文件中配置 recording。',
  'sale.no-script': '该产品没有双录话术。请选择其他产品，或在网点文件的 recording 中加入。',
  'sale.open': '此通话、此自助设备或此人员已有双录进行中，请先结束。',
  'sale.unknown': '没有这笔双录，可能已久。近七日的在双录列表中，更早的见录音录像。',
  'sale.over': '这笔双录已结束。如需销售，请重新开始。',
  'sale.not-yours': '这是他人的双录：只有通话中的专家、在该通话中的经理和发起的经理可以操作。',
  'sale.state': '双录当前状态下不能这样做，请再看一眼。',
  'sale.blocked': '暂不能成交，请补齐缺项。',
  'sale.sold': '已确认成交，不能再更改。',
  'sale.item': '话术中没有这一项。',
  'sale.no-tick': '这一项须由客户亲口回答，不能代为勾选。请再问一次。',
  'sale.finding': '没有这条质检发现，或已处理。',
  'sale.gap': '这段时间没有任何录音录像，写说明也无法补回。请结束后重新双录。',
  'sale.kiosk-asks': '由自助设备询问客户，他人不能代为同意。请客户在设备上回答。',
  'sale.kiosk-in-call': '这台智能柜台正在进行专家通话。请在通话中发起双录，或换一台智能柜台。',
  'sale.secret': '客户正在输入保密内容，输入结束后自动继续录制。',
  'sale.elsewhere': '这是其他网点的通话：请该网点的经理加入通话后发起双录，话术与录制均在该网点。',
  'speech.token': '语音引擎的令牌无效。请使用本中枢签发的语音令牌。',
  'speech.line': '语音转写行的格式不正确。',
  'speech.too-large': '一次提交的语音转写过多。',
  'speech.too-fast': '语音转写提交过快，请稍候再发。',
  'speech.not-recorded': '这笔双录当前未在录制。',
}
