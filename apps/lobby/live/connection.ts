/** How fresh the page is: whether the line is there, and of when the data are, in hub time. */
export interface Connection {
  readonly state: 'live' | 'connecting' | 'offline'
  /** null: there are none yet. */
  readonly dataAt: number | null
}

export interface HubClock {
  now(): number
  /** The hub says what time it is. */
  set(at: number): void
}

/** Between two words of the hub this machine's clock goes on. */
export const createHubClock = (wallMs: () => number): HubClock => {
  let offsetMs = 0
  return {
    now: () => wallMs() + offsetMs,
    set: (at) => {
      offsetMs = at - wallMs()
    },
  }
}

export interface ConnectionStore {
  get(): Connection
  set(change: Partial<Connection>): void
  subscribe(listener: () => void): () => void
}

export const createConnectionStore = (): ConnectionStore => {
  const listeners = new Set<() => void>()
  let connection: Connection = { state: 'connecting', dataAt: null }
  return {
    get: () => connection,
    set: (change) => {
      connection = { ...connection, ...change }
      for (const listener of listeners) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
