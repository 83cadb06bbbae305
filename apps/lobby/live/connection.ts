/** How fresh the page is: whether the line is there, and of when the data are, in hub time. */
export interface Connection {
  readonly state: 'live' | 'connecting' | 'offline'
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
  /** The same object until the state changes: that data came is no news to who only asks whether there is a line. */
  get(): Connection
  /** Of when the data are, in hub time; null: there are none yet. */
  dataAt(): number | null
  fresh(at: number): void
  lost(): void
  subscribe(listener: () => void): () => void
}

export const createConnectionStore = (): ConnectionStore => {
  const listeners = new Set<() => void>()
  let connection: Connection = { state: 'connecting' }
  let dataAt: number | null = null
  const set = (state: Connection['state']) => {
    if (state === connection.state) return
    connection = { state }
    for (const listener of listeners) listener()
  }
  return {
    get: () => connection,
    dataAt: () => dataAt,
    fresh: (at) => {
      dataAt = at
      set('live')
    },
    lost: () => set('offline'),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
