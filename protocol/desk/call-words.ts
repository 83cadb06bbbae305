/** What the desk answers about calls: status by code, and the words in Chinese. */
import type { callErrors } from '../call-errors.ts'

type CallCodes = keyof typeof callErrors

export const callStatus = {
  'call.unknown': 404,
  'call.over': 409,
  'call.not-yours': 403,
  'call.not-ringing': 409,
  'call.state': 409,
  'call.code-unknown': 422,
  'call.ticket': 401,
  'call.full': 409,
  'call.guest': 409,
  'call.signal': 400,
  'call.too-fast': 429,
  'link.denied': 401,
  'link.taken': 409,
  'link.version': 400,
  'link.message': 400,
  'link.too-large': 413,
  'link.too-fast': 429,
  'expert.unknown': 404,
  'expert.not-there': 409,
  'call.far': 409,
  'expert.busy': 409,
  'expert.none': 409,
} as const satisfies Record<CallCodes, number>

export const callChinese: Readonly<Record<CallCodes, string>> = {
  'call.unknown': '没有这个通话，可能早已结束。请查看通话列表。',
  'call.over': '通话已结束。如仍需要，请重新呼叫专家。',
  'call.not-yours': '这是他人的通话：只有接听的专家、客户一侧和本网点经理可以加入。',
  'call.not-ringing': '该呼叫已不再等待您接听：他人已接听、已超时或已取消。',
  'call.state': '通话当前状态下不能这样做，可能有人先操作了，请再看一眼。',
  'call.code-unknown': '没有这个结束代码。请从网点文件 experts 所列代码中选择。',
  'call.ticket': '通话凭证无效。凭证只用于一个通话的一位参与者，通话结束即失效，请重新获取。',
  'call.full': '通话人数已满，请等有人离开。',
  'call.guest': '已有受邀专家或正在邀请。请将通话交给对方，或先请其离开。',
  'call.signal': '参与者之间的消息无效，未转发。',
  'call.too-fast': '消息过于频繁，超出部分未转发，请稍候。',
  'link.denied':
    '专家中心不认识该网点，或密钥不符。请核对网点 calls.desk 与专家中心 calls.branches 的名称和密钥文件。',
  'link.taken': '同名网点的系统已连接。一个网点只能有一套系统连接，请停用另一套，或更换名称和密钥。',
  'link.version': '网点与专家中心的版本不一致，请安装相同版本。',
  'link.message': '网点与专家中心之间的消息无效，请安装相同版本。',
  'link.too-large': '网点与专家中心之间的消息过大，请安装相同版本。',
  'link.too-fast': '网点与专家中心之间的消息过于频繁，线路已断开并将重连。',
  'expert.unknown': '没有这位专家。请使用网点文件 experts 中的专家，且账号同名。',
  'expert.not-there': '该专家不在线。只能设置已打开工作台并上线的专家。',
  'call.far': '专家中心在别处，此操作只能在那里进行。请联系专家或其负责人；也可转回现场，由现场人员继续。',
  'expert.busy': '该专家正在通话或整理记录。请稍候或选择他人。',
  'expert.none': '当前没有专家可呼叫。请联系现场同事；有专家上线后会自动恢复。',
}
