/** Camera and microphone, said and switched in the same place; and the way out of the call. */
import { Mic, MicOff, PhoneOff, Video, VideoOff } from 'lucide-react'
import { BigButton } from '../parts/big-button.tsx'
import { useKiosk, usePut, useSpeech } from '../parts/use-kiosk.ts'
import { useMedia } from './use-call.ts'

export const Switches = () => {
  const { say } = useSpeech()
  const { call } = useKiosk()
  const { view } = useMedia()
  const shown = view?.own.shown ?? { camera: false, microphone: false }
  return (
    <>
      <BigButton
        icon={shown.camera ? <Video aria-hidden /> : <VideoOff aria-hidden />}
        isOn={shown.camera}
        more={say(shown.camera ? 'cameraOn' : 'cameraOff')}
        onPress={() => void call.media()?.setCamera(!shown.camera)}
      >
        {say('camera')}
      </BigButton>
      <BigButton
        icon={shown.microphone ? <Mic aria-hidden /> : <MicOff aria-hidden />}
        isOn={shown.microphone}
        more={say(shown.microphone ? 'microphoneOn' : 'microphoneOff')}
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
