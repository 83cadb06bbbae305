/** How long the examiner waits for what: as slow as a robot in a lobby needs it, or quick for a simulated device. */

export interface Pace {
  /** From the start of the device's program to its birth on the line. */
  readonly startupMs: number
  /** What each offer asks for: an answer within. */
  readonly answerMs: number
  /** How long an answer is waited for at all, before it counts as never given. */
  readonly patienceMs: number
  /** How long a task may run. */
  readonly runMs: number
  /** For how long one that says that it is busy just now is asked again. */
  readonly freeMs: number
  /** Silence of that length counts as "nothing happened". */
  readonly quietMs: number
  /** The start-by time where it is meant to pass. */
  readonly startMs: number
  /** For how long content is to be shown. */
  readonly showMs: number
  /** Until a device must be back after its line was cut. */
  readonly reconnectMs: number
  /** For how long the broker is away when it restarts. */
  readonly downMs: number
  /** One way, on the slow line. */
  readonly lineDelayMs: number
  readonly flood: number
  /** Commands tried for each capability. */
  readonly samples: number
}

export const paces = {
  normal: {
    startupMs: 30_000,
    answerMs: 3_000,
    patienceMs: 10_000,
    runMs: 120_000,
    freeMs: 30_000,
    quietMs: 1_000,
    startMs: 1_500,
    showMs: 3_000,
    reconnectMs: 60_000,
    downMs: 1_000,
    lineDelayMs: 300,
    flood: 1_000,
    samples: 3,
  },
  quick: {
    // What never comes is waited for so long; a sound device on a busy machine must not run out of it.
    startupMs: 20_000,
    answerMs: 2_000,
    patienceMs: 5_000,
    runMs: 12_000,
    freeMs: 10_000,
    quietMs: 150,
    startMs: 400,
    showMs: 500,
    reconnectMs: 15_000,
    downMs: 100,
    lineDelayMs: 60,
    flood: 1_000,
    samples: 2,
  },
} as const satisfies Record<string, Pace>

export type PaceName = keyof typeof paces
export const paceNames = Object.keys(paces) as readonly PaceName[]
