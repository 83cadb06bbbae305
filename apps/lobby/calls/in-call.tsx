/** The tablet in a call: who is there, what of this tablet goes out, and the ways out. */
import { LogOut, Mic, MicOff, Pause, PhoneOff, Video, VideoOff, Volume2, VolumeX } from 'lucide-react'
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'
import type { CallView } from '../../call/port.ts'
import { Button } from '../../ui/button.tsx'
import { useSay } from '../../ui/words.ts'
import { useMay, useSendOnce } from '../live/use-commands.ts'
import styles from './calls.module.css'
import { Tiles } from './tiles.tsx'
import type { Joined } from './use-joined.ts'
import { callWords } from './words.ts'

const troubleIn = ({ trouble, line }: CallView) => {
  if (trouble !== null) return callWords.cameraTrouble
  return line === 'lost' ? callWords.lineLost : undefined
}

export const InCall = ({ call, joined }: { readonly call: LiveCall; readonly joined: Joined }) => {
  const say = useSay()
  const may = useMay()
  const send = useSendOnce()
  const { view, media, isHearing } = joined
  if (view === undefined || media === undefined) return <output>{say(callWords.joining)}</output>
  const { camera, microphone, held } = view.own.shown
  const trouble = troubleIn(view)
  const isOn = (what: 'camera' | 'microphone' | 'sound' | 'onHold', on: boolean) =>
    say(callWords.isOn, { what: say(callWords[what]), state: say(on ? callWords.on : callWords.off) })
  return (
    <section className={styles.part} aria-label={say(callWords.there)}>
      <Tiles view={view} />
      <output>{trouble !== undefined && <p className={styles.note}>{say(trouble)}</p>}</output>
      <div className={styles.buttons}>
        <Button
          icon={camera ? <Video aria-hidden /> : <VideoOff aria-hidden />}
          aria-pressed={camera}
          onPress={() => void media.setCamera(!camera)}
        >
          {isOn('camera', camera)}
        </Button>
        <Button
          icon={microphone ? <Mic aria-hidden /> : <MicOff aria-hidden />}
          aria-pressed={microphone}
          onPress={() => void media.setMicrophone(!microphone)}
        >
          {isOn('microphone', microphone)}
        </Button>
        <Button
          icon={isHearing ? <Volume2 aria-hidden /> : <VolumeX aria-hidden />}
          aria-pressed={isHearing}
          onPress={() => joined.hear(!isHearing)}
        >
          {isOn('sound', isHearing)}
        </Button>
        <Button icon={<Pause aria-hidden />} aria-pressed={held} onPress={() => media.hold(!held)}>
          {isOn('onHold', held)}
        </Button>
        <Button icon={<LogOut aria-hidden />} onPress={joined.leave}>
          {say(callWords.leave)}
        </Button>
        {may('call.hang-up') && (
          <Button
            kind="danger"
            icon={<PhoneOff aria-hidden />}
            onPress={() => send({ name: 'call.hang-up', params: { call: call.id } })}
          >
            {say(callWords.endForAll)}
          </Button>
        )}
      </div>
    </section>
  )
}
