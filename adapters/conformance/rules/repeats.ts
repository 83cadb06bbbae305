/** The hub sends again what was not answered: nothing may be done twice, and the same answer comes back. */
import type { Exam } from '../exam.ts'
import { broken, doesNotApply, type Rule } from '../rule.ts'
import { acceptedTrial, contentOf, doneTrial, runningTrial } from '../steps.ts'
import { begun, finals, type Told, type Trial } from '../trial.ts'
import { say } from '../words.ts'

const clause = 'contract 5: the same task, attempt and epoch are the same'

/** Tasks that end before their start comes again: so many are tried for one that still runs. */
const startTriesMax = 5

const mustDeduplicate = (exam: Exam) => {
  if (exam.manifest?.guarantees?.deduplicates === false)
    doesNotApply('the manifest does not promise to deduplicate', '设备清单没有承诺去重')
}

/** It ended once: no further end than the answers to what came after it, and no begin after the end. */
const mustHaveRunOnce = async (
  trial: Trial,
  { exam, since, ends, laterMs = 0 }: { exam: Exam; since: number; ends: number; laterMs?: number },
) => {
  await trial.final()
  await exam.quiet(laterMs)
  await exam.caughtUp()
  const reports = trial.reports(since)
  const end = reports.findIndex(({ status }) => finals.has(status))
  const after = end === -1 ? [] : reports.slice(end + 1)
  const twice = after.find(({ status }) => begun.has(status) && !finals.has(status))
  if (twice !== undefined)
    broken(`it was begun again: “${twice.status}” after its end`, `再次执行：结束之后又报告“${twice.status}”`)
  const ended = reports.filter(({ status }) => finals.has(status)).length
  if (ended > ends) broken(`it ended ${ended} times`, `它结束了 ${ended} 次`)
}

/** @returns what came of the same message once more. */
const again = async (
  exam: Exam,
  { trial, kind }: { trial: Trial; kind: 'offer' | 'start' | 'cancel' },
): Promise<{ since: number; answer: Told | undefined }> => {
  const since = exam.transcript.mark()
  await trial.again(kind)
  const answer = await trial.report(({ status }) => status !== 'progress', { since })
  return { since, answer }
}

const offers: Rule = {
  id: 'repeat.offer',
  level: 'silver',
  title: say('The same offer again: the same answer again, done once', '重复的任务：同样的应答，只执行一次'),
  clause,
  needs: ['task.done', 'task.ends-once', 'task.waits-for-start'],
  async prove(exam) {
    mustDeduplicate(exam)
    const trial = await acceptedTrial(exam)
    const { since, answer } = await again(exam, { trial, kind: 'offer' })
    if (answer === undefined) return broken('the repeated offer was not answered', '重复的任务没有应答')
    if (answer.status !== 'accepted')
      broken(`it was accepted and is now ${answer.status}`, `原来已接受，现在是 ${answer.status}`)
    await trial.again('offer')
    await trial.report(({ message }) => message.index > answer.message.index, { since })
    const started = exam.transcript.mark()
    await trial.start()
    await mustHaveRunOnce(trial, { exam, since: started, ends: 1 })
  },
}

const starts: Rule = {
  id: 'repeat.start',
  level: 'silver',
  title: say('The same start again: not begun twice', '重复的“开始”：不会执行两次'),
  clause,
  needs: ['task.done', 'task.ends-once', 'task.waits-for-start'],
  async prove(exam) {
    mustDeduplicate(exam)
    for (let tries = 0; tries < startTriesMax; tries += 1) {
      const before = exam.transcript.mark()
      const trial = await runningTrial(exam)
      const { since, answer } = await again(exam, { trial, kind: 'start' })
      if (answer === undefined) return broken('the repeated start was not answered', '重复的“开始”没有应答')
      // Where the task had ended already, the repeated start is answered by that end, and shows little.
      const ended = finals.has(answer.status)
      // A second run ends as much later as it began.
      const laterMs = answer.message.atMs - (exam.transcript.entries[before]?.atMs ?? answer.message.atMs)
      await mustHaveRunOnce(trial, { exam, since, ends: ended ? 2 : 1, laterMs })
      if (!ended) return
    }
  },
}

const cancels: Rule = {
  id: 'repeat.cancel',
  level: 'silver',
  title: say('The same cancel again: the same answer again', '重复的取消：同样的应答'),
  clause,
  needs: ['task.done', 'cancel.accepted'],
  async prove(exam) {
    mustDeduplicate(exam)
    const trial = await acceptedTrial(exam)
    await trial.cancel()
    const first = await trial.final(undefined, exam.pace.patienceMs)
    if (first === undefined) return broken('the cancel was not answered', '取消没有得到应答')
    same((await again(exam, { trial, kind: 'cancel' })).answer, first)
  },
}

const afterTheEnd: Rule = {
  id: 'repeat.ended',
  level: 'silver',
  title: say(
    'Offer and start again after the end: the same result again, not done again',
    '结束后重复任务和“开始”：同样的结果，不再执行',
  ),
  clause: `${clause}, and the last report again`,
  needs: ['task.done'],
  async prove(exam) {
    mustDeduplicate(exam)
    const { trial, final } = await doneTrial(exam)
    for (const kind of ['offer', 'start'] as const) {
      const { since, answer } = await again(exam, { trial, kind })
      same(answer, final)
      await exam.caughtUp()
      const twice = trial
        .reports(since)
        .find((told) => begun.has(told.status) && contentOf(told) !== contentOf(final))
      if (twice !== undefined) broken(`it was done again: ${twice.status}`, `再次执行了：${twice.status}`)
    }
  },
}

const same = (answer: Told | undefined, first: Told) => {
  if (answer === undefined) return broken('the repeated message was not answered', '重复的消息没有应答')
  if (contentOf(answer) !== contentOf(first))
    broken(
      `the answer changed from ${first.status} to ${answer.status}, or in its content`,
      `应答从 ${first.status} 变成 ${answer.status}，或内容不同`,
    )
}

export const repeatRules: readonly Rule[] = [offers, starts, cancels, afterTheEnd]
