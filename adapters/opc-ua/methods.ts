/** A task as one call of a method: with a deadline, stopped by another method, and done when a variable says so. */
import type { JsonObject, Task } from '../sdk/adapter.ts'
import { DeviceFault, DeviceUnreachable } from '../sdk/errors.ts'
import type { Clock } from '../sdk/ports.ts'
import { argumentsOf } from './arguments.ts'
import type { Call, MethodTask, ServerConfig } from './config.ts'
import type { ServerLine } from './line.ts'
import { judge } from './reading.ts'
import type { Session } from './session.ts'
import { ServerTrouble } from './trouble.ts'
import { errorOf } from './verdict.ts'
import { pause, within } from './within.ts'

export interface Station {
  readonly line: ServerLine
  readonly server: Pick<ServerConfig, 'goneAfterMs' | 'answerWithinMs' | 'name'>
  readonly clock: Clock
}

const lookEveryMs = 250

export const gone = (begun: boolean) => new DeviceUnreachable('The server is gone.', { begun })

/** @throws DeviceUnreachable: nothing was asked of it yet. */
export const sessionOf = ({ line }: Station): Session => {
  const session = line.session()
  if (session === undefined) throw gone(false)
  return session
}

/** @throws DeviceUnreachable when the line breaks meanwhile, whatever the library calls it */
export const orGone = async <T>(what: Promise<T>): Promise<T> => {
  try {
    return await what
  } catch (error) {
    if (error instanceof ServerTrouble) throw gone(true)
    throw new DeviceUnreachable(String(error instanceof Error ? error.message : error), {
      begun: true,
      cause: error,
    })
  }
}

const call = (session: Session, { object, method, arguments: wanted }: Call, command: JsonObject) =>
  session.call(object, method, argumentsOf(wanted, command))

/** Stopping is tried, whatever becomes of it: the end of the task tells the rest. */
const stop = async (station: Station, spec: MethodTask, command: JsonObject) => {
  const session = station.line.session()
  if (spec.stop === undefined || session === undefined) return
  await within(
    call(session, spec.stop, command).catch(() => undefined),
    { clock: station.clock, ms: station.server.answerWithinMs },
  )
}

const outputsOf = ({ outputs, result }: MethodTask, values: readonly unknown[]): JsonObject => ({
  ...result,
  ...Object.fromEntries(
    Object.entries(outputs).map(([key, index]) => [key, (values[index] ?? null) as boolean | null]),
  ),
})

/** A server that comes back in time is asked again: the variable says then what became of it. */
const confirmed = async (station: Station, spec: MethodTask, signal: AbortSignal) => {
  const { until } = spec
  if (until === undefined) return
  const { clock, line, server } = station
  const late = new AbortController()
  const cancel = clock.after(until.withinMs, () => late.abort())
  try {
    while (!late.signal.aborted && !signal.aborted) {
      const session = await line.back(server.goneAfterMs, signal)
      if (signal.aborted) return
      if (session === undefined) throw gone(true)
      const [reading] = await session.read([until.node]).catch(() => [undefined])
      if (judge(reading, until.when) === true) return
      await pause(clock, lookEveryMs, signal)
    }
  } finally {
    cancel()
  }
  if (!signal.aborted) throw new DeviceFault('It was not seen to be done.', { code: 'not-confirmed' })
}

export const runMethod = async (
  station: Station,
  spec: MethodTask,
  { command, task }: { command: JsonObject; task: Pick<Task, 'signal' | 'started'> },
): Promise<JsonObject> => {
  const { signal } = task
  const session = sessionOf(station)
  signal.throwIfAborted()
  const calling = call(session, spec, command)
  let stopping: Promise<void> | undefined
  const onAbort = () => {
    stopping ??= stop(station, spec, command)
  }
  signal.addEventListener('abort', onAbort)
  try {
    const answer = await orGone(within(calling, { clock: station.clock, ms: spec.callWithinMs }))
    signal.throwIfAborted()
    if (answer === undefined) {
      await stop(station, spec, command)
      throw new DeviceUnreachable('The method does not return.', { code: 'no-answer' })
    }
    const error = errorOf(answer.status)
    if (error !== undefined) throw error
    task.started()
    await confirmed(station, spec, signal)
    signal.throwIfAborted()
    return outputsOf(spec, answer.outputs)
  } finally {
    signal.removeEventListener('abort', onAbort)
    await stopping
  }
}
