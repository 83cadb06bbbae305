/** What a task well done looks like: answered, begun when told to, reported in the words of its capability. */
import { capabilities, isCapability, vendorCapability } from '#protocol/capabilities.ts'
import type { Exam } from '../exam.ts'
import { broken, doesNotApply, notProved, type Rule } from '../rule.ts'
import { acceptedTrial, inTime, offered, workingTrial } from '../steps.ts'
import { begun, finals } from '../trial.ts'
import { type Tried, tryEverything } from '../tried.ts'
import { say } from '../words.ts'

const triedOf = async (exam: Exam): Promise<readonly Tried[]> => {
  if (exam.capabilities.length === 0)
    doesNotApply('the manifest declares no capability', '设备清单没有声明任何能力')
  return tryEverything(exam)
}

/** One after the other, each shown as the evidence while it is judged; the first one when all are good. */
const each = async (exam: Exam, judge: (tried: Tried) => void): Promise<void> => {
  const all = await triedOf(exam)
  for (const tried of all) {
    exam.show(tried.from, tried.to)
    judge(tried)
  }
  const [first] = all
  if (first !== undefined) exam.show(first.from, first.to)
}

const schemasOf = (capability: string) =>
  isCapability(capability) ? capabilities[capability] : vendorCapability

const answers: Rule = {
  id: 'task.answers',
  level: 'bronze',
  title: say('Answers an offer of each capability it declares', '对清单中每项能力的任务都有应答'),
  clause: 'contract 4: every offer is answered',
  needs: ['birth.manifest', 'birth.presence'],
  async prove(exam) {
    await each(exam, ({ capability, answer }) => {
      if (answer === undefined)
        broken(`no answer to an offer of ${capability}`, `对 ${capability} 任务没有应答`)
      else if (answer.status !== 'accepted' && !finals.has(answer.status) && !begun.has(answer.status))
        broken(
          `the answer to ${capability} was ${answer.status}`,
          `对 ${capability} 的应答是 ${answer.status}`,
        )
    })
  },
}

const answersInTime: Rule = {
  id: 'task.in-time',
  level: 'bronze',
  title: say('Answers within the time the offer names', '在任务规定的时间内应答'),
  clause: 'contract 4, 7: ackWithinMs',
  needs: ['task.answers'],
  async prove(exam) {
    await each(exam, ({ capability, answeredAfterMs = 0 }) => {
      if (answeredAfterMs <= exam.pace.answerMs) return
      const took = inTime(answeredAfterMs, exam.pace.answerMs)
      broken(`the answer to ${capability} came late: ${took}`, `对 ${capability} 的应答迟到：${took}`)
    })
  },
}

const waitsForStart: Rule = {
  id: 'task.waits-for-start',
  level: 'bronze',
  title: say('Does not begin before the hub says “start”', '在中枢发出“开始”之前不执行'),
  clause: 'contract 4: begins only on the start',
  needs: ['task.answers'],
  async prove(exam) {
    await each(exam, ({ capability, early }) => {
      if (early !== undefined)
        broken(`${capability} was begun without a start`, `${capability} 未收到“开始”就执行了`)
    })
  },
}

const ends: Rule = {
  id: 'task.done',
  level: 'bronze',
  title: say(
    'Accepts valid commands, begins on the start, and carries each capability out',
    '接受有效指令，收到“开始”后执行，每项能力都能完成',
  ),
  clause: 'contract 4: accepted, started, done',
  needs: ['task.answers'],
  async prove(exam) {
    const tried = await triedOf(exam)
    await each(exam, ({ capability, answer, begin, final }) => {
      if (answer?.status === 'refused' && ['unsupported', 'bad-command'].includes(answer.code ?? ''))
        broken(
          `a valid command of ${capability} was refused: ${answer.code}`,
          `${capability} 的有效指令被拒绝：${answer.code}`,
        )
      if (answer?.status === 'accepted' && begin === undefined)
        broken(`${capability} was accepted and not begun`, `${capability} 被接受但没有开始`)
      if (begin !== undefined && final === undefined)
        broken(`${capability} was begun and its end never reported`, `${capability} 已开始但没有报告结束`)
    })
    for (const capability of exam.capabilities) {
      const of = tried.filter((one) => one.capability === capability)
      if (of.some(({ final }) => final?.status === 'done')) continue
      const lastTried = of.at(-1)
      if (lastTried !== undefined) exam.show(lastTried.from, lastTried.to)
      const last = lastTried?.final
      const how = last?.code ?? last?.status ?? 'nothing'
      broken(`${capability} was never done (${how})`, `${capability} 从未完成（${how}）`)
    }
  },
}

const endsOnce: Rule = {
  id: 'task.ends-once',
  level: 'bronze',
  title: say('Reports one end, and nothing after it unasked', '只报告一次结束，之后不再主动报告'),
  clause: 'contract 4: life of a task',
  needs: ['task.done', 'task.waits-for-start'],
  async prove(exam) {
    await each(exam, ({ capability, trial, to }) => {
      const within = trial.reports().filter(({ message }) => message.index < to)
      const end = within.findIndex(({ status }) => finals.has(status))
      const after = end === -1 ? undefined : within[end + 1]
      if (after !== undefined)
        broken(
          `${capability}: “${after.status}” was reported after the end`,
          `${capability}：结束之后又报告了“${after.status}”`,
        )
    })
  },
}

const result: Rule = {
  id: 'task.result',
  level: 'bronze',
  title: say('The result of a task done fits the schema of its capability', '任务结果符合该能力的格式'),
  clause: 'contract 4; capability reference',
  needs: ['task.answers'],
  async prove(exam) {
    await each(exam, ({ capability, final }) => {
      if (final?.status !== 'done') return
      const parsed = schemasOf(capability).result.safeParse(final.result ?? {})
      if (parsed.success) return
      const issue = parsed.error.issues[0]
      const where = issue?.path.join('.') ?? ''
      broken(
        `the result of ${capability} does not fit: ${where} ${issue?.message ?? ''}`,
        `${capability} 的结果不符合格式：${where} ${issue?.message ?? ''}`,
      )
    })
  },
}

const progress: Rule = {
  id: 'task.progress',
  level: 'silver',
  title: say(
    'Progress, where it is reported, fits the schema of its capability',
    '执行进度（如有上报）符合该能力的格式',
  ),
  clause: 'contract 4; capability reference',
  needs: ['task.answers'],
  async prove(exam) {
    let seen = 0
    await each(exam, ({ capability, trial, to }) => {
      for (const told of trial.reports()) {
        if (told.status !== 'progress' || told.message.index >= to) continue
        seen += 1
        if (!schemasOf(capability).progress.safeParse(told.progress ?? {}).success)
          broken(`the progress of ${capability} does not fit`, `${capability} 的进度不符合格式`)
      }
    })
    if (seen === 0) doesNotApply('no progress was reported', '没有上报进度')
  },
}

const immediate: Rule = {
  id: 'task.immediate',
  level: 'silver',
  title: say('Begins at once when the offer carries the start', '任务自带“开始”时立即执行'),
  clause: 'contract 4: start in the offer; manifest immediate',
  needs: ['task.done'],
  async prove(exam) {
    const atOnce = (capability: string) => exam.manifest?.capabilities[capability]?.immediate === true
    if (!exam.capabilities.some(atOnce))
      doesNotApply('no capability is declared as immediate', '没有声明可立即执行的能力')
    const { trial } = await offered(exam, () => workingTrial(exam, { only: atOnce }), { start: true })
    if ((await trial.begins())?.status === undefined)
      broken(`${trial.capability} was not begun`, `${trial.capability} 没有开始`)
    const final = await trial.final()
    if (final?.status !== 'done')
      broken(
        `${trial.capability} ended as ${final?.status ?? 'nothing'}`,
        `${trial.capability} 的结果是 ${final?.status ?? '无'}`,
      )
  },
}

const lapses: Rule = {
  id: 'time.not-started',
  level: 'silver',
  title: say('Says “not-started” when no start comes in time', '到时未收到“开始”，报告“not-started”'),
  clause: 'contract 7: startWithinMs',
  needs: ['task.done', 'task.waits-for-start'],
  async prove(exam) {
    const trial = await acceptedTrial(exam, { offer: { startWithinMs: exam.pace.startMs } })
    const withinMs = exam.pace.startMs + exam.pace.patienceMs
    const end = await trial.report(({ status }) => status !== 'accepted', { withinMs })
    if (end === undefined) broken('it never said that the task was not started', '它从未报告任务没有开始')
    else if (end.status !== 'not-started')
      broken(`it reported ${end.status} instead`, `它报告的是 ${end.status}`)
  },
}

const tooLate: Rule = {
  id: 'time.late-start',
  level: 'silver',
  title: say('Does not begin on a start that comes too late', '过时的“开始”不再执行'),
  clause: 'contract 7: not after the start-by time',
  needs: ['task.done', 'task.waits-for-start'],
  async prove(exam) {
    const { startMs, quietMs } = exam.pace
    const trial = await acceptedTrial(exam, { offer: { startWithinMs: startMs } })
    await exam.quiet(startMs + quietMs)
    const since = exam.transcript.mark()
    await trial.start({ startWithinMs: startMs })
    await trial.begins(since)
    await exam.mustNotBegin(trial, since)
  },
}

const skewed: Rule = {
  id: 'time.clock-skew',
  level: 'gold',
  title: say(
    'Works by durations: a hub whose clock is hours off changes nothing',
    '按时长工作：中枢时钟相差数小时也不受影响',
  ),
  clause: 'contract 7: deadlines are durations; guarantee keepsTime',
  needs: ['task.done'],
  async prove(exam) {
    if (exam.manifest?.guarantees?.keepsTime === true)
      doesNotApply('the manifest says that it keeps time', '设备清单声明它自带可靠时钟')
    for (const hours of [-6, 6]) {
      const sentAt = exam.parts.nowMs() + hours * 3_600_000
      const { trial, answer } = await offered(exam, () => workingTrial(exam), { sentAt })
      if (answer?.status !== 'accepted')
        broken(
          `with a clock ${hours} h off the offer was not accepted`,
          `时钟相差 ${hours} 小时，任务未被接受`,
        )
      await trial.start({ sentAt })
      if ((await trial.final())?.status !== 'done')
        broken(`with a clock ${hours} h off the task was not done`, `时钟相差 ${hours} 小时，任务没有完成`)
    }
  },
}

const unasked: Rule = {
  id: 'task.unasked',
  level: 'bronze',
  title: say('Reports only tasks that were offered to it', '只报告交给它的任务'),
  clause: 'contract 4; error report.unknown-task',
  atTheEnd: true,
  prove(exam) {
    const known = new Set(
      exam.transcript
        .messages()
        .filter(({ from }) => from === 'examiner')
        .map(({ body }) => body?.['task']),
    )
    const reports = exam.transcript
      .messages()
      .flatMap(({ parts, from }) => (from === 'device' && parts?.channel === 'report' ? [parts] : []))
    const invented = reports.find(({ device, task }) => device === exam.member && !known.has(task))
    if (invented === undefined) return
    if (exam.parts.subject === undefined)
      notProved('it also reports tasks of somebody else', '它还在报告别处交给它的任务')
    broken(`it reported the task ${invented.task}`, `它报告了任务 ${invented.task}`)
  },
}

export const taskRules: readonly Rule[] = [
  answers,
  answersInTime,
  waitsForStart,
  ends,
  endsOnce,
  result,
  progress,
  immediate,
  lapses,
  tooLate,
  skewed,
]
export const reportRules: readonly Rule[] = [unasked]
