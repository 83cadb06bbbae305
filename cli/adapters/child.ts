/** What the watcher needs of a process, so that it is tested without any. */

export interface ChildEvents {
  /** An answer to `ping`. */
  onPong(): void
  /** One line of its output. */
  onLine(line: string, from: 'stdout' | 'stderr'): void
  /** Once, also when it could not be started. */
  onExit(how: { readonly code: number | null; readonly signal: string | null }): void
}

export interface Child {
  /** Asks for a sign of life. */
  ping(): void
  /** Asks it to end. */
  end(): void
  /** Ends it, and whatever it has started in turn. */
  kill(): void
  /** Undefined where the system does not say. */
  memoryMb(): number | undefined
  readonly pid: number | undefined
}

export interface Launch {
  /** The module that node runs. */
  readonly module: string
  readonly memoryMb: number
  readonly environment: Readonly<Record<string, string>>
}

export type StartChild = (launch: Launch, events: ChildEvents) => Child
