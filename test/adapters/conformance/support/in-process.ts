/** A device of adapters/conformance/broken inside the test's own process: killed and started again without a wait. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Fault } from '#adapters/conformance/broken/fault.ts'
import type { SoundDevice } from '#adapters/conformance/broken/sound-device.ts'
import { examine } from '#adapters/conformance/examine.ts'
import { openOwnBroker } from '#adapters/conformance/own-broker.ts'
import { type Pace, paces } from '#adapters/conformance/pace.ts'
import type { Result } from '#adapters/conformance/result.ts'
import type { Rule } from '#adapters/conformance/rule.ts'
import type { Subject } from '#adapters/conformance/subject.ts'
import { createTranscript, type Transcript } from '#adapters/conformance/transcript.ts'

/** Nothing on the way but this machine: silence of that length is long. */
export const brisk: Pace = {
  ...paces.quick,
  quietMs: 80,
  startMs: 250,
  // Many examinations share this process: an answer may have to wait for its turn.
  answerMs: 4_000,
  patienceMs: 6_000,
  runMs: 6_000,
  freeMs: 3_000,
  reconnectMs: 4_000,
  flood: 500,
}

const subjectOf = (start: (onCrash: () => void) => SoundDevice, transcript: Transcript): Subject => {
  let device: SoundDevice | undefined
  let crashed = false
  return {
    start() {
      crashed = false
      transcript.newLife()
      device = start(() => {
        crashed = true
        device = undefined
        transcript.stir()
      })
      device.run()
    },
    async stop() {
      const going = device
      device = undefined
      await going?.stop()
      return true
    },
    kill() {
      device?.die()
      device = undefined
      return Promise.resolve()
    },
    isUp: () => device !== undefined,
    endedByItself: () => crashed,
  }
}

const nowMs = () => Math.round(performance.timeOrigin + performance.now())
let count = 0

interface How {
  readonly pace?: Pace
  /** Whose connection it is, where a gateway speaks for the device. */
  readonly line?: string
  /** Default: all. */
  readonly rules?: readonly Rule[]
}

export const examineInProcess = async (
  Device: Fault['device'],
  { pace = brisk, line = 'broken-1', rules }: How = {},
): Promise<Result> => {
  const transcript = createTranscript(nowMs)
  const station = await openOwnBroker(transcript)
  const state = mkdtempSync(join(tmpdir(), 'usher-conformance-test-'))
  const settings = { broker: station.url, branch: 'demo', device: 'broken-1', state }
  const subject = subjectOf((onCrash) => new Device({ ...settings, onCrash }), transcript)
  count += 1
  try {
    return await examine({
      what: Device.name,
      branch: 'demo',
      device: line,
      member: undefined,
      station,
      subject,
      pace,
      around: { places: ['entrance'], commands: {} },
      seed: '1',
      epoch: 3,
      mark: `x${count}`,
      nowMs,
      ...(rules !== undefined && { rules }),
    })
  } finally {
    await subject.kill()
    await station.close()
    rmSync(state, { recursive: true, force: true })
  }
}
