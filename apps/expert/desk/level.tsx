/** How loud the microphone is now. */
import { useEffect, useState } from 'react'
import { useSay } from '../../ui/words.ts'
import { expertWords } from '../words.ts'
import styles from './desk.module.css'

const everyMs = 80
/** Speech at an arm's length comes to about a third of what a sample can hold. */
const gain = 4

const loudness = (samples: Float32Array): number => {
  const sum = samples.reduce((total, sample) => total + sample * sample, 0)
  return Math.min(1, Math.sqrt(sum / samples.length) * gain)
}

const useLevel = (stream: MediaStream | undefined): number => {
  const [level, setLevel] = useState(0)
  useEffect(() => {
    if (stream === undefined || stream.getAudioTracks().length === 0) return undefined
    const context = new AudioContext()
    const look = context.createAnalyser()
    look.fftSize = 512
    const samples = new Float32Array(look.fftSize)
    context.createMediaStreamSource(stream).connect(look)
    const timer = setInterval(() => {
      // Before a touch the browser keeps it still.
      if (context.state === 'suspended') void context.resume()
      look.getFloatTimeDomainData(samples)
      setLevel(loudness(samples))
    }, everyMs)
    return () => {
      clearInterval(timer)
      void context.close()
    }
  }, [stream])
  return level
}

export const Level = ({ stream }: { stream: MediaStream | undefined }) => {
  const say = useSay()
  const level = useLevel(stream)
  return (
    <meter
      className={styles.level}
      aria-label={say(expertWords.levelMeter)}
      min={0}
      max={1}
      value={Math.round(level * 50) / 50}
    />
  )
}
