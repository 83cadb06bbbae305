/**
 * What the rest of the adapter asks of a server, in plain values: the seam behind which the OPC UA stack stands, so that
 * it is loaded by one file and everything else is tested without it.
 */
import type { Given } from './arguments.ts'
import type { Reading } from './reading.ts'

export interface Watched {
  readonly node: string
  readonly samplingMs: number
}

export interface JobOrder {
  readonly id: string
  readonly workMaster?: string | undefined
  readonly priority?: number | undefined
  readonly parameters: readonly (Given & { readonly id: string })[]
}

/** Numbers of OPC 10031-4, 6.2.1. */
export const jobStates = {
  1: 'not-allowed-to-start',
  2: 'allowed-to-start',
  3: 'running',
  4: 'interrupted',
  5: 'ended',
  6: 'aborted',
} as const
export type JobState = (typeof jobStates)[keyof typeof jobStates]

export interface JobResponse {
  readonly state: JobState | undefined
  readonly data: Readonly<Record<string, boolean | number | string>>
}

export type JobMethod = 'StoreAndStart' | 'Store' | 'Start' | 'Stop' | 'Cancel' | 'Abort' | 'Clear'

export interface JobReceiver {
  readonly offers: ReadonlySet<string>
  /** @returns the status of the call, and the job method's own return status */
  order(method: JobMethod, job: JobOrder): Promise<{ status: string; returned: bigint | null }>
  /** By the id of the job. */
  list(): Promise<ReadonlyMap<string, JobState | undefined>>
}

export interface Session {
  /** Settles with the reason when the session is over, whatever ended it. */
  readonly lost: Promise<string>
  read(nodes: readonly string[]): Promise<Reading[]>
  /** News come in order; the first value of each comes, too. */
  watch(nodes: readonly Watched[], onReading: (index: number, reading: Reading) => void): Promise<void>
  call(
    object: string,
    method: string,
    given: readonly Given[],
  ): Promise<{ status: string; outputs: readonly unknown[] }>
  receiver(object: string): Promise<JobReceiver>
  response(provider: string, job: string): Promise<JobResponse | undefined>
  close(): Promise<void>
}
