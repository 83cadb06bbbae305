/**
 * Players that stand beside each other show the same moment: whoever plays, stops or moves one, does so to all. Without it each
 * goes by itself. `data-began` is the hub time of a part's beginning.
 */
export const inStepScript = `'use strict'
const apartMs = 300
const videos = [...document.querySelectorAll('video[data-began]')]
const beganAt = (video) => Number(video.dataset.began)
/* Where each was put by this page, and not by a person. */
const put = new Map()

const placeIn = (video, atMs) => {
  const seconds = (atMs - beganAt(video)) / 1000
  const isThere = seconds >= 0 && seconds < video.duration
  return { isThere, seconds: Math.min(Math.max(0, seconds), video.duration || 0) }
}

const follow = (leader) => {
  const atMs = beganAt(leader) + leader.currentTime * 1000
  for (const video of videos) {
    if (video === leader || video.readyState === 0) continue
    const { isThere, seconds } = placeIn(video, atMs)
    if (!video.seeking && Math.abs(video.currentTime - seconds) * 1000 > apartMs) {
      put.set(video, seconds)
      video.currentTime = seconds
    }
    if (video.playbackRate !== leader.playbackRate) video.playbackRate = leader.playbackRate
    if (!leader.paused && isThere && video.paused) video.play().catch(() => {})
    else if ((leader.paused || !isThere) && !video.paused) video.pause()
  }
}

let leader = videos[0]
const lead = (video) => {
  leader = video
  follow(video)
}
for (const video of videos) {
  video.addEventListener('play', () => {
    if (leader.paused || leader === video) lead(video)
  })
  /* One that has come to its end, or waits for its beginning, stops nobody. */
  video.addEventListener('pause', () => {
    if (!video.ended && !leader.paused && placeIn(video, beganAt(leader) + leader.currentTime * 1000).isThere) lead(video)
    else if (leader === video && !video.ended) lead(video)
  })
  video.addEventListener('seeking', () => {
    const own = put.get(video)
    put.delete(video)
    if (own === undefined || Math.abs(video.currentTime - own) > 0.1) lead(video)
  })
  video.addEventListener('ratechange', () => {
    if (video.playbackRate !== leader.playbackRate) lead(video)
  })
  video.addEventListener('loadedmetadata', () => follow(leader))
  video.addEventListener('timeupdate', () => {
    if (leader === video) follow(video)
  })
  video.addEventListener('ended', () => {
    const next = videos.find((one) => !one.paused)
    if (leader === video && next !== undefined) leader = next
  })
}
`
