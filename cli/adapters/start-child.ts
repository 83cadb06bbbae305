/**
 * An adapter as a process: with less of the machine than the hub, in a group of its own, and on a leash that the kernel
 * pulls when the hub dies, however it dies and whatever the adapter does at that moment.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Clock } from '#hub/engine/hub-time.ts'
import type { Child, ChildEvents, Launch, StartChild } from './child.ts'
import { readPaced } from './paced-lines.ts'

const guard = pathToFileURL(join(import.meta.dirname, 'guard.mjs')).href
/** The rest is for code, buffers and stacks. */
const heapShare = 0.75
/** Of 1000: on a machine without memory the kernel takes an adapter, not the hub (proc_pid_oom_score_adj(5)). */
const oomScore = '600'

/** What programs need to find their way, and nothing that the hub was given for itself. */
const passedOn = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'NODE_EXTRA_CA_CERTS']

const ownEnvironment = () =>
  Object.fromEntries(
    passedOn.flatMap((name) => {
      const value = process.env[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )

/** Not every system, and not every container, lets a process do this: it is a kindness, not a promise. */
const giveWay = (pid: number) => {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
    writeFileSync(`/proc/${pid}/oom_score_adj`, oomScore)
  } catch {
    // It runs as it is.
  }
}

/**
 * A shell that waits for a word from this process. The kernel closes the pipe when this process ends, even by SIGKILL;
 * then the shell ends the adapter's whole group.
 */
const leash = (pid: number): ChildProcess => {
  const held = spawn('/bin/sh', ['-c', 'read -r _; kill -9 "-$1"', 'usher-leash', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // A terminal's Ctrl-C must not cut the leash while the adapter still says goodbye.
    detached: true,
  })
  held.on('error', () => undefined)
  held.stdin?.on('error', () => undefined)
  return held
}

const residentMb = (pid: number): number | undefined => {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1_024
  } catch {
    return undefined
  }
}

const killGroup = (pid: number) => {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It is gone already.
  }
}

const heapMb = (memoryMb: number) => Math.floor(memoryMb * heapShare)

export const createStartChild =
  (clock: Clock): StartChild =>
  ({ module, memoryMb, environment }: Launch, events: ChildEvents): Child => {
    const words = [`--max-old-space-size=${heapMb(memoryMb)}`, '--import', guard, module]
    const child = spawn(process.execPath, words, {
      cwd: dirname(module),
      env: { ...ownEnvironment(), ...environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    })
    const { pid } = child
    const held = pid === undefined ? undefined : leash(pid)
    if (pid !== undefined) giveWay(pid)
    let isOver = false
    const over = (how: { code: number | null; signal: string | null }) => {
      if (isOver) return
      isOver = true
      held?.kill('SIGKILL')
      // What it had started in turn goes with it.
      if (pid !== undefined) killGroup(pid)
      events.onExit(how)
    }
    for (const from of ['stdout', 'stderr'] as const) {
      const stream = child[from]
      if (stream !== null) readPaced(stream, clock, (line) => events.onLine(line, from))
    }
    child.on('message', (message) => {
      if (message === 'usher:pong') events.onPong()
    })
    child.once('error', (error) => {
      events.onLine(error.message, 'stderr')
      over({ code: null, signal: null })
    })
    child.once('exit', (code, signal) => over({ code, signal }))
    return {
      pid,
      ping: () => {
        if (child.connected) child.send('usher:ping', () => undefined)
      },
      end: () => void child.kill('SIGTERM'),
      kill: () => {
        if (pid !== undefined && !isOver) killGroup(pid)
      },
      memoryMb: () => (pid === undefined ? undefined : residentMb(pid)),
    }
  }
