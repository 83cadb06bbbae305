/**
 * Files of the library on the screen. Pictures and videos are played from `blob:` addresses of what is kept: a whole file
 * in the browser's hand needs neither the hub nor the worker, and a video jumps in it as it likes. Pages come from the
 * worker, in a frame of their own, under a policy by which nothing in them runs.
 */
import type { Media } from '#protocol/content.ts'
import { element } from './element.ts'
import { type Scene, SceneFailed } from './scene.ts'

/** Longer takes no file that is on the own disk. */
const readyWithinMs = 15_000
/** A video that does not move for so long has got stuck. */
const stuckAfterMs = 6_000
const lookEveryMs = 2_000

export interface MediaParts {
  readonly media: Media
  readonly blob: Blob
  readonly caption: HTMLElement | undefined
  /** 0 to 1; 0: without sound. */
  readonly volume: number
}

const within = <T>(work: Promise<T>, ms: number): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new SceneFailed('It takes too long.')), ms)
    work.finally(() => clearTimeout(timer)).then(resolve, reject)
  })

const imageScene = async ({ blob, caption }: MediaParts): Promise<Scene> => {
  const url = URL.createObjectURL(blob)
  const image = element('img', { class: 'media' })
  image.alt = caption?.textContent ?? ''
  image.src = url
  // The picture goes with the element: to take its address away first makes Chromium keep both for good.
  const dispose = () => URL.revokeObjectURL(url)
  try {
    await within(image.decode(), readyWithinMs)
  } catch (error) {
    dispose()
    throw new SceneFailed(String(error))
  }
  return { element: element('figure', { class: 'picture' }, [image, caption]), dispose }
}

/** Whether it moves is seen, not believed: some decoders stop without a word. */
const watchVideo = (
  video: HTMLVideoElement,
): { readonly over: Promise<'finished' | 'failed'>; stop(): void } => {
  let stop = () => {}
  const over = new Promise<'finished' | 'failed'>((resolve) => {
    let at = -1
    let movedAt = performance.now()
    const timer = setInterval(() => {
      if (video.currentTime !== at || video.ended) {
        at = video.currentTime
        movedAt = performance.now()
      } else if (performance.now() - movedAt > stuckAfterMs) resolve('failed')
    }, lookEveryMs)
    stop = () => clearInterval(timer)
    video.addEventListener('ended', () => resolve('finished'))
    video.addEventListener('error', () => resolve('failed'))
    video.play().catch(() => {
      // A browser that was started without the switch for it plays no sound by itself.
      video.muted = true
      video.play().catch(() => resolve('failed'))
    })
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

const videoScene = async ({ blob, caption, volume }: MediaParts): Promise<Scene> => {
  const url = URL.createObjectURL(blob)
  const video = element('video', { class: 'media' })
  video.muted = volume === 0
  video.volume = volume
  video.playsInline = true
  video.preload = 'auto'
  video.src = url
  let resolveOver: (how: 'finished' | 'failed') => void = () => {}
  const over = new Promise<'finished' | 'failed'>((resolve) => {
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
    await within(canPlay(video), readyWithinMs)
  } catch (error) {
    dispose()
    throw new SceneFailed(String(error))
  }
  return {
    element: element('figure', { class: 'picture' }, [video, caption]),
    begin: () => {
      const watched = watchVideo(video)
      stop = watched.stop
      void watched.over.then(resolveOver)
    },
    over,
    dispose,
  }
}

const pageScene = async ({ media, caption }: MediaParts): Promise<Scene> => {
  const worker = await navigator.serviceWorker?.getRegistration('/screen')
  // Without it the hub would be asked, and that is not there when it matters.
  if (worker?.active == null) throw new SceneFailed('No worker is there to keep pages yet.')
  const frame = element('iframe', { class: 'media' })
  frame.title = caption?.textContent ?? ''
  frame.src = `/screen/page/${media.sha256}`
  return {
    element: element('figure', { class: 'picture' }, [frame, caption]),
    dispose: () => frame.remove(),
  }
}

/** @throws SceneFailed */
export const mediaScene = (parts: MediaParts): Promise<Scene> => {
  const { type } = parts.media
  if (type === 'text/html') return pageScene(parts)
  return type.startsWith('video/') ? videoScene(parts) : imageScene(parts)
}
