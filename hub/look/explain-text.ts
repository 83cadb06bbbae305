/** An explanation as lines of text, for who asks on the command line: the sentences that pages show, with the ids beside. */
import type {
  ExplainAnswer,
  ToldAttempt,
  ToldCandidate,
  ToldLook,
  ToldNote,
  ToldTask,
  ToldWeighed,
} from '#protocol/desk/look/explain.ts'
import type { Tongue } from './words/pair.ts'

interface Text {
  either(en: string, zh: string): string
  clock(at: number): string
}

const textFor = (tongue: Tongue, timeZone: string): Text => {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  return { either: (en, zh) => (tongue === 'zh' ? zh : en), clock: (at) => clock.format(at) }
}

const causeLine = ({ cause }: ToldTask, { either, clock }: Text): string => {
  if (cause === null) return either('Cause: no longer kept', '起因：记录已不再保留')
  const erased = cause.isErased ? either(' (content erased)', '（内容已清除）') : ''
  return `${either('Cause', '起因')}: ${clock(cause.at)} ${cause.sentence}${erased} (#${cause.seq})`
}

/** The name, and the id that other commands take. */
const named = ({ id, title }: Pick<ToldCandidate['member'], 'id' | 'title'>): string =>
  title === id ? id : `${title} (${id})`

const candidateLine = ({ member, score, parts, out }: ToldCandidate, { either }: Text): string => {
  if (out !== null) return `    - ${named(member)}: ${out.words}`
  const points = parts.map((part) => `${part.words} ${part.points}`).join(', ')
  return `    - ${named(member)}: ${either('score', '得分')} ${score} (${points})`
}

const lookLines = (look: ToldLook, text: Text): readonly string[] => {
  const { either, clock } = text
  const headline =
    look.chosen === null
      ? `${either('nobody yet', '暂无执行者')}: ${look.reason?.words ?? ''}`
      : `${either('chosen', '选中')}: ${named(look.chosen)}`
  return [
    `  ${clock(look.at)} ${headline}`,
    ...look.candidates.map((candidate) => candidateLine(candidate, text)),
  ]
}

const attemptLine = (attempt: ToldAttempt, { either, clock }: Text): string => {
  const steps: readonly (readonly [string, number | null])[] = [
    [either('offered', '派发'), attempt.offeredAt],
    [either('accepted', '接受'), attempt.acceptedAt],
    [either('start sent', '发出开始'), attempt.startSentAt],
    [either('began', '开始'), attempt.startedAt],
    [either('ended', '结束'), attempt.endedAt],
  ]
  const told = steps.flatMap(([step, at]) => (at === null ? [] : [`${step} ${clock(at)}`]))
  const end = [...new Set(attempt.end.map(({ words }) => words))].join(', ')
  return `  ${attempt.number}. ${named(attempt.member)}: ${told.join(', ')}${end === '' ? '' : ` (${end})`}`
}

const quoted = (words: ToldTask['said']) =>
  words.map(({ language, text }) => `[${language}] "${text}"`).join(' ')

const wordLines = ({ said, wanted }: ToldTask, { either }: Text): readonly string[] => {
  if (said.length > 0) return [`${either('Words said or shown', '实际播报或显示')}: ${quoted(said)}`]
  if (wanted.length === 0) return []
  const label = either('Words wanted (none were reported)', '拟用话术（设备未上报实际内容）')
  return [`${label}: ${quoted(wanted)}`]
}

type Option = ToldWeighed['options'][number]

const optionLine = ({ id, title, score, parts, out }: Option, { either }: Text): string => {
  const name = named({ id, title })
  if (out !== null) return `    - ${name}: ${out.words}`
  const points = parts.map((part) => `${part.words} ${part.points}`).join(', ')
  return `    - ${name}: ${either('score', '得分')} ${score} (${points})`
}

/** Beneath the sentence they belong to. */
const weighedLines = (weighed: ToldWeighed | undefined, text: Text): readonly string[] => {
  if (weighed === undefined) return []
  const rest = weighed.rest.map(({ words, count }) => `${words} ×${count}`)
  return [
    ...weighed.options.map((option) => optionLine(option, text)),
    ...(rest.length === 0 ? [] : [`    - ${text.either('and others', '其他')}: ${rest.join(', ')}`]),
  ]
}

const noteLines = (note: ToldNote, text: Text) => [noteLine(note, text), ...weighedLines(note.weighed, text)]

const noteLine = ({ at, flow, sentence }: ToldNote, { clock }: Text): string =>
  `  ${clock(at)} ${flow === null ? '' : `${flow.title}: `}${sentence}`

const section = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : [title, ...lines])

const headOf = ({ id, title, subject }: ToldTask, { either }: Text): string => {
  const about = [...new Set(subject.map((one) => one.title))].join(', ')
  return `${either('Task', '任务')} ${id}: ${title}${about === '' ? '' : ` (${about})`}`
}

const taskLines = (task: ToldTask, text: Text): readonly string[] => {
  const { either } = text
  const { flow, outcome, because } = task
  const { policyRevision: revision, policySetByTitle: who } = flow
  const policy = either(`policy revision ${revision} (${who})`, `策略第 ${revision} 版（${who}）`)
  const isSaid = outcome.reason === null || outcome.reason.words === outcome.words
  const why = isSaid ? '' : ` (${outcome.reason?.words})`
  return [
    headOf(task, text),
    `${either('Outcome', '结果')}: ${outcome.words}${why}`,
    causeLine(task, text),
    `${either('Flow', '流程')}: ${flow.title} v${flow.version}, ${policy}`,
    `${either('Because', '理由')}: ${because.words}`,
    ...section(either('What there was to choose from:', '有哪些选择：'), weighedLines(task.weighed, text)),
    ...section(
      either('Who was considered:', '候选者：'),
      task.looks.flatMap((look) => lookLines(look, text)),
    ),
    ...section(
      either('Who was asked:', '派发经过：'),
      task.attempts.map((attempt) => attemptLine(attempt, text)),
    ),
    ...wordLines(task, text),
    ...section(
      either('Also recorded:', '其他记录：'),
      task.notes.flatMap((note) => noteLines(note, text)),
    ),
  ]
}

const nobodyLine = ({ nobody }: ExplainAnswer, { either }: Text): readonly string[] => {
  if (nobody === null) return []
  if (nobody.length === 0)
    return [
      either('Nobody was sent, and nothing was recorded about it.', '未派出任何执行者，也没有相关记录。'),
    ]
  const why = nobody.map(({ words, count }) => (count === 1 ? words : `${words} ×${count}`))
  return [`${either('Nobody was sent, because', '未派出任何执行者，原因')}: ${why.join('; ')}`]
}

export const explainText = (answer: ExplainAnswer, tongue: Tongue): readonly string[] => {
  const text = textFor(tongue, answer.timeZone)
  return [
    ...nobodyLine(answer, text),
    ...answer.tasks.flatMap((task, index) => [...(index > 0 ? [''] : []), ...taskLines(task, text)]),
    ...section(
      text.either('Decided without a task:', '未产生任务的决定：'),
      answer.notes.flatMap((note) => noteLines(note, text)),
    ),
  ]
}
