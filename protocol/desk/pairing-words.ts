/** What the desk answers when a page is not let in: status by code, and the words in Chinese. */
import type { pairingErrors } from '../pairing-errors.ts'

type PairingCodes = keyof typeof pairingErrors | 'device.declared'

export const pairingStatus = {
  'pairing.busy': 429,
  'pairing.unknown': 404,
  'pairing.done': 409,
  'pairing.kind': 409,
  'pairing.taken': 409,
  'device.declared': 409,
} as const satisfies Record<PairingCodes, number>

export const pairingChinese: Readonly<Record<PairingCodes, string>> = {
  'pairing.busy': '请求配对码的页面过多，请稍后。页面会自动重试。',
  'pairing.unknown': '没有页面正显示该配对码。请再看一眼屏幕：配对码 15 分钟后失效，屏幕会自动换新码。',
  'pairing.done': '该配对码的页面已经接入。',
  'pairing.kind': '页面与设备的类型不同：屏幕不能作为智能柜台，反之亦然。',
  'pairing.taken': '已有另一页面是该设备。请选择其他设备，或确认由新页面取代。',
  'device.declared': '该设备编号已存在，请换一个。',
}
