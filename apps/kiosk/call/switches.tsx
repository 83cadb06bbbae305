/** Camera and microphone, said and switched in the same place; and the way out of the call. */
import { Mic, MicOff, PhoneOff, Video, VideoOff } from 'lucide-react'
import { BigButton } from '../parts/big-button.tsx'
import { useKiosk, usePut, useSpeech } from '../parts/use-kiosk.ts'
import { useMedia } from './use-call.ts'

interface SwitchesProps {
  /** Beside something else: said by the sign alone, and in words to who does not see it. */
  readonly isShort?: boolean
}

export const Switches = ({ isShort = false }: SwitchesProps) => {
  const { say } = useSpeech()
  const { call } = useKiosk()
  const { view } = useMedia()
  const shown = view?.own.shown ?? { camera: false, microphone: false }
  const more = (text: string) => (isShort ? <span className="visually-hidden">{text}</span> : text)
  return (
    <>
      <BigButton
        icon={shown.camera ? <Video aria-hidden /> : <VideoOff aria-hidden />}
        isOn={shown.camera}
        more={more(say(shown.camera ? 'cameraOn' : 'cameraOff'))}
        onPress={() => void call.media()?.setCamera(!shown.camera)}
      >
        {say('camera')}
      </BigButton>
      <BigButton
        icon={shown.microphone ? <Mic aria-hidden /> : <MicOff aria-hidden />}
        isOn={shown.microphone}
        more={more(say(shown.microphone ? 'microphoneOn' : 'microphoneOff'))}
        onPress={() => void call.media()?.setMicrophone(!shown.microphone)}
      >
        {say('microphone')}
      </BigButton>
    </>
  )
}

export const HangUp = () => {
  const { say } = useSpeech()
  const put = usePut()
  return (
    <BigButton kind="stop" icon={<PhoneOff aria-hidden />} onPress={() => put({ type: 'hang-up' })}>
      {say('hangUp')}
    </BigButton>
  )
}
