/** In the page: how many pictures each video on it has shown, those that are seen. */
export const picturesHere = () =>
  [...document.querySelectorAll('video')]
    .filter(({ videoWidth, srcObject }) => videoWidth > 0 && srcObject !== null)
    .map((video) => video.getVideoPlaybackQuality().totalVideoFrames)

/** In the page: each video remembers how many pictures it has shown by now. */
export const markPictures = () => {
  globalThis.marked = new Map()
  for (const video of document.querySelectorAll('video')) {
    globalThis.marked.set(video, video.getVideoPlaybackQuality().totalVideoFrames)
  }
}

/**
 * In the page: how many videos are seen, and how many of them go on since they were marked. Each is measured by itself,
 * not by its place: a tile that comes in between moves the others along, and one that is filled anew counts from zero.
 */
export const moving = () => {
  const videos = [...document.querySelectorAll('video')].filter(
    ({ videoWidth, srcObject }) => videoWidth > 0 && srcObject !== null,
  )
  const goesOn = (video) => {
    const shown = video.getVideoPlaybackQuality().totalVideoFrames
    const before = globalThis.marked.get(video) ?? 0
    return shown > (shown < before ? 0 : before) + 3
  }
  return { shown: videos.length, moving: videos.filter(goesOn).length }
}
