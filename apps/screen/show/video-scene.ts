/** A video on the screen, from its beginning to its end. Whether it plays is seen, not believed. */
import { element } from './element.ts'
import { type MediaParts, readyInTime, type Scene, SceneFailed } from './scene.ts'

/** A video that does not move for so long has got stuck: some decoders stop without a word. */
const stuckAfterMs = 6_000
const lookEveryMs = 1_000
/**
 * A file that breaks off ends as if it were over. Headers are not exact: a tenth of the length, and half a second, may be
 * missing.
 */
const shareMissingMax = 0.1
const missingMaxMs = 500

type Over = 'finished' | 'failed'

/** @param playedMs since it began: none plays faster than time goes by */
export const isWhole = (playedMs: number, lengthMs: number): boolean =>
  !Number.isFinite(lengthMs) || playedMs >= lengthMs * (1 - shareMissingMax) - missingMaxMs

/**
 * A browser that was started without the switch for it lets no sound begin by itself: it stops the video instead, or does
 * not begin it. Then it plays without.
 */
export const setLoudness = (video: HTMLVideoElement, level: number): void => {
  const isPlaying = !video.paused
  video.volume = level
  video.muted = level === 0
  if (isPlaying && video.paused && !video.ended) void playMuted(video).catch(() => {})
}

const playMuted = (video: HTMLVideoElement): Promise<void> => {
  video.muted = true
  return video.play()
}

const watch = (video: HTMLVideoElement): { readonly over: Promise<Over>; stop(): void } => {
  let stop = () => {}
  // What the header says; at the end of a file that said nothing, browsers know it themselves.
  const lengthMs = video.duration * 1_000
  const over = new Promise<Over>((resolve) => {
    const began = performance.now()
    let at = video.currentTime
    let movedAt = began
    const timer = setInterval(() => {
      if (video.currentTime !== at || video.ended) {
        at = video.currentTime
        movedAt = performance.now()
      } else if (performance.now() - movedAt >= stuckAfterMs) resolve('failed')
    }, lookEveryMs)
    stop = () => clearInterval(timer)
    video.addEventListener('ended', () =>
      resolve(isWhole(performance.now() - began, lengthMs) ? 'finished' : 'failed'),
    )
    video.addEventListener('error', () => resolve('failed'))
    video.play().catch(() => playMuted(video).catch(() => resolve('failed')))
  })
  return { over: over.finally(() => stop()), stop: () => stop() }
}

const canPlay = (video: HTMLVideoElement) =>
  new Promise<void>((resolve, reject) => {
    video.addEventListener('canplay', () => resolve(), { once: true })
    video.addEventListener('error', () => reject(new SceneFailed(video.error?.message ?? 'broken')), {
      once: true,
    })
  })

/** @throws SceneFailed */
export const videoScene = async ({ blob, caption, volume }: MediaParts): Promise<Scene> => {
  const url = URL.createObjectURL(blob)
  const video = element('video', { class: 'media' })
  video.muted = true
  video.playsInline = true
  video.preload = 'auto'
  video.src = url
  let resolveOver: (how: Over) => void = () => {}
  const over = new Promise<Over>((resolve) => {
    resolveOver = resolve
  })
  let stop = () => {}
  const dispose = () => {
    stop()
    video.pause()
    video.removeAttribute('src')
    // Else the decoder keeps its buffers until somebody collects them.
    video.load()
    URL.revokeObjectURL(url)
  }
  try {
    await readyInTime(canPlay(video))
  } catch (error) {
    dispose()
    throw new SceneFailed(String(error))
  }
  return {
    element: element('figure', { class: 'picture' }, [video, caption]),
    begin: () => {
      // As loud as it is now: it may have been made ready long ago.
      setLoudness(video, volume())
      const watched = watch(video)
      stop = watched.stop
      void watched.over.then(resolveOver)
    },
    over,
    dispose,
  }
}
