/** Puts an examination together from what a person asked for: a folder, a command, or a device that is already there. */
import { randomBytes } from 'node:crypto'
import { examine, type Wishes } from './examine.ts'
import { openOwnBroker } from './own-broker.ts'
import type { Pace } from './pace.ts'
import type { Result } from './result.ts'
import type { Surroundings } from './samples.ts'
import { createScratchFolder } from './scratch-folder.ts'
import { createSubject } from './subject.ts'
import { joinTheirBroker } from './their-broker.ts'
import { createTranscript } from './transcript.ts'

export interface Common extends Pick<Wishes, 'onFinding' | 'onRule' | 'rules'> {
  readonly what: string
  readonly branch: string
  readonly device: string
  readonly member?: string
  readonly pace: Pace
  readonly seed: string
  readonly around: Omit<Surroundings, 'languages' | 'showMs'>
}

export interface ProgramWishes extends Common {
  /** For the shell; it finds its settings in the environment. */
  readonly command: string
  readonly folder: string
  readonly environment?: Readonly<Record<string, string>>
  readonly onOutput?: (text: string) => void
}

export interface LiveWishes extends Common {
  readonly broker: string
  readonly epoch: number
  readonly username?: string
  readonly password?: string
}

const nowMs = () => Math.round(performance.timeOrigin + performance.now())
/** Not 1: there must be an older epoch to disobey. */
const firstEpoch = 3

const partsOf = ({ command: _command, ...wishes }: Common & { command?: string }) => ({
  ...wishes,
  member: wishes.member,
  mark: `x${randomBytes(4).toString('hex')}`,
  nowMs,
})

export const examineProgram = async (wishes: ProgramWishes): Promise<Result> => {
  const { branch, device, command, folder, environment, onOutput } = wishes
  const transcript = createTranscript(nowMs)
  const station = await openOwnBroker(transcript)
  const state = createScratchFolder()
  const settings = {
    USHER_BROKER: station.url,
    USHER_BRANCH: branch,
    USHER_DEVICE: device,
    USHER_STATE: state.path,
  }
  const subject = createSubject(
    {
      command,
      folder,
      environment: { ...environment, ...settings },
      onOutput: onOutput ?? (() => undefined),
    },
    transcript,
  )
  try {
    return await examine({ ...partsOf(wishes), station, subject, epoch: firstEpoch })
  } finally {
    await subject.kill()
    await station.close()
    state.remove()
  }
}

export const examineLive = async (wishes: LiveWishes): Promise<Result> => {
  const { broker, branch, username, password, epoch } = wishes
  const transcript = createTranscript(nowMs)
  const station = await joinTheirBroker({
    url: broker,
    branch,
    transcript,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
  })
  try {
    return await examine({ ...partsOf(wishes), station, subject: undefined, epoch })
  } finally {
    await station.close()
  }
}
