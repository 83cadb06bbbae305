/** What the desk answers about recordings: status by code, and the words in Chinese. */
import type { recordingErrors } from '../recording-errors.ts'

type RecordingCodes = keyof typeof recordingErrors

export const recordingStatus = {
  'recording.unknown': 404,
  'recording.closed': 409,
  'recording.order': 409,
  'recording.conflict': 409,
  'recording.chunk': 400,
  'recording.too-large': 413,
  'recording.too-fast': 429,
  'recording.no-space': 507,
  'recording.busy': 503,
  'recording.recorder': 503,
  'recording.held': 409,
  'recording.not-held': 409,
  'recording.erased': 410,
  'recording.damaged': 500,
  'recording.open': 409,
} as const satisfies Record<RecordingCodes, number>

export const recordingChinese: Readonly<Record<RecordingCodes, string>> = {
  'recording.unknown': '没有这份录制。',
  'recording.closed': '该录制已封存、已暂停或未开始，不再接收内容。',
  'recording.order': '前面的片段尚未收到，请按顺序发送。',
  'recording.conflict': '该编号已有其他片段，先收到的保留。',
  'recording.chunk': '这不是有效的录制片段。',
  'recording.too-large': '片段过大，或该参与者发送的总量超过上限。',
  'recording.too-fast': '片段发送过快，超出部分未保存。',
  'recording.no-space': '磁盘空间不足，无法录制。请清理磁盘或提高 recordings.bytesMax。',
  'recording.busy': '同时进行的录制已达本机上限，请稍候。',
  'recording.recorder': '录制程序未在录制，正在自动恢复。',
  'recording.held': '该录制已有同名的法务保留。',
  'recording.not-held': '该录制没有这项法务保留。',
  'recording.erased': '该录制保存期满，已删除，仅保留删除记录。',
  'recording.damaged': '磁盘上的录制与封存内容不符。请校验录制以查明是哪个文件，并从备份恢复。',
  'recording.open': '该录制尚未封存。',
}
