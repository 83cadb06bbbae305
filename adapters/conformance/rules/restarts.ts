/** A device remembers across its own restarts, orderly or not: what it did is done, what it began is not begun again. */
import type { Exam } from '../exam.ts'
import { leftOver } from '../left-over.ts'
import { broken, doesNotApply, type Rule } from '../rule.ts'
import { acceptedTrial, contentOf, doneTrial, runningTrial } from '../steps.ts'
import { begun, finals, type Trial } from '../trial.ts'
import { say } from '../words.ts'

const clause = 'contract 8: nothing is forgotten across a restart'

const needsMemory = (exam: Exam) => {
  if (exam.manifest?.guarantees?.deduplicates === false)
    doesNotApply('the manifest does not promise to deduplicate', '设备清单没有承诺去重')
}

const restart = async (exam: Exam, how: 'stop' | 'kill') => {
  if (how === 'stop') await exam.subject.stop(exam.pace.patienceMs)
  else await exam.subject.kill()
  await exam.startProgram()
}

/** Of what is heard since it was killed: the killed one's last words, and what the new one says, also for that one. */
const sinceTheKill = (exam: Exam, { trial, since }: { trial: Trial; since: number }) => {
  const heard = exam.transcript.messages(since)
  const life = Math.max(...heard.map((message) => message.life))
  const reports = trial.reports(since)
  const early = leftOver(heard)
  const fromNew = reports.filter(({ message }) => message.life === life)
  return {
    ended: reports.find(({ status }) => finals.has(status)),
    /** Of the new one itself. */
    own: fromNew.filter(({ message }) => !early.has(message)),
  }
}

const remembersTheEnd: Rule = {
  id: 'restart.done',
  level: 'gold',
  title: say(
    'After a restart, what was done before is answered as done and not done again',
    '重启之后，之前完成的任务仍报告完成，不再执行',
  ),
  clause,
  needs: ['repeat.ended', 'presence.offline'],
  wants: 'program',
  async prove(exam) {
    needsMemory(exam)
    const { trial, final } = await doneTrial(exam)
    await restart(exam, 'stop')
    for (const kind of ['offer', 'start'] as const) {
      const since = exam.transcript.mark()
      await trial.again(kind)
      const answer = await trial.answer(since)
      if (answer === undefined) return broken('the repeated message was not answered', '重复的消息没有应答')
      if (contentOf(answer) !== contentOf(final))
        broken(`it was done and is now ${answer.status}`, `原来已完成，现在是 ${answer.status}`)
    }
  },
}

const killed: Rule = {
  id: 'restart.killed',
  level: 'gold',
  title: say(
    'Killed while it acts, it comes back, says that it was interrupted, and never begins that attempt again',
    '执行中被强行结束：恢复后报告中断，绝不再次执行',
  ),
  clause: `${clause}: at most once`,
  needs: ['repeat.start'],
  wants: 'program',
  async prove(exam) {
    needsMemory(exam)
    const trial = await runningTrial(exam)
    const endedBefore = trial.reports().find(({ status }) => finals.has(status))
    const since = exam.transcript.mark()
    await restart(exam, 'kill')
    if (endedBefore === undefined) {
      const { transcript, pace } = exam
      const look = () => sinceTheKill(exam, { trial, since }).ended
      if ((await transcript.until(look, pace.patienceMs)) === undefined)
        return broken('it did not report by itself how the task ended', '它没有主动报告任务如何结束')
    }
    await trial.again('offer')
    await trial.again('start')
    await exam.caughtUp()
    await exam.quiet()
    const after = sinceTheKill(exam, { trial, since }).own
    const again = after.find(({ status }) => begun.has(status) && status !== 'done')
    if (again !== undefined)
      broken(`it began again: “${again.status}” after the restart`, `重启后再次执行：“${again.status}”`)
    if (after.length === 0) broken('the repeated messages were not answered', '重复的消息没有应答')
    if (after.some(({ status }) => status === 'not-started' || status === 'refused'))
      broken(
        'it had begun and now says that it had not: the task would be given to another',
        '它已开始过却报告没有开始：任务会被再派给别的设备',
      )
    if (new Set(after.map(contentOf)).size > 1)
      broken('its answers after the restart differ', '重启之后的应答前后不一致')
  },
}

const killedBefore: Rule = {
  id: 'restart.accepted',
  level: 'gold',
  title: say(
    'Killed between accepting and beginning, it still gives an account of the task',
    '接受后、开始前被强行结束：恢复后仍对任务有交代',
  ),
  clause,
  needs: ['task.done', 'task.waits-for-start'],
  wants: 'program',
  async prove(exam) {
    needsMemory(exam)
    const trial = await acceptedTrial(exam)
    const since = exam.transcript.mark()
    await restart(exam, 'kill')
    await trial.start()
    const look = () => sinceTheKill(exam, { trial, since }).own[0]
    const answer = await exam.transcript.until(look, exam.pace.patienceMs)
    if (answer === undefined)
      return broken('neither the restart nor the start brought an answer', '重启和“开始”都没有得到应答')
    if (begun.has(answer.status) && (await trial.final(since)) === undefined)
      broken('it began and never ended', '它开始了但没有结束')
  },
}

const remembersEpoch: Rule = {
  id: 'restart.epoch',
  level: 'gold',
  title: say('After a restart it still does not obey an older epoch', '重启之后仍不服从旧纪元'),
  clause: 'contract 8, 9: an older epoch is not obeyed',
  needs: ['epoch.older'],
  wants: 'program',
  async prove(exam) {
    if (exam.capabilities.length === 0)
      doesNotApply('the manifest declares no capability', '设备清单没有声明任何能力')
    await exam.settle()
    await exam.subject.kill()
    await exam.startProgram()
    const [capability = ''] = exam.capabilities
    const trial = exam.trial(capability, { epoch: exam.epoch - 1 })
    await trial.offer()
    await trial.start()
    await exam.mustNotBegin(trial)
    if (trial.statuses().includes('accepted')) broken('it accepted the offer', '它接受了该任务')
  },
}

export const restartRules: readonly Rule[] = [remembersTheEnd, killed, killedBefore, remembersEpoch]
