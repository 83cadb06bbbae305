/** In the page: how many pictures each video on it has shown, those that are seen. */
export const picturesHere = () =>
  [...document.querySelectorAll('video')]
    .filter(({ videoWidth, srcObject }) => videoWidth > 0 && srcObject !== null)
    .map((video) => video.getVideoPlaybackQuality().totalVideoFrames)
