/** The beginnings of many rules: a task that the device has accepted, one that runs, one that is done. */
import { type CapabilityName, capabilities, isCapability } from '#protocol/capabilities.ts'
import type { Exam } from './exam.ts'
import { doesNotApply, notProved } from './rule.ts'
import type { Told, Trial } from './trial.ts'
import { passing, tryEverything } from './tried.ts'

/** A device that has just been stopped or let go again may need a moment. */
const triesMax = 8
const doneTriesMax = 2

const seconds = (ms: number) => `${Math.round(ms / 100) / 10} s`

/** The capabilities that ended well when they were tried, the quickest first. */
const workable = async (exam: Exam) => {
  if (exam.capabilities.length === 0)
    doesNotApply('the manifest declares no capability', '设备清单没有声明任何能力')
  const tried = await tryEverything(exam)
  const done = tried.filter(({ final }) => final?.status === 'done')
  return done.sort((a, b) => (a.tookMs ?? 0) - (b.tookMs ?? 0))
}

interface Wish {
  /** The task that takes longest, to have time to do something in between. */
  readonly long?: boolean
  readonly only?: (capability: string) => boolean
}

/** A trial of a capability that is known to work, not yet offered. */
export const workingTrial = async (exam: Exam, { long = false, only = () => true }: Wish = {}) => {
  const fitting = (await workable(exam)).filter(({ capability }) => only(capability))
  const chosen = long ? fitting.at(-1) : fitting[0]
  if (chosen === undefined) return notProved('no capability could be carried out', '没有一项能力能够完成')
  return exam.trial(chosen.capability, { command: chosen.trial.command })
}

export const acceptedTrial = async (
  exam: Exam,
  wish: Wish & { offer?: Parameters<Trial['offer']>[0] } = {},
): Promise<Trial> => {
  let answer: Told | undefined
  for (let round = 0; round < triesMax; round += 1) {
    const trial = await workingTrial(exam, wish)
    await trial.offer(wish.offer)
    answer = await trial.answer()
    if (answer?.status === 'accepted') return trial
    if (!passing.has(answer?.code ?? '')) break
    await exam.quiet()
  }
  return notProved(
    `the task was not accepted (${answer?.code ?? answer?.status ?? 'no answer'})`,
    `任务没有被接受（${answer?.code ?? answer?.status ?? '无应答'}）`,
  )
}

export const runningTrial = async (exam: Exam, wish: Wish = {}): Promise<Trial> => {
  const trial = await acceptedTrial(exam, { long: true, ...wish })
  await trial.start()
  const begin = await trial.begins()
  return begin === undefined ? notProved('the task did not begin', '任务没有开始') : trial
}

export const doneTrial = async (exam: Exam): Promise<{ trial: Trial; final: Told }> => {
  for (let round = 0; round < doneTriesMax; round += 1) {
    const trial = await acceptedTrial(exam)
    await trial.start()
    const final = await trial.final()
    await exam.quiet(exam.pace.quietMs / 3)
    if (final?.status === 'done') return { trial, final }
  }
  return notProved('the task was not done', '任务没有完成')
}

/** An end that follows a stop so closely may have been on its way already. */
const tooSoonQuiets = 2

/** From a moment in the transcript to a report. */
export const tookMs = (exam: Exam, { from, to }: { from: number; to: Told | undefined }): number =>
  to === undefined ? 0 : to.message.atMs - (exam.transcript.entries[from]?.atMs ?? to.message.atMs)

/** Whether the device had the time to stop before the task ended by itself. */
export const hadTime = (exam: Exam, longestMs: number): void => {
  if (longestMs < tooSoonQuiets * exam.pace.quietMs)
    notProved(
      'every task ended by itself before it could be stopped: give it longer ones with --hints',
      '每个任务都在停止之前自行结束：请用 --hints 提供较长的任务',
    )
}

/** What an answer says, without what differs from one sending of it to the next. */
export const contentOf = ({ status, code, note, result, progress }: Told) =>
  JSON.stringify({ status, code, note, result, progress })

export const contractCapabilities = (exam: Exam): readonly CapabilityName[] =>
  exam.capabilities.filter(isCapability)

export const moves = (capability: string) => isCapability(capability) && capabilities[capability].moves

/** The capabilities of the contract that it does not declare. */
export const undeclared = (exam: Exam): readonly string[] =>
  Object.keys(capabilities).filter((name) => !exam.capabilities.includes(name))

export const inTime = (tookMs: number, wantedMs: number) => `${seconds(tookMs)} > ${seconds(wantedMs)}`
