/** What a member does, in one sentence a bystander would understand, Chinese or English. */
import type { TaskRow } from '#hub/dispatch/rows.ts'
import type { DecisionRecord } from '#hub/engine/turn.ts'
import { Words } from '#protocol/targets.ts'
import type { Tongue } from '../io/language.ts'
import { cutTo } from '../io/width.ts'
import { deeds } from '../what-if/words.ts'

export interface Names {
  readonly tongue: Tongue
  zone(id: string): string
  service(id: string): string
  campaign(id: string): string
}

interface Spoken {
  readonly words?: unknown
  readonly content?: { readonly words?: unknown }
  readonly at?: { readonly zone?: string; readonly place?: string }
  readonly to?: { readonly zone?: string; readonly place?: string }
  readonly party?: number
  readonly campaign?: string
  readonly kiosk?: string
  readonly reason?: string
  readonly note?: string
  readonly ticket?: string
}

const commandOf = (task: TaskRow) => task.intent.command as Spoken

/** The whole of it is in `usher explain`. */
const quoteWidth = 52

const either = (names: Names, en: string, zh: string) => (names.tongue === 'zh' ? zh : en)

const quote = (task: TaskRow, { tongue }: Names): string => {
  const { words, content } = commandOf(task)
  const all = Words.array().safeParse(words ?? content?.words)
  const list = all.success ? all.data : []
  const text = (list.find(({ language }) => language.startsWith(tongue)) ?? list[0])?.text
  if (text === undefined) return ''
  const short = cutTo(text, quoteWidth)
  return tongue === 'zh' ? `：“${short}”` : `: "${short}"`
}

const placeOf = (spot: Spoken['at'], names: Names): string =>
  spot?.place ?? (spot?.zone === undefined ? '' : names.zone(spot.zone))

const who = (task: TaskRow, names: Names): string => {
  const { ticket, visit } = task.intent.subject
  return ticket ?? (visit === undefined ? either(names, 'a visitor', '一位客户') : visit)
}

const greets = (task: TaskRow, names: Names): string => {
  const { party = 1, at } = commandOf(task)
  const zone = placeOf(at, names) || names.zone(task.intent.subject.zone ?? '')
  const group = either(names, `${party} visitors`, `${party} 位客户`)
  const whom = party > 1 ? group : either(names, 'a visitor', '一位客户')
  return either(names, `greets ${whom} at ${zone}`, `在${zone}问候${whom}`) + quote(task, names)
}

type Say = (task: TaskRow, names: Names) => string | undefined

const acts: Readonly<Record<string, Say>> = {
  greet: greets,
  display: (task, names) =>
    task.flow === 'greeting' ? greets(task, names) : either(names, 'shows', '显示') + quote(task, names),
  announce: (task, names) => either(names, 'says aloud', '播报') + quote(task, names),
  guide: (task, names) => {
    const to = commandOf(task).kiosk ?? placeOf(commandOf(task).to, names)
    return either(names, `leads ${who(task, names)} to ${to}`, `引导 ${who(task, names)} 前往 ${to}`)
  },
  promote: (task, names) => {
    const campaign = names.campaign(commandOf(task).campaign ?? '')
    return either(names, `promotes ${campaign}`, `推荐 ${campaign}`) + quote(task, names)
  },
  'offer-service': (task, names) => {
    const { ticket = '', kiosk = '' } = commandOf(task)
    return either(names, `invites ${ticket} to ${kiosk}`, `邀请 ${ticket} 使用 ${kiosk}`) + quote(task, names)
  },
  dock: (task, names) => {
    const to = placeOf(commandOf(task).to, names)
    return either(names, `goes to ${to}`, `前往 ${to}`)
  },
}

/** @returns undefined for what nobody in the lobby sees, such as a word to the queue system. */
export const sayAct: Say = (task, names) => acts[task.intent.capability]?.(task, names)

const deedOf = ({ intent }: TaskRow, names: Names): string =>
  either(names, intent.capability, deeds[intent.capability]?.noun.zh ?? intent.capability)

/** A task for a person, as it reads when it reaches them. */
export const sayAsked = (task: TaskRow, names: Names): string => {
  const { at, ticket, note } = commandOf(task)
  const about = ticket === undefined ? '' : ` (${ticket})`
  const more = note === undefined ? '' : `: ${note}`
  if (task.intent.capability !== 'call-staff')
    return either(names, 'is asked: ', '收到任务：') + deedOf(task, names) + about + more
  const where = placeOf(at, names)
  return either(names, `is asked to come to ${where}`, `收到请求，前往${where}`) + about + more
}

const answers: Readonly<Record<string, Say>> = {
  greet: ({ result }, names) => {
    const intent = result?.['intent']
    if (typeof intent !== 'string') return undefined
    const service = names.service(intent)
    return either(names, `is told: the visitor wants ${service}`, `客户回答：办理${service}`)
  },
  promote: ({ result }, names) =>
    result?.['response'] === 'interested'
      ? either(names, 'the visitor is interested', '客户表示感兴趣')
      : undefined,
  'offer-service': (task, names) => {
    const { ticket = '' } = commandOf(task)
    if (task.result?.['answer'] === 'accepted')
      return either(names, `${ticket} accepts`, `${ticket} 接受邀请`)
    return either(names, `${ticket} does not accept`, `${ticket} 未接受邀请`)
  },
  'call-staff': (_, names) => either(names, 'has taken care of it', '已处理完毕'),
}

const ends: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  failed: ['could not do it', '未能完成'],
  refused: ['nobody could do it', '无人可执行'],
  expired: ['nobody began in time', '未及时开始'],
  unknown: ['may or may not have done it', '是否完成无法确认'],
  cancelled: ['is called off', '任务已撤销'],
}

/** @returns undefined where the end adds nothing to what was told. */
export const sayEnd: Say = (task, names) => {
  if (task.phase === 'done') return answers[task.intent.capability]?.(task, names)
  const begun = task.attempts.some(({ startSentAt }) => startSentAt !== null)
  if (task.phase === 'cancelled' && !begun) return undefined
  const words = ends[task.phase]
  if (words === undefined) return undefined
  const [en, zh] = words
  const [deed, whom] = [deedOf(task, names), who(task, names)]
  return either(names, `${deed} ${whom}: ${en}`, `${deed}（${whom}）：${zh}`)
}

/** A diversion that succeeded: finished at the kiosk, nothing less. */
export const saySelf = ({ ticket = '', device }: DecisionRecord, names: Names): string =>
  either(
    names,
    `${ticket} has finished at ${device ?? 'a kiosk'}, without the counter`,
    `${ticket} 已在${device ?? '智能柜台'}办结，无需到窗口`,
  )
