/** Who leads the experts listens to a call: seen by everybody in it, with neither camera nor microphone. */
import { Ear } from 'lucide-react'
import { useSay } from '../../ui/words.ts'
import { CallBanners } from '../call/call-banners.tsx'
import parts from '../call/parts.module.css'
import { Tiles } from '../call/tiles.tsx'
import { useMedia } from '../call/use-media.ts'
import { useActions } from '../keys/context.ts'
import { keyOf } from '../keys/key-of.ts'
import { KeyedButton } from '../keys/keyed-button.tsx'
import styles from './lead.module.css'
import { leadWords } from './words.ts'

export const Listening = ({ call, onStop }: { readonly call: string; readonly onStop: () => void }) => {
  const say = useSay()
  const { inCall, again } = useMedia(call, false)
  const stop = () => {
    if (inCall.state === 'open') void inCall.media.hangUp()
    onStop()
  }
  useActions('listening', [
    { id: 'stop-listening', title: leadWords.stop, key: keyOf.listening.stop, run: stop },
  ])
  return (
    <div className={styles.listening}>
      <h2 className={parts.title}>{say(leadWords.listening)}</h2>
      <p className={parts.soft}>{say(leadWords.listeningText)}</p>
      <CallBanners inCall={inCall} again={again} />
      <div className={styles.stage}>{inCall.state === 'open' && <Tiles view={inCall.view} />}</div>
      <div className={parts.buttons}>
        <KeyedButton keyName={keyOf.listening.stop} icon={<Ear aria-hidden />} onPress={stop}>
          {say(leadWords.stop)}
        </KeyedButton>
      </div>
    </div>
  )
}
