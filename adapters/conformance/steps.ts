/** The beginnings of many rules: a task that the device has accepted, one that runs, one that is done. */
import { type CapabilityName, capabilities, isCapability } from '#protocol/capabilities.ts'
import type { Exam } from './exam.ts'
import { doesNotApply, notProved } from './rule.ts'
import type { Told, Trial } from './trial.ts'
import { tryEverything, untilFree } from './tried.ts'

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

export interface Offered {
  readonly trial: Trial
  readonly answer: Told | undefined
}

/** A device that has just been stopped or let go again may need a moment: then a new one is offered. */
export const offered = (
  exam: Exam,
  make: () => Trial | Promise<Trial>,
  how?: Parameters<Trial['offer']>[0],
): Promise<Offered> =>
  untilFree(
    exam,
    async () => {
      const trial = await make()
      await trial.offer(how)
      return { trial, answer: await trial.answer() }
    },
    ({ answer }) => answer,
  )

export const acceptedTrial = async (
  exam: Exam,
  wish: Wish & { offer?: Parameters<Trial['offer']>[0] } = {},
): Promise<Trial> => {
  const { trial, answer } = await offered(exam, () => workingTrial(exam, wish), wish.offer)
  if (answer?.status === 'accepted') return trial
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
/** Stopped so often in vain, although it had the time, it does not stop. */
const inVainMax = 4
/** Tasks that ended by themselves at that very moment say nothing about stopping. */
const stopsMax = 16

/**
 * Stops tasks that run until one ends otherwise than by itself.
 * @param endedByItself whether an end shows nothing of the stop
 * @returns how the last one ended; undefined: it did not.
 */
export const stopped = async (
  exam: Exam,
  how: {
    readonly wish?: Wish
    readonly stop: (trial: Trial) => Promise<void>
    readonly goOn?: () => Promise<void>
    readonly endedByItself: (end: Told) => boolean
  },
): Promise<Told | undefined> => {
  let end: Told | undefined
  for (let stops = 0, inVain = 0; stops < stopsMax && inVain < inVainMax; stops += 1) {
    const trial = await runningTrial(exam, how.wish)
    const from = exam.transcript.mark()
    await how.stop(trial)
    end = await trial.final()
    if (end === undefined || !how.endedByItself(end)) return end
    const stoppedAtMs = exam.transcript.entries[from]?.atMs ?? end.message.atMs
    if (end.message.atMs - stoppedAtMs >= tooSoonQuiets * exam.pace.quietMs) inVain += 1
    if (inVain === inVainMax) return end
    await how.goOn?.()
  }
  return notProved(
    'the tasks ended by themselves before they could be stopped: give it longer ones with --hints',
    '任务都在停止之前自行结束：请用 --hints 提供较长的任务',
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
