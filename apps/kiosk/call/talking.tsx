/** In the call: who is there, what of the visitor goes out, and the way to end it. */
import type { Party } from '../../call/port.ts'
import { BigButton } from '../parts/big-button.tsx'
import { Ahead, Note, PageFrame } from '../parts/page.tsx'
import { type PageProps, useKiosk, usePut, useSpeech } from '../parts/use-kiosk.ts'
import type { Say, WordName } from '../words/say.ts'
import styles from './call.module.css'
import { HangUp, Switches } from './switches.tsx'
import { Tile } from './tile.tsx'
import { roleOf, troubleOf } from './troubles.ts'
import { useCall, useExpertName, useMedia } from './use-call.ts'

const roleWords: Readonly<Record<string, WordName>> = { manager: 'callManager', lead: 'callLead' }

const noteOf = ({ link, quality, shown, apart }: Party, say: Say): string | undefined => {
  if (shown.held || apart) return say('callHeldShort')
  if (link === 'connecting') return say('linkConnecting')
  return link === 'broken' || (quality === 'none' && shown.camera) ? say('linkBroken') : undefined
}

const Others = ({ expert, id }: { readonly expert: string; readonly id: string | undefined }) => {
  const { say, title } = useSpeech()
  const { view } = useMedia()
  const words = { cameraOff: say('theirCameraOff'), microphoneOff: say('theirMicrophoneOff') }
  const isThere = view?.others.some((party) => party.id === `expert:${id}`) === true
  return (
    <>
      {!isThere && (
        <Tile
          isLarge
          name={expert}
          stream={null}
          isSeen
          isHeard
          note={say('callJoining', { expert })}
          words={words}
        />
      )}
      {view?.others.map((party) => (
        <Tile
          key={party.id}
          isLarge={party.id === `expert:${id}`}
          name={title(party.title, say(roleWords[roleOf(party)] ?? 'callExpert'))}
          stream={party.stream}
          // On hold nothing comes any more, and the last picture would stand still.
          isSeen={party.shown.camera && !party.shown.held}
          isHeard={party.shown.microphone}
          note={noteOf(party, say)}
          words={words}
        />
      ))}
    </>
  )
}

const Self = () => {
  const { say } = useSpeech()
  const { view } = useMedia()
  return (
    <Tile
      isOwn
      name={say('callYou')}
      stream={view?.own.stream ?? null}
      isSeen={view?.own.shown.camera === true}
      isHeard={view?.own.shown.microphone === true}
      words={{ cameraOff: say('cameraOff'), microphoneOff: say('microphoneOff') }}
    />
  )
}

export const TalkingPage = ({ person }: PageProps) => {
  const { say, title } = useSpeech()
  const { call: side } = useKiosk()
  const put = usePut()
  const call = useCall(person)
  const media = useMedia()
  const expert = useExpertName(person)
  const trouble = troubleOf({ call, ...media })
  const guest = title(call?.guest?.title, say('callExpert'))
  return (
    <PageFrame title={say('callTalking', { expert })} turn={`call-${expert}`}>
      <div className={styles.tiles}>
        <Others expert={expert} id={call?.expert?.id} />
        <Self />
      </div>
      <output>{trouble !== undefined && <Note>{say(trouble, { expert, guest })}</Note>}</output>
      <Ahead>
        <BigButton kind="primary" onPress={() => put({ type: 'on-with-it' })}>
          {say('onWithIt')}
        </BigButton>
        <Switches />
        <HangUp />
        {trouble === 'callBroken' && <BigButton onPress={() => side.again()}>{say('tryAgain')}</BigButton>}
      </Ahead>
    </PageFrame>
  )
}
