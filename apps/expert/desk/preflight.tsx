/** Seen and heard before anybody calls: which camera, which microphone, and that they work. */
import { Video as VideoIcon, VideoOff } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { classes } from '../../ui/classes.ts'
import { Picture } from '../../ui/stream.tsx'
import { useSay } from '../../ui/words.ts'
import { expertWords } from '../words.ts'
import styles from './desk.module.css'
import type { DeviceKind } from './devices.ts'
import { Level } from './level.tsx'
import type { Checking } from './use-check.ts'

const inUse = ({ stream }: Checking, kind: DeviceKind): string => {
  const [track] = (kind === 'camera' ? stream?.getVideoTracks() : stream?.getAudioTracks()) ?? []
  return track?.getSettings().deviceId ?? ''
}

const Devices = ({ check }: { check: Checking }) => {
  const say = useSay()
  return (
    <>
      {(['camera', 'microphone'] as const)
        .filter((kind) => check.listed[kind].length > 0)
        .map((kind) => (
          <Choice
            key={kind}
            label={say(expertWords[kind])}
            value={inUse(check, kind)}
            options={check.listed[kind]}
            onChange={(id) => check.choose({ [kind]: id })}
          />
        ))}
    </>
  )
}

export const Preflight = ({ check }: { check: Checking }) => {
  const say = useSay()
  const isOpen = check.state === 'open'
  return (
    <section className={styles.check} aria-label={say(expertWords.check)}>
      <div className={styles.preview}>
        {check.stream !== undefined && check.hasCamera ? (
          <Picture stream={check.stream} label={say(expertWords.preview)} className={classes(styles.video)} />
        ) : (
          <p className={styles.noPicture}>
            {isOpen ? <VideoOff aria-hidden size={32} /> : <VideoIcon aria-hidden size={32} />}
            {isOpen && say(expertWords.noCamera)}
            {check.state === 'opening' && say(expertWords.checking)}
          </p>
        )}
      </div>
      <div className={styles.checkSide}>
        <h2>{say(expertWords.check)}</h2>
        {isOpen && (
          <>
            <Devices check={check} />
            <div className={styles.speak}>
              <span className={styles.soft}>{say(expertWords.speak)}</span>
              <Level stream={check.stream} />
            </div>
          </>
        )}
        {check.trouble !== undefined && (
          <p role="alert" className={styles.trouble}>
            {say(expertWords[check.trouble])}
          </p>
        )}
        {(check.state === 'idle' || check.state === 'failed') && (
          <div>
            <Button onPress={check.start}>{say(expertWords.checkStart)}</Button>
          </div>
        )}
      </div>
    </section>
  )
}
