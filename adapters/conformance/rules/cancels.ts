/** Cancel always succeeds: whenever it comes, the attempt ends, and is not taken up again. */
import type { Exam } from '../exam.ts'
import { broken, doesNotApply, type Rule } from '../rule.ts'
import { acceptedTrial, contentOf, doneTrial, stopped, workingTrial } from '../steps.ts'
import { type Told, type Trial } from '../trial.ts'
import { say } from '../words.ts'

const clause = 'contract 6: cancel always succeeds'

const mayCancel = (exam: Exam) => {
  if (exam.manifest?.guarantees?.cancels === false)
    doesNotApply('the manifest does not promise to cancel', '设备清单没有承诺可取消')
}

const stays = async (exam: Exam, trial: Trial, end: Told | undefined) => {
  if (end === undefined) return broken('the cancel was not answered', '取消没有得到应答')
  if (end.status === 'done' || end.status === 'failed')
    return broken(`it ended as ${end.status}`, `结果是 ${end.status}`)
  const since = exam.transcript.mark()
  await trial.start()
  await trial.begins(since)
  await exam.mustNotBegin(trial, since)
}

const offered: Rule = {
  id: 'cancel.offered',
  level: 'silver',
  title: say(
    'Cancelled right behind the offer: ends, and is never begun',
    '任务刚发出就取消：任务结束且不会执行',
  ),
  clause,
  needs: ['task.done', 'task.waits-for-start'],
  async prove(exam) {
    mayCancel(exam)
    const trial = await workingTrial(exam)
    await Promise.all([trial.offer(), trial.cancel()])
    await stays(exam, trial, await trial.final(undefined, exam.pace.patienceMs))
  },
}

const accepted: Rule = {
  id: 'cancel.accepted',
  level: 'silver',
  title: say('Cancelled after it accepted: ends, and is never begun', '接受后取消：任务结束且不会执行'),
  clause,
  needs: ['task.done', 'task.waits-for-start'],
  async prove(exam) {
    mayCancel(exam)
    const trial = await acceptedTrial(exam)
    await trial.cancel()
    await stays(exam, trial, await trial.final(undefined, exam.pace.patienceMs))
  },
}

const running: Rule = {
  id: 'cancel.running',
  level: 'silver',
  title: say('Cancelled while it acts: stops, and says “cancelled”', '执行中取消：停止并报告“cancelled”'),
  clause,
  needs: ['task.done'],
  async prove(exam) {
    mayCancel(exam)
    const end = await stopped(exam, {
      stop: (trial) => trial.cancel(),
      endedByItself: ({ status }) => status !== 'cancelled',
    })
    if (end === undefined) return broken('the cancel was not answered by an end', '取消之后没有报告结束')
    if (end.status !== 'cancelled')
      broken(
        `it went on and ended as ${end.status}, again and again`,
        `它继续执行，多次都以 ${end.status} 结束`,
      )
  },
}

const ended: Rule = {
  id: 'cancel.ended',
  level: 'silver',
  title: say('Cancelled after its end: says again how it ended', '结束后取消：重复原来的结果'),
  clause: `${clause}; the last report again`,
  needs: ['task.done'],
  async prove(exam) {
    const { trial, final } = await doneTrial(exam)
    const since = exam.transcript.mark()
    await trial.cancel()
    const answer = await trial.answer(since)
    if (answer === undefined) return broken('the cancel was not answered', '取消没有得到应答')
    if (contentOf(answer) !== contentOf(final))
      broken(
        `it was ${final.status} and now says ${answer.status}, or another result`,
        `原来是 ${final.status}，现在报告 ${answer.status} 或不同的结果`,
      )
  },
}

export const cancelRules: readonly Rule[] = [offered, accepted, running, ended]
