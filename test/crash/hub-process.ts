/** The real hub as its own process, by the real command: started, timed until it is ready, and killed. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const root = join(import.meta.dirname, '../..')

export interface HubProcess {
  /** Resolves with the time from spawning until it says that it is ready; undefined when it died before. */
  readonly ready: Promise<number | undefined>
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
  readonly pid: number
  kill(signal?: NodeJS.Signals): void
}

export interface HubProcessOptions {
  readonly config: string
  /** Modules loaded before the hub. */
  readonly preload?: readonly string[]
  /** In front of it: `strace …`, `faketime …`. */
  readonly under?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Lines of its log, parsed; and whatever else it says, as text. */
  readonly onSaid?: (said: Readonly<Record<string, unknown>>) => void
}

const parse = (line: string): Record<string, unknown> => {
  try {
    return JSON.parse(line) as Record<string, unknown>
  } catch {
    return { level: 'raw', msg: line }
  }
}

const isReady = (child: ChildProcess, onSaid: HubProcessOptions['onSaid']) =>
  new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue
      createInterface({ input: stream }).on('line', (line) => {
        const said = parse(line)
        if (said['msg'] === 'the hub is ready') resolve()
        onSaid?.(said)
      })
    }
  })

export const spawnHub = ({
  config,
  preload = [],
  under = [],
  env,
  onSaid,
}: HubProcessOptions): HubProcess => {
  const began = performance.now()
  const imports = preload.flatMap((file) => ['--import', file])
  const own = [process.execPath, ...imports, join(root, 'cli/bin.mjs'), 'start', '--config', config]
  const [command = process.execPath, ...args] = [...under, ...own]
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    // What the test runner was started with is not the hub's business.
    env: { ...process.env, NODE_OPTIONS: '', ...env },
  })
  // Whoever ends the run ends its hub too.
  const end = () => void child.kill('SIGKILL')
  process.once('exit', end)
  const exited = once(child, 'exit').then(([code, signal]) => {
    process.off('exit', end)
    return { code: code as number | null, signal: signal as NodeJS.Signals | null }
  })
  return {
    ready: Promise.race([
      isReady(child, onSaid).then(() => performance.now() - began),
      exited.then(() => undefined),
    ]),
    exited,
    pid: child.pid ?? 0,
    kill: (signal = 'SIGKILL') => void child.kill(signal),
  }
}
