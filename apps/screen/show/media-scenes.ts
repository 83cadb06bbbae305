/**
 * Files of the library on the screen. Pictures and videos are played from `blob:` addresses of what is kept: a whole file
 * in the browser's hand needs neither the hub nor the worker, and a video jumps in it as it likes. Pages come from the
 * worker, in a frame of their own, under a policy by which nothing in them runs.
 */
import { element } from './element.ts'
import { type MediaParts, readyInTime, type Scene, SceneFailed } from './scene.ts'
import { videoScene } from './video-scene.ts'

const imageScene = async ({ blob, caption }: MediaParts): Promise<Scene> => {
  const url = URL.createObjectURL(blob)
  const image = element('img', { class: 'media' })
  image.alt = caption?.textContent ?? ''
  image.src = url
  // The picture goes with the element: to take its address away first makes Chromium keep both for good.
  const dispose = () => URL.revokeObjectURL(url)
  try {
    await readyInTime(image.decode())
  } catch (error) {
    dispose()
    throw new SceneFailed(String(error))
  }
  return { element: element('figure', { class: 'picture' }, [image, caption]), dispose }
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
