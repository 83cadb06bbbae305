/** What the desk answers when it does not do what was asked: the code, and its words for people in both languages. */
import { z } from 'zod'
import { type ErrorCode, errors } from '../errors.ts'

/** Status by code: every code that an answer of the desk can carry. */
export const deskStatus = {
  'sign-in.wrong': 401,
  'sign-in.needed': 401,
  'sign-in.wait': 429,
  'sign-in.busy': 503,
  'role.missing': 403,
  'request.origin': 403,
  'request.host': 421,
  'request.invalid': 400,
  'request.too-large': 413,
  'request.type': 415,
  'request.unknown': 404,
  'request.method': 405,
  'password.short': 422,
  'password.long': 422,
  'password.obvious': 422,
  'link.spent': 410,
  'account.exists': 409,
  'account.reserved': 409,
  'account.unknown': 404,
  'account.disabled': 409,
  'account.last-admin': 409,
  'session.unknown': 404,
  'explain.nothing': 404,
  'journal.no-day': 404,
  'config.invalid': 422,
  'plan.no-version': 404,
  'live.too-many': 429,
  'task.unknown': 404,
  'task.ended': 409,
  'task.not-asked': 409,
  'task.not-suggested': 409,
  'device.unknown': 404,
  'person.unknown': 404,
  'visit.unknown': 404,
  'ticket.unknown': 404,
  'flow.unknown': 404,
  'policy.invalid': 422,
  'config.conflict': 409,
  'alert.unknown': 404,
  'alert.taken': 409,
  'mode.emergency': 409,
  'mode.no-emergency': 409,
  'branch.no-file': 503,
  'journal.no-checkpoint': 404,
  'journal.erased': 404,
  'what-if.too-long': 503,
  'what-if.unavailable': 503,
  'desk.accounts-unreadable': 503,
  'hub.bug': 500,
  'hub.busy': 503,
  'hub.stopping': 503,
  'store.full': 507,
} as const satisfies Partial<Record<ErrorCode, number>>

export type DeskErrorCode = keyof typeof deskStatus

export const isDeskErrorCode = (code: string): code is DeskErrorCode => Object.hasOwn(deskStatus, code)

const chinese: Readonly<Record<DeskErrorCode, string>> = {
  'sign-in.wrong': '用户名或密码不正确。忘记密码请联系管理员重置。',
  'sign-in.needed': '请先登录。',
  'sign-in.wait': '尝试次数过多，请稍后再试。',
  'sign-in.busy': '当前登录人数较多，请几秒后再试。',
  'role.missing': '您的角色无权执行此操作。如工作需要，请联系管理员。',
  'request.origin': '该请求不是从本系统页面发出的。请在本系统页面上重试。',
  'request.host': '本系统不使用该名称提供服务。请使用 http.names 中的名称。',
  'request.invalid': '请求内容不正确。',
  'request.too-large': '请求内容过大。',
  'request.type': '无法识别的请求类型。',
  'request.unknown': '该地址不存在。',
  'request.method': '该地址不支持此方法。',
  'password.short': '密码太短，至少 15 个字符；可以用几个词连成一句话。',
  'password.long': '密码太长，最多 256 个字符。',
  'password.obvious': '该密码太容易被猜到。请使用与本人、银行无关且彼此无关的词。',
  'link.spent': '该链接已使用、已过期，或已被新链接取代。请索取新链接。',
  'account.exists': '该用户名已存在。',
  'account.reserved': '该名称为系统保留，请换一个。',
  'account.unknown': '没有该账户。',
  'account.disabled': '该账户已停用，请先启用。',
  'account.last-admin': '至少要保留一名管理员。请先指定另一名管理员。',
  'session.unknown': '没有该登录记录，请刷新列表。',
  'explain.nothing': '没有相关记录。记录保留 180 天，因隐私清除的内容不再保留。',
  'journal.no-day': '该日没有记录，或记录已不再保留。',
  'live.too-many': '打开的页面过多，请先关闭不用的页面。',
  'task.unknown': '没有该任务。',
  'task.ended': '该任务已结束。',
  'task.not-asked': '该任务现在不是派给您的。',
  'task.not-suggested': '该任务不是等待确认的建议。',
  'device.unknown': '没有该设备。',
  'person.unknown': '没有该员工。',
  'visit.unknown': '该访客已不在网点。',
  'ticket.unknown': '没有该号码，或该号码已结束。',
  'flow.unknown': '没有该流程。',
  'policy.invalid': '设置值不正确。',
  'config.conflict': '设置刚刚已被他人更改，请查看新的设置后再改。',
  'alert.unknown': '该告警已解除，或不存在。',
  'alert.taken': '该告警已由他人认领。',
  'mode.emergency': '网点处于紧急模式，只能由人工解除。',
  'mode.no-emergency': '网点当前不在紧急模式。',
  'branch.no-file': '尚无网点配置文件。',
  'config.invalid': '内容有误，未作更改。请按提示修正。',
  'plan.no-version': '该版本已不再保留。',
  'journal.no-checkpoint': '该日开始时的状态已不再保留，无法重演。',
  'journal.erased': '该日的部分内容已清除，无法重演。',
  'what-if.too-long': '未能在规定时间内重演该日。请使用命令行重演。',
  'what-if.unavailable': '此处无法重演。请使用命令行重演。',
  'desk.accounts-unreadable': '账户数据无法读取，请联系管理员。',
  'hub.bug': '系统出错，未能完成操作。请记下编号并联系管理员。',
  'hub.busy': '系统繁忙，请稍后再试。',
  'hub.stopping': '系统正在停止，请稍后再试。',
  'store.full': '磁盘已满，未能完成操作。请联系管理员。',
}

export type DeskTongue = 'zh' | 'en'

/** What happened and what can be done, for people. */
export const deskErrorText = (code: DeskErrorCode, tongue: DeskTongue): string =>
  tongue === 'zh' ? chinese[code] : `${errors[code].summary} ${errors[code].remedy}`

export const DeskError = z.object({
  code: z.enum(Object.keys(deskStatus) as [DeskErrorCode, ...DeskErrorCode[]]),
  text: z.string(),
  /** Of this one case: the field, for example. */
  detail: z.string().optional(),
  /** After this the same may be tried again. */
  waitMs: z.int().min(0).optional(),
  /** The same as in the header `x-request-id` and in the hub's log. */
  request: z.string(),
})
export type DeskError = z.infer<typeof DeskError>
