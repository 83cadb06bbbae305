/** Where one device of a fleet lives: in a process of its own, or in this one. Either way it comes back when it dies. */
import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { createMqttTransport } from '#adapters/sdk/mqtt-transport.ts'
import { createSystemClock } from '#adapters/sdk/system-clock.ts'
import { createChance } from './devices/chance.ts'
import { createDevice, type SimulatedDevice } from './devices/device.ts'
import { createMemoryJournal, openFileJournal } from './devices/journal.ts'
import type { JournalEntry } from './devices/journal-entry.ts'
import type { ToChild, ToParent } from './devices/parent-line.ts'
import type { Journal } from './devices/ports.ts'
import { endChild } from './end-child.ts'
import type { FleetDevice, FleetOptions, Member } from './fleet.ts'

export interface Host extends FleetDevice {
  start(): void
  kill(): void
  stop(): Promise<void>
}

export const hostHere = (member: Member, options: FleetOptions): Host => {
  const listeners: ((entry: JournalEntry) => void)[] = []
  const clock = createSystemClock()
  let device: SimulatedDevice | undefined
  let journal: Journal | undefined
  let again: NodeJS.Timeout | undefined
  const reborn = () => {
    if (options.restartAfterMs !== undefined) again = setTimeout(start, options.restartAfterMs)
  }
  const start = () => {
    if (options.logFolder !== undefined) {
      journal?.close()
      journal = openFileJournal(join(options.logFolder, `${member.id}.log`))
    }
    journal ??= createMemoryJournal(rememberedInMemory)
    device = createDevice({
      ...member,
      branch: options.branch,
      boot: randomUUID(),
      clock,
      journal,
      chance: createChance(options.seed),
      transport: createMqttTransport({
        address: { url: options.broker },
        onTrouble: (text) => options.onTrouble?.(`${member.id}: ${text}`),
        ...(options.retryMs !== undefined && { retryMs: options.retryMs }),
      }),
      onDeath: reborn,
      ...(options.people !== undefined && { people: options.people }),
    })
    for (const listener of listeners) device.listen(listener)
    device.start()
  }
  return {
    ...member,
    start,
    sense: (name, data) => device?.sense(name, data),
    use: (use) => void device?.use(use),
    setFault: (reason) => device?.setFault(reason),
    stream: (name, data) => device?.stream(name, data),
    listen(listener) {
      listeners.push(listener)
      device?.listen(listener)
    },
    kill() {
      device?.die()
      reborn()
    },
    async stop() {
      clearTimeout(again)
      await device?.stop()
      journal?.close()
      journal = undefined
    },
  }
}

/** Enough for a device to recognise whatever a hub may still repeat. */
const rememberedInMemory = 500
/** A process that does not stop by itself within this time is ended. */
const stopWithinMs = 3_000
const deviceProgram = join(import.meta.dirname, 'devices/main.ts')

const argumentsOf = ({ kind, id, behaviour }: Member, options: FleetOptions): string[] => [
  `--kind=${kind}`,
  `--id=${id}`,
  `--branch=${options.branch}`,
  `--broker=${options.broker}`,
  `--seed=${options.seed}`,
  ...(behaviour === undefined ? [] : ['--behaviour', JSON.stringify(behaviour)]),
  ...(options.people === undefined ? [] : ['--people']),
  ...(options.retryMs === undefined ? [] : [`--retry-ms=${options.retryMs}`]),
  ...(options.logFolder === undefined ? [] : ['--log', join(options.logFolder, `${id}.log`)]),
]

export const hostInProcess = (member: Member, options: FleetOptions): Host => {
  const listeners: ((entry: JournalEntry) => void)[] = []
  let child: ChildProcess | undefined
  let again: NodeJS.Timeout | undefined
  let stopping = false

  const tell = (message: ToChild) => {
    // An error here means that the device has died and its end is not known yet: what it is told is lost with it.
    if (child?.connected === true) child.send(message, () => {})
  }
  const start = () => {
    const own = fork(deviceProgram, argumentsOf(member, options), {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // Not the parent's own flags (a debugger's port, a test runner's loader); a device needs little memory.
      execArgv: ['--max-semi-space-size=1', '--max-old-space-size=64'],
    })
    child = own
    own.stderr?.on('data', (text: Buffer) => options.onTrouble?.(text.toString('utf8').trim()))
    own.on('message', (message) => {
      const told = message as ToParent
      if (told.type === 'entry') for (const listener of listeners) listener(told.entry)
      else options.people?.ask(told.question, (answer) => tell({ type: 'answer', id: told.id, answer }))
    })
    own.once('exit', () => {
      if (child === own) child = undefined
      if (!stopping && options.restartAfterMs !== undefined) again = setTimeout(start, options.restartAfterMs)
    })
  }
  return {
    ...member,
    start,
    sense: (name, data) => tell({ type: 'sense', name, data }),
    use: (use) => tell({ type: 'use', use }),
    setFault: (reason) => tell({ type: 'fault', ...(reason !== undefined && { reason }) }),
    stream: (name, data) => tell({ type: 'stream', name, data }),
    listen: (listener) => void listeners.push(listener),
    kill: () => void child?.kill('SIGKILL'),
    stop() {
      stopping = true
      clearTimeout(again)
      const own = child
      if (own === undefined) return Promise.resolve()
      return endChild(own, stopWithinMs)
    },
  }
}
