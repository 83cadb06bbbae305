/** Has a flow checked in a process of its own, so that one that hangs, throws or eats memory harms nobody. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { isErrorCode, UsherError } from '#protocol/errors.ts'
import type { FlowSource } from '../deploy/flow-folder.ts'
import type { FlowReport } from './check-flow.ts'
import type { Against, Checked, Failed, Loaded } from './check-words.ts'

export interface CheckLimits {
  /** From the start of the process to its last word. */
  readonly withinMs: number
  readonly memoryMb: number
}

/** A shipped flow takes about a second; on a busy small machine several. */
export const checkLimits: CheckLimits = { withinMs: 60_000, memoryMb: 256 }

export interface CheckParts {
  /** Once it is known which flow it is: what it is held against. May throw, to refuse it. */
  readonly against: (loaded: Loaded['loaded']) => Promise<Against>
  readonly limits?: CheckLimits
}

const root = join(import.meta.dirname, '../..')

const start = ({ memoryMb }: CheckLimits): ChildProcess =>
  spawn(
    process.execPath,
    [
      `--max-old-space-size=${memoryMb}`,
      '--permission',
      `--allow-fs-read=${root}/*`,
      join(import.meta.dirname, 'check.main.ts'),
    ],
    {
      cwd: root,
      env: { NODE_NO_WARNINGS: '1' },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'json',
    },
  )

const failed = ({ code, text }: Failed['error']) =>
  new UsherError(isErrorCode(code) ? code : 'flow.broken', text === '' ? undefined : text)

type Said = Loaded | Checked | Failed

/** @throws UsherError what `against` throws, or `flow.folder`, `flow.import`, `flow.broken`, `flow.impure`, `flow.hangs`. */
export const checkSource = async (source: FlowSource, parts: CheckParts): Promise<FlowReport> => {
  const limits = parts.limits ?? checkLimits
  const child = start(limits)
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<FlowReport>((resolve, reject) => {
      timer = setTimeout(
        () => reject(new UsherError('flow.hangs', `It took more than ${limits.withinMs} ms.`)),
        limits.withinMs,
      )
      child.once('error', (cause) => reject(new UsherError('flow.hangs', cause.message, { cause })))
      child.once('exit', () =>
        reject(new UsherError('flow.hangs', `It ended, with ${limits.memoryMb} MB of memory.`)),
      )
      child.on('message', (said: Said) => {
        if ('error' in said) reject(failed(said.error))
        else if ('report' in said) resolve(said.report)
        else parts.against(said.loaded).then((against) => child.send(against), reject)
      })
      child.send({ files: source.files })
    })
  } finally {
    clearTimeout(timer)
    child.removeAllListeners()
    child.on('error', () => undefined)
    child.kill('SIGKILL')
  }
}
