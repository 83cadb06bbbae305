/**
 * A task as a job order (ISA-95 job control, OPC 10031-4): handed over, followed by its state, stopped, and its response
 * read back. Whatever breaks on the way, the id of the job tells afterwards what became of it.
 */
import type { JsonObject, Task } from '../sdk/adapter.ts'
import { DeviceBusy, DeviceFault, DeviceUnsupported } from '../sdk/errors.ts'
import { argumentsOf } from './arguments.ts'
import type { JobTask } from './config.ts'
import { gone, orGone, type Station, sessionOf } from './methods.ts'
import type { JobMethod, JobOrder, JobReceiver, JobResponse, JobState, Session } from './session.ts'
import { errorOf, type JobAnswer, jobAnswerOf } from './verdict.ts'
import { pause, within } from './within.ts'

export interface JobStation extends Station {
  readonly device: string
  /** Jobs that are being looked after. */
  readonly active: Set<string>
}

interface Asked {
  readonly command: JsonObject
  readonly task: Pick<Task, 'id' | 'attempt' | 'signal' | 'started' | 'progress'>
}

const lookEveryMs = 300
const triesMax = 3

/** Told apart from the jobs of others at the same receiver. */
const prefixOf = (device: string) => `usher/${device}/`

const isOver = (state: JobState | undefined) => state === 'ended' || state === 'aborted'

export const runJob = (station: JobStation, spec: JobTask, asked: Asked): Promise<JsonObject> =>
  new Job(station, spec, asked).run()

class Job {
  readonly #station: JobStation
  readonly #spec: JobTask
  readonly #asked: Asked
  readonly #order: JobOrder
  #told: JobState | undefined
  #receiver: { readonly session: Session; readonly receiver: JobReceiver } | undefined

  constructor(station: JobStation, spec: JobTask, asked: Asked) {
    this.#station = station
    this.#spec = spec
    this.#asked = asked
    const values = argumentsOf(spec.parameters, asked.command)
    this.#order = {
      id: `${prefixOf(station.device)}${asked.task.id}/${asked.task.attempt}`,
      workMaster: spec.workMaster,
      priority: spec.priority,
      parameters: values.map((given, index) => ({ id: spec.parameters[index]?.id ?? '', ...given })),
    }
  }

  async run(): Promise<JsonObject> {
    const { active } = this.#station
    const { signal } = this.#asked.task
    const session = sessionOf(this.#station)
    signal.throwIfAborted()
    active.add(this.#order.id)
    try {
      await this.#handOver(session)
      const state = await this.#follow()
      if (signal.aborted) {
        await this.#stop()
        throw signal.reason
      }
      if (state === 'aborted') throw new DeviceFault('The job was aborted.', { code: 'job-aborted' })
      return await this.#result()
    } finally {
      active.delete(this.#order.id)
    }
  }

  async #receiverAt(session: Session) {
    if (this.#receiver?.session !== session)
      this.#receiver = { session, receiver: await session.receiver(this.#spec.receiver) }
    return this.#receiver.receiver
  }

  async #handOver(session: Session) {
    const receiver = await orGone(this.#receiverAt(session))
    const steps: readonly JobMethod[] = receiver.offers.has('StoreAndStart')
      ? ['StoreAndStart']
      : ['Store', 'Start']
    for (const method of steps)
      if (!receiver.offers.has(method))
        throw new DeviceUnsupported(`The receiver has no ${method}.`, { code: 'no-job-control' })
    try {
      for (const method of steps) this.#accept(await this.#send(receiver, method))
    } catch (error) {
      await this.#afterBreak(error)
    }
  }

  async #send(receiver: JobReceiver, method: JobMethod): Promise<{ status: string; answer: JobAnswer }> {
    const { clock, server } = this.#station
    const sent = await orGone(
      within(receiver.order(method, this.#order), { clock, ms: server.answerWithinMs }),
    )
    if (sent === undefined) throw gone(true)
    return { status: sent.status, answer: jobAnswerOf(sent.returned) }
  }

  #accept({ status, answer }: { status: string; answer: JobAnswer }) {
    // Where a job method fails it answers with an uncertain status and says why in its return status (B.2).
    if (answer === 'not-accepted' || answer === 'invalid-state')
      throw new DeviceBusy('The receiver does not accept the job.', {
        code: answer === 'not-accepted' ? 'job-not-accepted' : 'job-invalid-state',
      })
    if (answer !== 'done')
      throw new DeviceUnsupported('The receiver refuses the job.', { code: 'job-refused' })
    const error = errorOf(status)
    if (error !== undefined) throw error
  }

  /** Nobody heard the answer: the list of jobs says whether it was taken. @throws the error where it was not */
  async #afterBreak(error: unknown) {
    if (!(error instanceof Error) || error.name !== 'DeviceUnreachable') throw error
    const session = await this.#station.line.back(this.#station.server.goneAfterMs, this.#asked.task.signal)
    if (session === undefined) throw error
    const known = await this.#known(session)
    if (known === 'not-there') throw gone(false)
  }

  /** @throws DeviceUnreachable */
  async #known(session: Session): Promise<JobState | 'not-there' | undefined> {
    const receiver = await orGone(this.#receiverAt(session))
    const list = await orGone(receiver.list())
    return list.has(this.#order.id) ? list.get(this.#order.id) : 'not-there'
  }

  /** @returns how it ended; undefined when it is no longer wanted */
  async #follow(): Promise<JobState | undefined> {
    const { clock, line, server } = this.#station
    const { signal } = this.#asked.task
    for (let missing = 0; !signal.aborted; ) {
      const session = await line.back(server.goneAfterMs, signal)
      if (signal.aborted) break
      if (session === undefined) throw gone(true)
      const state = await this.#known(session).catch(() => undefined)
      if (state === 'not-there') {
        // A receiver may take a finished job off its list before anybody looked.
        const response = await this.#response(session)
        if (isOver(response?.state)) return response?.state
        missing += 1
        if (missing >= triesMax)
          throw new DeviceFault('The receiver does not know the job any more.', { code: 'job-lost' })
      } else {
        missing = 0
        this.#tell(state)
        if (isOver(state)) return state
      }
      await pause(clock, lookEveryMs, signal)
    }
    return undefined
  }

  #tell(state: JobState | undefined) {
    if (state === undefined || state === this.#told) return
    this.#told = state
    const { task } = this.#asked
    if (state === 'running') task.started()
    // Progress says that it has begun.
    if (state === 'running' || state === 'interrupted') task.progress({ step: state })
  }

  /** Taken back before it runs, stopped while it runs, and aborted where that is not obeyed. */
  async #stop() {
    const { line, server, clock } = this.#station
    for (let tries = 0; ; tries += 1) {
      const session = await line.back(server.goneAfterMs)
      if (session === undefined) return
      const state = await this.#known(session).catch(() => undefined)
      if (state === 'not-there' || isOver(state)) return
      const receiver = await this.#receiverAt(session).catch(() => undefined)
      if (receiver !== undefined)
        await this.#send(receiver, stopOf(receiver, state, tries)).catch(() => undefined)
      await pause(clock, lookEveryMs)
    }
  }

  async #response(session: Session): Promise<JobResponse | undefined> {
    const { responses } = this.#spec
    if (responses === undefined) return undefined
    const { clock, server } = this.#station
    return await within(
      session.response(responses, this.#order.id).catch(() => undefined),
      { clock, ms: server.answerWithinMs },
    )
  }

  async #answer(): Promise<JobResponse | undefined> {
    const { line, server, clock } = this.#station
    for (let tries = 0; tries < triesMax; tries += 1) {
      const session = await line.back(server.goneAfterMs)
      const response = session === undefined ? undefined : await this.#response(session)
      if (response !== undefined) return response
      await pause(clock, lookEveryMs)
    }
    return undefined
  }

  async #result(): Promise<JsonObject> {
    const { outputs, result, responses } = this.#spec
    if (responses === undefined) return result
    const response = await this.#answer()
    // It ended, and nobody knows how: what it was to tell must not be made up.
    if (response === undefined && Object.keys(outputs).length > 0)
      throw new DeviceFault('The job has no response.', { code: 'no-job-response' })
    // It ended, but what it says of itself decides whether it was done.
    if (response?.state === 'aborted') throw new DeviceFault('The job was aborted.', { code: 'job-aborted' })
    const found = Object.entries(outputs).flatMap(([key, id]) => {
      const value = response?.data[id]
      return value === undefined ? [] : [[key, value] as const]
    })
    return { ...result, ...Object.fromEntries(found) }
  }
}

const stopOf = ({ offers }: JobReceiver, state: JobState | undefined, tries: number): JobMethod => {
  const waits = state === 'not-allowed-to-start' || state === 'allowed-to-start'
  if (waits && offers.has('Cancel') && tries < triesMax) return 'Cancel'
  return offers.has('Stop') && tries < triesMax ? 'Stop' : 'Abort'
}

/** Jobs of an earlier life of this adapter, which the hub has been told are interrupted: nobody looks after them. */
export const stopLeftovers = async (
  { device, active }: Pick<JobStation, 'device' | 'active'>,
  receiver: JobReceiver,
): Promise<readonly string[]> => {
  const stopped: string[] = []
  for (const [id, state] of await receiver.list()) {
    if (!id.startsWith(prefixOf(device)) || active.has(id) || isOver(state)) continue
    await receiver.order(stopOf(receiver, state, 0), { id, parameters: [] })
    stopped.push(id)
  }
  return stopped
}
