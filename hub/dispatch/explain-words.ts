/** An explanation in plain words, Chinese or English: for the manager who is asked "why did the robot not come?". */
import type { Reason } from '#protocol/intents.ts'
import type { Words } from '#protocol/targets.ts'
import type { Explanation, Happening, Look, Note, TaskExplanation } from './explain.ts'
import { sayReason, type Tongue } from './reason-words.ts'
import type { Attempt, Candidate, TaskPhase } from './rows.ts'
import { isPerson, personPrefix } from './traits.ts'

export interface Telling {
  readonly tongue: Tongue
  readonly timeZone: string
}

const phases: Readonly<Record<TaskPhase, Readonly<Record<Tongue, string>>>> = {
  queued: { en: 'waiting for a member', zh: '等待执行者' },
  offered: { en: 'offered', zh: '已派发' },
  accepted: { en: 'accepted', zh: '已接受' },
  started: { en: 'under way', zh: '执行中' },
  done: { en: 'done', zh: '已完成' },
  failed: { en: 'failed', zh: '失败' },
  refused: { en: 'nobody was sent', zh: '未派出任何执行者' },
  cancelled: { en: 'cancelled', zh: '已取消' },
  expired: { en: 'expired before anybody began', zh: '无人开始即过期' },
  unknown: {
    en: 'unknown: started, but nobody can know whether it was done',
    zh: '结果不明：已开始，无法确认是否完成',
  },
}

const clock = (at: number, { timeZone }: Telling) =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone,
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(at)

const either = ({ tongue }: Telling, en: string, zh: string) => (tongue === 'zh' ? zh : en)

const memberName = (member: string, telling: Telling) =>
  isPerson(member) ? `${either(telling, 'staff', '员工')} ${member.slice(personPrefix.length)}` : member

const causeLine = (cause: Happening | null, telling: Telling): string => {
  if (cause === null) return either(telling, 'Cause: no longer kept', '起因：记录已不再保留')
  const what = cause.name === null ? cause.kind : `${cause.kind} ${cause.name}`
  const from = cause.device === null ? '' : either(telling, ` from ${cause.device}`, `，来自 ${cause.device}`)
  const erased = cause.body === null ? either(telling, ' (content erased)', '（内容已清除）') : ''
  return `${either(telling, 'Cause', '起因')}: ${clock(cause.at, telling)} ${what}${from}${erased} (#${cause.seq})`
}

const candidateLine = (candidate: Candidate, telling: Telling): string => {
  const name = memberName(candidate.member, telling)
  if (candidate.out !== null) return `    - ${name}: ${sayReason(candidate.out, telling.tongue)}`
  const parts = Object.entries(candidate.parts ?? {})
    .map(([part, points]) => `${part} ${points}`)
    .join(', ')
  const on = candidate.parts?.['probation'] === undefined ? '' : `; ${sayReason('probation', telling.tongue)}`
  return `    - ${name}: ${either(telling, 'score', '得分')} ${candidate.score} (${parts})${on}`
}

const lookLines = (look: Look, telling: Telling): readonly string[] => {
  const reason = look.reason === null ? '' : sayReason(look.reason, telling.tongue)
  const headline =
    look.chosen === null
      ? either(telling, `nobody yet: ${reason}`, `暂无执行者：${reason}`)
      : either(
          telling,
          `chosen: ${memberName(look.chosen, telling)}`,
          `选中：${memberName(look.chosen, telling)}`,
        )
  return [
    `  ${clock(look.at, telling)} ${headline}`,
    ...look.candidates.map((candidate) => candidateLine(candidate, telling)),
  ]
}

const attemptLine = (attempt: Attempt, telling: Telling): string => {
  const steps: readonly (readonly [string, string, number | null])[] = [
    ['offered', '派发', attempt.offeredAt],
    ['accepted', '接受', attempt.acceptedAt],
    ['start sent', '发出开始', attempt.startSentAt],
    ['began', '开始', attempt.startedAt],
    ['ended', '结束', attempt.endedAt],
  ]
  const told = steps
    .filter(([, , at]) => at !== null)
    .map(([en, zh, at]) => `${either(telling, en, zh)} ${clock(at ?? 0, telling)}`)
  const why = [attempt.end, attempt.code].filter((code) => code !== null)
  const end = [...new Set(why)].map((code) => sayReason(code, telling.tongue)).join(', ')
  const tail = end === '' ? '' : ` (${end})`
  return `  ${attempt.number}. ${memberName(attempt.member, telling)}: ${told.join(', ')}${tail}`
}

const quoted = (words: readonly Words[]) =>
  words.map(({ language, text }) => `[${language}] "${text}"`).join(' ')

const wordLines = (task: TaskExplanation, telling: Telling): readonly string[] => {
  const { said, wanted } = task.words
  if (said.length > 0) return [`${either(telling, 'Words said or shown', '实际播报或显示')}: ${quoted(said)}`]
  if (wanted.length === 0) return []
  const label = either(telling, 'Words wanted (none were reported)', '拟用话术（设备未上报实际内容）')
  return [`${label}: ${quoted(wanted)}`]
}

const noteLine = (note: Note, telling: Telling): string => {
  const params = Object.entries(note.params)
    .map(([name, value]) => `${name}=${name === 'reason' ? sayReason(String(value), telling.tongue) : value}`)
    .join(', ')
  const flow = note.flow === null ? '' : `${note.flow}: `
  const tail = params === '' ? '' : ` (${params})`
  return `  ${clock(note.at, telling)} ${flow}${note.kind} ${sayReason(note.code, telling.tongue, note.params)}${tail}`
}

const section = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : [title, ...lines])

const taskLines = (task: TaskExplanation, telling: Telling): readonly string[] => {
  const { flow, outcome, because } = task
  const about = Object.entries(task.subject)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ')
  const reason = outcome.reason === null ? '' : ` (${sayReason(outcome.reason, telling.tongue)})`
  const policy = either(
    telling,
    `policy revision ${flow.policyRevision}, set by ${flow.policySetBy}`,
    `策略第 ${flow.policyRevision} 版，由 ${flow.policySetBy} 设定`,
  )
  return [
    `${either(telling, 'Task', '任务')} ${task.id}: ${task.capability}${about === '' ? '' : ` (${about})`}`,
    `${either(telling, 'Outcome', '结果')}: ${phases[outcome.phase][telling.tongue]}${reason}`,
    causeLine(task.cause, telling),
    `${either(telling, 'Flow', '流程')}: ${flow.id} v${flow.version}, ${policy}`,
    `${either(telling, 'Because', '理由')}: ${noteReason(because.code, because.params, telling)}`,
    ...section(
      either(telling, 'Who was considered:', '候选者：'),
      task.looks.flatMap((look) => lookLines(look, telling)),
    ),
    ...section(
      either(telling, 'Who was asked:', '派发经过：'),
      task.attempts.map((attempt) => attemptLine(attempt, telling)),
    ),
    ...wordLines(task, telling),
    ...section(
      either(telling, 'Also recorded:', '其他记录：'),
      task.notes.map((note) => noteLine(note, telling)),
    ),
  ]
}

/** In words, with the code and its values behind them for whoever looks further. */
const noteReason = (code: string, params: Reason['params'] = {}, { tongue }: Telling): string => {
  const values = Object.entries(params).map(([name, value]) => `${name}=${String(value)}`)
  const words = sayReason(code, tongue, params)
  const exact = [...(words === code ? [] : [code]), ...values].join(', ')
  return exact === '' ? words : `${words} (${exact})`
}

const nobodyLine = (explanation: Explanation, telling: Telling): readonly string[] => {
  if (explanation.nobody === null) return []
  const reasons = Object.entries(explanation.nobody).map(
    ([code, count]) => `${sayReason(code, telling.tongue)}${count > 1 ? ` ×${count}` : ''}`,
  )
  const none = either(
    telling,
    'Nobody was sent, and nothing was recorded about it.',
    '未派出任何执行者，也没有相关记录。',
  )
  return reasons.length === 0
    ? [none]
    : [`${either(telling, 'Nobody was sent, because', '未派出任何执行者，原因')}: ${reasons.join('; ')}`]
}

/** @returns the explanation, line by line. */
export const tellExplanation = (explanation: Explanation, telling: Telling): readonly string[] => [
  ...nobodyLine(explanation, telling),
  ...explanation.tasks.flatMap((task, index) => [...(index > 0 ? [''] : []), ...taskLines(task, telling)]),
  ...section(
    either(telling, 'Decided without a task:', '未产生任务的决定：'),
    explanation.notes.map((note) => noteLine(note, telling)),
  ),
]
