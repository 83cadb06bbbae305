/** What the desk answers about pages seen together and documents: status by code, and the words in Chinese. */
import type { browseErrors } from '../browse-errors.ts'

type BrowseCodes = keyof typeof browseErrors

export const browseStatus = {
  'browse.message': 400,
  'browse.not-yours': 403,
  'browse.too-large': 413,
  'browse.too-fast': 429,
  'document.unknown': 404,
  'document.elsewhere': 409,
} as const satisfies Record<BrowseCodes, number>

export const browseChinese: Readonly<Record<BrowseCodes, string>> = {
  'browse.message': '关于智能柜台页面的消息无效，未转发。',
  'browse.not-yours': '只有本通话的智能柜台和接听的专家可以共同查看页面。',
  'browse.too-large': '页面消息过大，未转发。',
  'browse.too-fast': '页面消息过于频繁，超出部分未转发，请稍候。',
  'document.unknown': '没有可展示的这份资料。请从列表中选择：已通过复核、在有效期内的图片或文字。',
  'document.elsewhere': '该网点的资料存放在网点，此处无法展示，请现场同事协助。',
}
