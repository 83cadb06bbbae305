/** Every declared capability is tried once with valid commands; several rules then judge what was heard. */
import type { Exam } from './exam.ts'
import { begun, finals, type Told, type Trial } from './trial.ts'

export interface Tried {
  readonly capability: string
  readonly trial: Trial
  /** Where it begins and ends in the transcript. */
  readonly from: number
  readonly to: number
  readonly answer: Told | undefined
  readonly answeredAfterMs: number | undefined
  /** What it reported before it was told to start although it had only accepted. */
  readonly early: Told | undefined
  readonly begin: Told | undefined
  readonly final: Told | undefined
  /** From its begin to its end. */
  readonly tookMs: number | undefined
}

/** What will not be otherwise in a moment. Any other refusal may pass, whatever the vendor calls it. */
const lasting: ReadonlySet<string> = new Set(['unsupported', 'bad-command', 'stale-epoch'])
const isPassing = (answer: Told | undefined) =>
  answer?.status === 'refused' && answer.code !== undefined && !lasting.has(answer.code)

/** Asks, and asks again as long as the answer is that it cannot just now. */
export const untilFree = async <T>(
  exam: Exam,
  ask: () => Promise<T>,
  answerOf: (asked: T) => Told | undefined,
): Promise<T> => {
  const { nowMs } = exam.parts
  const until = nowMs() + exam.pace.freeMs
  for (;;) {
    const asked = await ask()
    if (!isPassing(answerOf(asked)) || nowMs() >= until) return asked
    await exam.quiet()
  }
}

/** A device that answers nothing would take hours to be tried with everything. */
const unansweredMax = 2

const tryOnce = async (exam: Exam, capability: string, index: number): Promise<Tried> => {
  const from = exam.transcript.mark()
  const trial = exam.trial(capability, { command: exam.command(capability, index) })
  const sent = exam.transcript.entries.at(-1)?.atMs ?? 0
  await trial.offer()
  const offeredAt =
    exam.transcript.messages(from).find((message) => message.from === 'examiner')?.atMs ?? sent
  const answer = await trial.answer()
  const partly = {
    capability,
    trial,
    from,
    answer,
    answeredAfterMs: answer === undefined ? undefined : answer.message.atMs - offeredAt,
  }
  const nothing = { early: undefined, begin: undefined, final: undefined, tookMs: undefined }
  if (answer === undefined || finals.has(answer.status))
    return { ...partly, ...nothing, final: answer, to: exam.transcript.mark() }
  // Once for each capability it is left waiting, to see that it waits.
  if (index === 0) await exam.quiet()
  const early = trial.reports().find(({ status }) => begun.has(status))
  await trial.start()
  const begin = await trial.begins()
  const final = begin === undefined ? undefined : await trial.final()
  if (final !== undefined) await exam.quiet(exam.pace.quietMs / 3)
  const tookMs =
    begin === undefined || final === undefined ? undefined : final.message.atMs - begin.message.atMs
  return { ...partly, early, begin, final, tookMs, to: exam.transcript.mark() }
}

export const tryEverything = async (exam: Exam): Promise<readonly Tried[]> => {
  if (exam.tried !== undefined) return exam.tried
  const tried: Tried[] = []
  exam.tried = tried
  let unanswered = 0
  let isPatient = true
  for (const capability of exam.capabilities)
    for (let index = 0; index < exam.pace.samples; index += 1) {
      if (unanswered >= unansweredMax) return tried
      await exam.settle()
      const ask = () => tryOnce(exam, capability, index)
      const one: Tried = isPatient ? await untilFree(exam, ask, ({ answer }) => answer) : await ask()
      tried.push(one)
      unanswered = one.answer === undefined ? unanswered + 1 : 0
      // Who refuses for ever is not waited for again and again.
      isPatient &&= !isPassing(one.answer)
    }
  return tried
}
