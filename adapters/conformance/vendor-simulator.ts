/** The vendor's own simulator of its device, running beside the adapter while it is examined. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { z } from 'zod'

export interface VendorSimulator {
  /** To be merged over the adapter's config: where the simulated device listens. */
  readonly config: Readonly<Record<string, unknown>>
  stop(): Promise<void>
}

const Ready = z.object({ ready: z.literal(true), config: z.record(z.string(), z.json()).default({}) })

const readyIn = (line: string): z.infer<typeof Ready> | undefined => {
  try {
    return Ready.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}

/** To it and to what it has started in turn. */
const signal = ({ pid }: ChildProcess, name: NodeJS.Signals) => {
  if (pid === undefined) return
  try {
    process.kill(-pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

const end = (child: ChildProcess, gone: Promise<void>, graceMs: number) => {
  signal(child, 'SIGTERM')
  const force = setTimeout(() => signal(child, 'SIGKILL'), graceMs)
  return gone.finally(() => clearTimeout(force))
}

const graceMs = 3_000
/** The first line of an error stands far above the last one of its stack. */
const lastWordsMax = 2_000

interface Wishes {
  readonly withinMs: number
  readonly onOutput: (text: string) => void
  /** It ended although nobody asked it to, after it had said that it is ready: nothing behind the adapter answers now. */
  readonly onSurprise: (end: { readonly how: string; readonly lastWords: string }) => void
}

const watchSurprise = (child: ChildProcess, { onSurprise }: Wishes, isEndExpected: () => boolean) => {
  let lastWords = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      lastWords = `${lastWords}${chunk.toString()}`.slice(-lastWordsMax)
    })
  child.once('close', (code, name) => {
    if (!isEndExpected()) onSurprise({ how: name ?? `${code}`, lastWords: lastWords.trim() })
  })
}

/** Resolves once it says that it is ready; rejects when it ends or stays silent instead. */
export const startVendorSimulator = (file: string, wishes: Wishes): Promise<VendorSimulator> => {
  const { withinMs, onOutput } = wishes
  let isEndExpected = true
  const child = spawn(process.execPath, [file], {
    // A group of its own, as the program has.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // Whoever breaks the examination off must not leave it behind.
  const onExit = () => signal(child, 'SIGKILL')
  process.prependOnceListener('exit', onExit)
  child.once('exit', () => process.off('exit', onExit))
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const stop = () => {
    isEndExpected = true
    return end(child, gone, graceMs)
  }
  watchSurprise(child, wishes, () => isEndExpected)
  child.stderr.on('data', (chunk: Buffer) => onOutput(chunk.toString()))
  return new Promise((resolve, reject) => {
    const fail = (words: string) => {
      clearTimeout(timer)
      void stop()
      reject(new Error(`The simulator ${file} ${words}.`))
    }
    const timer = setTimeout(() => fail('did not say that it is ready'), withinMs)
    child.once('error', (error) => fail(`could not be started: ${error.message}`))
    const early = () => fail('ended before it was ready')
    child.once('exit', early)
    createInterface({ input: child.stdout }).on('line', (line) => {
      const ready = readyIn(line)
      if (ready === undefined) return onOutput(`${line}\n`)
      clearTimeout(timer)
      child.off('exit', early)
      isEndExpected = false
      resolve({ config: ready.config, stop })
    })
  })
}
