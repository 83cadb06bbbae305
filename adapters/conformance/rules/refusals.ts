/** What a device must say no to. */
import type { Exam } from '../exam.ts'
import { unknownCapability } from '../exam.ts'
import { broken, doesNotApply, notProved, type Rule } from '../rule.ts'
import { spoiledCommands } from '../samples.ts'
import { acceptedTrial, contractCapabilities, undeclared } from '../steps.ts'
import { finals, type Trial } from '../trial.ts'
import { say } from '../words.ts'

const refusedWith = async (exam: Exam, trial: Trial, code: string) => {
  await trial.offer()
  const answer = await trial.answer()
  const about = trial.capability
  if (answer === undefined) return broken(`no answer to ${about}`, `对 ${about} 没有应答`)
  if (answer.status !== 'refused')
    return broken(
      `${about} was not refused but ${answer.status}`,
      `${about} 没有被拒绝，而是 ${answer.status}`,
    )
  if (answer.code !== code)
    broken(
      `${about} was refused as “${answer.code ?? ''}”, not as “${code}”`,
      `${about} 的拒绝原因是“${answer.code ?? ''}”，应为“${code}”`,
    )
  await trial.start()
}

const unsupported: Rule = {
  id: 'refuse.unsupported',
  level: 'bronze',
  title: say('Refuses what it cannot do: “unsupported”', '拒绝不会做的任务：“unsupported”'),
  clause: 'contract 4: refused, unsupported',
  needs: ['birth.presence', 'birth.manifest'],
  async prove(exam) {
    if (!exam.isListening())
      doesNotApply('it declares no capability and takes no tasks', '它没有声明能力，也不接任务')
    const trials = [unknownCapability, undeclared(exam)[0] ?? 'x-usher-nobody'].map((name) =>
      exam.trial(name),
    )
    for (const trial of trials) await refusedWith(exam, trial, 'unsupported')
    await exam.caughtUp()
    for (const trial of trials)
      if (trial.hasBegun()) broken(`${trial.capability} was begun`, `${trial.capability} 被执行了`)
  },
}

/** Enough to meet each kind of mistake, few enough for a slow device. */
const spoiledMax = 6

const badCommand: Rule = {
  id: 'refuse.bad-command',
  level: 'silver',
  title: say(
    'Refuses a command that does not fit its schema: “bad-command”, and does not begin it',
    '拒绝不符合格式的指令：“bad-command”，且不执行',
  ),
  clause: 'contract 4: refused, bad-command',
  needs: ['task.answers'],
  async prove(exam) {
    const known = contractCapabilities(exam)
    if (known.length === 0) doesNotApply('no capability of the contract is declared', '没有声明标准能力')
    const trials: Trial[] = []
    for (const capability of known)
      for (const { command } of spoiledCommands(capability, exam.command(capability)).slice(0, spoiledMax)) {
        const trial = exam.trial(capability, { command })
        await refusedWith(exam, trial, 'bad-command')
        trials.push(trial)
      }
    await exam.caughtUp()
    for (const trial of trials)
      if (trial.hasBegun())
        broken(`a bad ${trial.capability} was begun`, `无效的 ${trial.capability} 被执行了`)
  },
}

const oneAtATime: Rule = {
  id: 'refuse.second',
  level: 'silver',
  title: say(
    'Answers a second offer while it holds one: it accepts and does both, or refuses with a reason',
    '手上有任务时对第二个任务也有应答：接受并完成，或说明原因拒绝',
  ),
  clause: 'contract 4: refused, busy',
  needs: ['task.done'],
  async prove(exam) {
    const first = await acceptedTrial(exam, { long: true })
    await first.start()
    const second = exam.trial(first.capability, { command: first.command })
    await second.offer()
    const answer = await second.answer()
    if (answer === undefined) return broken('the second offer was not answered', '第二个任务没有应答')
    if (answer.status === 'refused' && answer.code === undefined)
      broken('the second offer was refused without a reason', '第二个任务被拒绝但没有原因')
    if (answer.status === 'accepted') await second.start()
    const end = await first.final()
    if (end === undefined) broken('the first task never ended', '第一个任务没有结束')
    if (answer.status === 'accepted' && (await second.final()) === undefined)
      broken('the second task never ended', '第二个任务没有结束')
    if (!finals.has(answer.status) && answer.status !== 'accepted')
      notProved(`the answer was ${answer.status}`, `应答是 ${answer.status}`)
  },
}

export const refusalRules: readonly Rule[] = [unsupported, badCommand, oneAtATime]
