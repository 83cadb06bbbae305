/** Whose word counts: the newest epoch's, and a person's who stops all movement or switches a habit off. */
import type { Exam } from '../exam.ts'
import { broken, doesNotApply, notProved, type Rule } from '../rule.ts'
import { acceptedTrial, moves, offered, stopped, workingTrial } from '../steps.ts'
import { finals } from '../trial.ts'
import { say } from '../words.ts'

const olderEpoch: Rule = {
  id: 'epoch.older',
  level: 'silver',
  title: say('Does not obey an older epoch than it has heard of', '不服从比已知更旧的纪元'),
  clause: 'contract 9: an older epoch is not obeyed',
  needs: ['task.done'],
  async prove(exam) {
    const first = await acceptedTrial(exam)
    await first.cancel()
    await first.final(undefined, exam.pace.patienceMs)
    if (exam.parts.subject === undefined)
      return notProved(
        'a newer epoch would make the device refuse its own hub afterwards',
        '更新的纪元会使设备之后拒绝自己的中枢',
      )
    exam.epoch += 1
    await exam.greet()
    const { trial: newer, answer } = await offered(exam, () =>
      exam.trial(first.capability, { command: first.command }),
    )
    if (answer?.status !== 'accepted')
      return notProved('an offer of a newer epoch was not accepted', '新纪元的任务没有被接受')
    await newer.cancel()
    await newer.final(undefined, exam.pace.patienceMs)
    const older = exam.trial(first.capability, { command: first.command, epoch: exam.epoch - 1 })
    await older.offer()
    await older.start()
    await older.answer()
    await exam.mustNotBegin(older)
    if (older.statuses().includes('accepted'))
      broken('it accepted an offer of an older epoch', '它接受了旧纪元的任务')
  },
}

const stopsRunning = (exam: Exam) =>
  stopped(exam, {
    wish: { only: moves },
    stop: () => exam.configure({ movement: 'stopped' }),
    goOn: () => exam.configure(),
    endedByItself: ({ status }) => status === 'done',
  })

const movement: Rule = {
  id: 'config.movement',
  level: 'silver',
  title: say(
    '“Stop all movement” ends what moves, and nothing that moves is accepted until it is lifted',
    '“全部停止”：终止移动中的任务，解除前不接受移动任务',
  ),
  clause: 'contract 6: config movement',
  needs: ['task.done'],
  async prove(exam) {
    if (exam.manifest?.kind !== 'robot' || !exam.capabilities.some(moves))
      doesNotApply('it is not a robot with a capability that moves', '它不是带移动能力的机器人')
    try {
      const end = await stopsRunning(exam)
      if (end === undefined) broken('the moving task did not end', '移动任务没有结束')
      if (end?.status === 'done') broken('it went on moving until it was done', '它一直移动到任务完成')
      const next = await workingTrial(exam, { only: moves })
      await next.offer()
      const answer = await next.answer()
      if (answer === undefined || !finals.has(answer.status))
        broken(
          `while movement was stopped an offer was ${answer?.status ?? 'not answered'}`,
          `停止移动期间，任务的应答是 ${answer?.status ?? '无'}`,
        )
    } finally {
      await exam.configure()
    }
    const after = await acceptedTrial(exam, { only: moves })
    await after.cancel()
  },
}

/** A habit shows itself every few seconds. */
const builtInQuiets = 10

const builtIn: Rule = {
  id: 'config.built-in',
  level: 'silver',
  title: say('A built-in behaviour that can be switched off stays off', '可关闭的自带行为在关闭后不再出现'),
  clause: 'contract 6: config builtIn',
  needs: ['birth.manifest'],
  async prove(exam) {
    const declared = exam.manifest?.builtIn?.filter(({ switchable }) => switchable) ?? []
    if (declared.length === 0)
      doesNotApply('no behaviour of its own is declared as switchable', '没有声明可关闭的自带行为')
    await exam.configure({ builtIn: Object.fromEntries(declared.map(({ behaviour }) => [behaviour, 'off'])) })
    try {
      // What was under way when the word came may still be reported.
      await exam.caughtUp()
      const since = exam.transcript.mark()
      await exam.quiet(builtInQuiets * exam.pace.quietMs)
      const performed = exam.transcript
        .messages(since)
        .find(
          ({ parts, from }) =>
            from === 'device' && parts?.channel === 'event' && parts.name === 'behaviour.performed',
        )
      if (performed !== undefined) broken('it went on although it was switched off', '关闭后仍在继续')
    } finally {
      await exam.configure()
    }
  },
}

export const orderRules: readonly Rule[] = [movement, builtIn, olderEpoch]
