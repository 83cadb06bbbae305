/** Two tones for an urgent alert, made here: no file has to be loaded. Browsers let a page sound after a touch only. */

export interface Chime {
  /** Within a touch or a key press. @returns whether it can be heard now */
  unlock(): Promise<boolean>
  isReady(): boolean
  /** Calls back whenever that changes, until called off: a tablet that sleeps or takes a call falls silent by itself. */
  watch(changed: () => void): () => void
  ring(): void
}

/** Hz, and when it begins, in seconds. Falling a third: known from doors and stations, not from telephones. */
const tones = [
  [880, 0],
  [698, 0.22],
] as const
const toneSeconds = 0.42

export const createChime = (): Chime => {
  let context: AudioContext | undefined
  const watchers = new Set<() => void>()
  const open = () => {
    const made = new AudioContext()
    made.addEventListener('statechange', () => {
      for (const tell of watchers) tell()
    })
    return made
  }
  const ring = () => {
    if (context?.state !== 'running') return
    for (const [hertz, delay] of tones) {
      const from = context.currentTime + delay
      const tone = context.createOscillator()
      const volume = context.createGain()
      tone.type = 'triangle'
      tone.frequency.value = hertz
      volume.gain.setValueAtTime(0.0001, from)
      volume.gain.exponentialRampToValueAtTime(0.5, from + 0.02)
      volume.gain.exponentialRampToValueAtTime(0.0001, from + toneSeconds)
      tone.connect(volume).connect(context.destination)
      tone.start(from)
      tone.stop(from + toneSeconds)
    }
  }
  return {
    unlock: async () => {
      context ??= open()
      await context.resume()
      return context.state === 'running'
    },
    isReady: () => context?.state === 'running',
    watch: (changed) => {
      watchers.add(changed)
      return () => watchers.delete(changed)
    },
    ring,
  }
}
