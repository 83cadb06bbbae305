/** In a page. Each frame looks different, so that none is nearly nothing. */
export const record = async ({ ms, withSound = false }) => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 180 })
  const draw = canvas.getContext('2d')
  const stream = canvas.captureStream(25)
  if (withSound) {
    const sound = new AudioContext()
    const [tone, ear] = [sound.createOscillator(), sound.createMediaStreamDestination()]
    tone.connect(ear)
    tone.start()
    for (const track of ear.stream.getAudioTracks()) stream.addTrack(track)
  }
  const recorder = new MediaRecorder(stream, { mimeType: 'video/webm' })
  const parts = []
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
  const over = new Promise((resolve) => recorder.addEventListener('stop', resolve))
  let began
  const paint = (at) => {
    if (recorder.state === 'inactive') recorder.start()
    began ??= at
    for (let spot = 0; spot < 300; spot += 1) {
      draw.fillStyle = `hsl(${(spot * 47 + at) % 360} 80% 50%)`
      draw.fillRect((spot * 71 + at) % 320, (spot * 37 + at / 3) % 180, 14, 14)
    }
    if (at - began < ms) requestAnimationFrame(paint)
    else recorder.stop()
  }
  requestAnimationFrame(paint)
  await over
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer())
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}
